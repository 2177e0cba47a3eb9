"""Whether what follows a reporting verb is something that it reports."""

from onrecord.extract.lexicon import words
from onrecord.extract.statements.cues import Cue
from onrecord.extract.statements.frames import QUOTE, Frame, words_of
from onrecord.extract.statements.lead import After
from onrecord.extract.statements.verbs import is_finite, is_past, verb_at

_FRAMING = frozenset({"framing"})
_HELPERS = words("auxiliaries") | {QUOTE}
_RELATIVES = words_of("relative_openers")
_DEFINITE = words("determiners") | words("pronouns")
_LINKS = words("prepositions") | words("conjunctions")


def sayable(frame: Frame, cue: Cue, after: After) -> bool:
    """Whether what follows is something this verb reports."""
    if after.content is None:
        return False
    classes, how, tokens = cue.form.classes, after.how, frame.words
    if classes == _FRAMING:
        return False
    if how == "that" and not classes & {"say", "tell", "show", "ask", "vow"} and tokens[cue.end] == "that":
        # "rejected that argument", but "denied that gulls are ...", "reaffirmed that the lock ..."
        opens = tokens[after.content] in _DEFINITE or frame.caps[after.content]
        return opens or tokens[cue.start].startswith("den") or _has_verb(frame, after.content)
    if how == "colon" and tokens[cue.start] in words_of("happenings"):
        return False
    if how == "quote" and after.content == cue.end and "quoting" in classes and not _speaks(frame, cue):
        # "offered "furry" boots"
        return False
    if how == "that" and "ask" in classes and _anonymous(tokens, after.content):
        return False
    if how in {"quote", "that", "colon"}:
        return True
    if how == "question" and classes & {"ask", "tell", "show", "say"}:
        return True
    if how == "to":
        # "questioned her power to ..." tells nobody to do it.
        return (after.addressee is not None and "tell" in classes) or "vow" in classes
    if tokens[after.content] in words("auxiliaries") or tokens[cue.end] == "with":
        return False
    if tokens[after.content : after.content + 2] == ["not", "to"]:
        # "asked not to be named"
        return False
    if tokens[cue.end] == "to" and tokens[cue.start].startswith("agree"):
        # What somebody agreed to do is no more than done.
        return False
    if (
        tokens[cue.start] in words_of("adjectives")
        and tokens[cue.start - 1] in words_of("pronoun_determiners")
        and tokens[after.content] not in _DEFINITE
    ):
        # "some estimated tolls"
        return False
    if tokens[cue.start] in words_of("adding") and not (
        _has_verb(frame, after.content) or _verb_in_marks(frame, after.content)
    ):
        # "added 300 jobs"
        return False
    if "bare" in classes and is_answer(frame, after.content):
        return True
    if "bare" in classes:
        first, *rest = tokens[after.content : after.content + 2]
        ends = not rest or not (rest[0][0].isalnum() or (rest[0] == QUOTE and first in words_of("nominatives")))
        return not (first in words_of("nothings") and (ends or (first in _EMPTY and rest[0] in words("prepositions"))))
    return bool(classes & {"say", "tell"}) and "quoting" not in classes and _clausal(frame, after.content)


def _verb_in_marks(frame: Frame, start: int) -> bool:
    """Whether a quotation near token `start` opens with the verb of the clause ("added crews "are still waiting"")."""
    near = range(start, min(start + _CLAUSE, len(frame.words)))
    quotes = (frame.quotes[at] for at in near if at in frame.quotes)
    return any(is_finite(frame.text[quote.inner_start : quote.inner_end].partition(" ")[0]) for quote in quotes)


def _anonymous(tokens: list[str], start: int) -> bool:
    """Whether somebody only asks to stay unnamed ("asked that his name not be used")."""
    opens = tokens[start : start + 4]
    return "not" in opens and not {"name", "names", "identity"}.isdisjoint(opens)


def is_answer(frame: Frame, at: int) -> bool:
    """Whether a bare yes or no stands here, in a sentence that tells of the question ("Asked if it leaked, he said no")."""
    tokens = frame.words
    if tokens[at] not in words_of("answers") or words_of("questioned").isdisjoint(tokens):
        return False
    return at + 1 >= len(tokens) or tokens[at + 1] in _CLOSE_ANSWER


_CLOSE_ANSWER = frozenset({".", ";", "when"})


def _speaks(frame: Frame, cue: Cue) -> bool:
    """Whether the quotation behind a verb is more than a word or two within the reporter's sentence."""
    token = cue.end
    quote = frame.quotes[token]
    if frame.words[cue.start] in words_of("outcries"):
        return True
    return frame.text[quote.inner_start].isupper() or frame.last_mark(token) in ",.?!" or token + 2 >= len(frame.words)


def finds(frame: Frame, cue: Cue, start: int, end: int) -> bool:
    """Whether the subject [start, end) of a verb shows things by its nature, as a poll or figures do."""
    tokens = frame.words
    return tokens[cue.start] in words_of("finding") and not words_of("findings").isdisjoint(tokens[start:end])


def found_clause(frame: Frame, after: After) -> bool:
    """Whether a clause without "that" follows a verb of showing, and no mere thing that is found."""
    if after.how != "bare" or after.content is None:
        return False
    return _has_verb(frame, after.content) or _share_and_verb(frame.words, after.content)


def _share_and_verb(tokens: list[str], start: int) -> bool:
    """Whether a part of many and what they do stand here ("54% of residents oppose it", "most of its members agree")."""
    if not (tokens[start][0].isdigit() or tokens[start] in words_of("amounts")):
        return False
    of = next((at for at in range(start + 1, min(start + _SHARE, len(tokens))) if tokens[at] == "of"), len(tokens))
    many = next((at for at in range(of + 1, min(of + _SHARE, len(tokens) - 2)) if tokens[at].endswith("s")), None)
    if many is None or not tokens[many + 1][0].isalpha() or not tokens[many + 2][0].isalnum():
        return False
    return tokens[many + 1] not in _LINKS and not tokens[many + 1].endswith("ing")


_SHARE = 5


# Said with a phrase behind them these report nothing either ("said nothing of it", "said so on Friday").
_EMPTY = frozenset({"nothing", "little", "so", "much", "goodbye", "hello", "it", "this", "yes", "no"})


def _clausal(frame: Frame, start: int) -> bool:
    """Whether a clause with a verb of its own begins at token `start`, as far as its first words tell."""
    tokens, end = frame.words, min(start + _CLAUSE, len(frame.words))
    return _has_verb(frame, start) or any(
        word in _HELPERS or word.endswith(("'s", "'re", "'ll", "'d", "'ve", "n't")) for word in tokens[start:end]
    )


def _has_verb(frame: Frame, start: int) -> bool:
    """Whether a verb is seen behind token `start`, before a relative clause or another thing that the source did.

    A comma ends the search, too, unless a name stands first, which may have an apposition.
    """
    tokens, end = frame.words, min(start + _CLAUSE, len(frame.words))
    stops = (
        at
        for at in range(start, end)
        if (tokens[at] == "," and not frame.caps[start])
        or tokens[at] in _RELATIVES
        or (tokens[at] == "and" and at + 1 < end and is_past(tokens[at + 1]))
    )
    return verb_at(frame, start, next(stops, end)) is not None


# How far the verb of a clause is looked for.
_CLAUSE = 20


def has_object(cue: Cue, after: After) -> bool:
    """Whether a verb with an object has one; a quotation is the object only of the verbs that nothing else shows to report."""
    if cue.form.classes == _FRAMING:
        return after.how in {"bare", "question"} or (after.how == "quote" and after.content == cue.end)
    untold = after.how == "to" and not cue.form.classes & {"tell", "vow"}
    return "object" in cue.form.classes and (untold or after.how in {"bare", "question", "that"})


def rule_of(cue: Cue, after: After) -> str:
    """The name of the rule by which a verb reports what follows it."""
    if after.how == "colon":
        return "statement.colon"
    if after.how == "quote":
        return "statement.quote_after"
    if after.how == "question" and "ask" in cue.form.classes:
        return "statement.asked"
    return "statement.told" if after.addressee else "statement.clause"
