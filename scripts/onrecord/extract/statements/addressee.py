"""The words between a reporting verb and what is reported that name who is told."""

from functools import cache

from onrecord.extract.lexicon import load, words
from onrecord.extract.statements.cues import Cue
from onrecord.extract.statements.frames import DASH, QUOTE, Frame, words_of
from onrecord.extract.statements.timing import is_date
from onrecord.extract.statements.verbs import is_finite, is_past

PLACES = words_of("adverbial_openers")
_NOMINATIVES = words_of("nominatives")
# Behind a verb none of these opens words for somebody.
_NOBODY = frozenset({",", ":", QUOTE, ".", DASH, ";", "("})
_OPENS = frozenset({"that", "whether", "if", "to", "how", "why", "what", "about"})
# Nobody is named in more tokens.
_LONGEST = 15


def addressee_end(frame: Frame, at: int) -> int | None:
    """The end of the words that name who is told, from token `at`; None where nobody is."""
    tokens, count = frame.words, len(frame.words)
    if at >= count:
        return None
    word = tokens[at]
    if word in words_of("told_pronouns"):
        return at + 1
    if (
        word in words("prepositions")
        or word in words("conjunctions")
        or word in _NOBODY
        or word in words("auxiliaries")
        or word in _NOT
        or word in words_of("limits")
    ):
        return None
    that = _that_ahead(tokens, at + 1)
    if that is not None:
        return that
    to = _to_ahead(frame, at + 1)
    return _group_end(frame, at) if to is None else to


def before_clause(frame: Frame, cue: Cue, end: int) -> int | None:
    """Where the words for the one told end if a finite verb follows at `end`: before its subject, which is among them.

    Args:
        frame: the sentence.
        cue: the verb of telling.
        end: the end of the noun group behind it.

    Returns:
        The token where what is reported begins ("told the BBC waits had grown"); `end` where nothing shows that; None where
        the verb needs nobody who is told, and the whole group is the subject ("warned the number could double").
    """
    tokens = frame.words
    needless = tokens[cue.start] in words_of("unaddressed")
    if needless and end == cue.end + 1 and _opens_subject(frame, cue.end):
        return None
    if end >= len(tokens) or not is_finite(tokens[end]) or "who" in tokens[cue.end : end]:
        return end
    if needless:
        return None
    if (acronym := _acronym_end(frame, cue.end, end)) is not None:
        return acronym
    for at in range(cue.end + 1, end):
        hears = tokens[at - 1] in _hearers() or (frame.caps[at - 1] and not frame.caps[at])
        if hears and not _goes_on(frame, at):
            return at
    return end


def _acronym_end(frame: Frame, start: int, end: int) -> int | None:
    """Where an acronym ends that hears, before somebody's name ("told the BBC Ann Bell had left", but "told BBC News")."""
    at = start + (frame.words[start] in words("determiners"))
    hearer = frame.text[frame.starts[at] : frame.ends[at]]
    if not (hearer.isupper() and len(hearer) > 1 and at + 1 < end and frame.caps[at + 1]):
        return None
    station = words_of("audiences") | words_of("hearers") | words_of("newsmen") | words_of("stations") | _posts()
    return at + 1 if station.isdisjoint(frame.words[at + 1 : end]) else None


def _goes_on(frame: Frame, at: int) -> bool:
    """Whether a word behind the one who hears still names them: "the BBC reporter", but not "the BBC passenger numbers"."""
    tokens, word = frame.words, frame.words[at]
    if word in _listeners():
        return True
    if tokens[at - 1] in words_of("newsmen") and frame.caps[at]:
        return True
    return word in _posts() and at + 1 < len(tokens) and frame.caps[at + 1]


def _opens_subject(frame: Frame, at: int) -> bool:
    """Whether a bare word only opens the subject of a clause ("heavy rain could", "tens of jobs would"), and names nobody."""
    tokens, word = frame.words, frame.words[at]
    hears = word.endswith("s") or word in _hearers()
    if frame.caps[at] or word in words_of("told_pronouns") or (hears and tokens[at + 1 : at + 2] != ["of"]):
        return False
    for position in range(at + 1, min(at + _LONGEST, len(tokens))):
        if is_finite(tokens[position]):
            return True
        if tokens[position] in _OPENS or not tokens[position][0].isalnum():
            return False
    return False


@cache
def _hearers() -> frozenset[str]:
    return words_of("hearers") | words_of("audiences") | _posts()


@cache
def _listeners() -> frozenset[str]:
    """The words that a name of those who hear may go on with."""
    return words_of("hearers") | words_of("newsmen") | {"of", "for", "and", "."}


def _to_ahead(frame: Frame, at: int) -> int | None:
    """Where the words for the one spoken to end if they are a few nouns before "to" ("warned state harbour officials to")."""
    tokens = frame.words
    for position in range(at, min(at + _NOUNS, len(tokens) - 1)):
        word = tokens[position]
        if word == "to":
            return position
        if not word[0].isalpha() or word in _NO_NOUN or is_past(word) or frame.adverb(position):
            return None
    return None


# Of a noun group that is nothing but nouns.
_NOUNS = 5
_NO_NOUN = (
    words_of("negations")
    | words("prepositions")
    | words("conjunctions")
    | words("auxiliaries")
    | words("determiners")
    | words("pronouns")
)


def _group_end(frame: Frame, at: int) -> int:
    """The end of the noun group that begins at token `at`: a name to its last capital, else to what opens a phrase."""
    tokens, count = frame.words, len(frame.words)
    determined, upper = tokens[at] in words("determiners"), frame.caps[at]
    end = at + 1
    while end < min(at + _LONGEST, count):
        word, previous = tokens[end], tokens[end - 1]
        if word == QUOTE and previous.endswith(("'s", "s'")):
            end += 1
            continue
        if _closes_group(tokens, end):
            break
        if not (determined or upper):
            # "told state media", but "told reporters prices would rise".
            end += word in words_of("audiences")
            break
        joined = previous in {"of", "for", "and"} or (upper and not frame.caps[end - 1])
        if (word in words("determiners") or word in _HOW_MANY) and not joined:
            break
        # "told Morning Show host Flora Bell"
        named = frame.caps[end] or word in {"of", "for", "and", "."} or previous.endswith("'s")
        named = named or (word in _posts() and end + 1 < count and frame.caps[end + 1])
        # "told New Tide magazine the quay was shut"
        named = named or word in words_of("hearers")
        if upper and not determined and not named:
            break
        end += 1
    return end


# Words that open an amount or stress it: "told the BBC (even) half of the crew had gone".
_HOW_MANY = (words_of("amounts") - {"over", "about"}) | {"even"}


@cache
def _posts() -> frozenset[str]:
    """What people are, between the name of where they work and their own."""
    nouns = load("titles")["nouns"]
    return frozenset(word for kind in ("offices", "ranks", "posts", "persons") for word in nouns[kind])


_CLOSES = frozenset({",", ":", QUOTE, ";", DASH, "(", "?", "not", "never"})


def _closes_group(tokens: list[str], at: int) -> bool:
    """Whether the token cannot be part of the words for the one spoken to."""
    word = tokens[at]
    return (
        word in _CLOSES
        or (word == "." and at == len(tokens) - 1)
        or (word in _OPENS and not (word == "about" and tokens[at - 1] == "of"))
        or (word in words("prepositions") and word not in {"of", "for"} and tokens[at - 1] != "of")
        or word in words("auxiliaries")
        or word in _NOMINATIVES
        or bool(is_date(tokens, at))
    )


_NOT = frozenset({"not", "never"})


def how_often(tokens: list[str], at: int) -> int:
    """How many tokens say how often, from `at` on: "twice", "three times"; 0 where none do."""
    return 1 if tokens[at] in _OFTEN else 2 * (tokens[at + 1 : at + 2] == ["times"])


_OFTEN = frozenset({"again", "repeatedly", "twice"})


# Behind one of these "that" belongs to other words.
_NO_THAT = frozenset({",", ":", ";", QUOTE, "who"})


def _that_ahead(tokens: list[str], at: int) -> int | None:
    """Where the words for the one spoken to end if "that" follows at once: there, or at an adverbial before it."""
    adverbial = None
    for position in range(at, min(at + 12, len(tokens))):
        word = tokens[position]
        if word in {"that", "whether"}:
            return position if adverbial is None else adverbial
        if word in _NO_THAT or word in words("auxiliaries") or word in _NOMINATIVES:
            return None
        if word in words_of("saying"):
            # "wrote to ministers demanding that"
            return position
        says_when = is_date(tokens, position) or how_often(tokens, position)
        if adverbial is None and (says_when or (word in PLACES and word not in {"of", "for"} and tokens[position - 1] != "of")):
            adverbial = position
    return None
