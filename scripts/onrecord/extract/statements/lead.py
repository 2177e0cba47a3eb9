"""Where the reported words begin behind a reporting verb."""

from onrecord.extract.lexicon import words
from onrecord.extract.statements.addressee import PLACES, addressee_end, before_clause, how_often
from onrecord.extract.statements.cues import Cue
from onrecord.extract.statements.forms import cue_words
from onrecord.extract.statements.frames import DASH, QUOTE, Frame, titled, words_of
from onrecord.extract.statements.timing import is_date
from onrecord.extract.statements.verbs import is_past
from onrecord.extract.values import value

_QUESTION = words_of("question_words")

_CLOSERS = frozenset({".", "?", "!", "…", ";", ")"})
_DASHES = frozenset({DASH, "-"})
_ENDS = _CLOSERS | {DASH, "]"}
_BREAKS = frozenset({";", DASH, "?", "!"})
_THAT = frozenset({"that", QUOTE})
_CLAUSES = words("auxiliaries") | words_of("joiners")
_LIMITS = words_of("limits")
_WHEN = words_of("days") | words("months") | words_of("times")
_OPENS = _THAT | {":"}


# What shows that "to" and a noun name who is told ("explained to the board on Monday").
_AFTER_TOLD = frozenset({"that", QUOTE, ",", ":", "."})
# Verbs that report themselves what an adverbial leads over to ("responded by saying").
_SAYING = words_of("saying")
# How far a reporting clause's own adverbials may push "that" or the quotation away.
REACH = 24


@value
class After:
    """What follows a verb: who is addressed, where the reported words begin (None where none follow), where the clause ends."""

    addressee: tuple[int, int] | None
    content: int | None
    clause_end: int
    how: str


def what_follows(frame: Frame, cue: Cue) -> After:
    """Read on from a reporting verb over the one spoken to and the adverbials to what is reported."""
    tokens, at, addressee = frame.words, cue.end, None
    if cue.form.classes & {"tell", "ask"}:
        end = addressee_end(frame, at)
        end = None if end is None else before_clause(frame, cue, end)
        if end is not None:
            end = _past_apposition(tokens, end)
            told, end = _past_relative(tokens, at, end)
            addressee, at = (at, told - (tokens[told - 1] == ",")), end
            if end < len(tokens) and (tokens[end] == "to" or tokens[end : end + 2] in (["not", "to"], ["never", "to"])):
                return After(addressee, end, end, "to")
    elif (
        ":" in tokens
        and cue.form.classes & {"say", "object"}
        and (end := addressee_end(frame, at)) is not None
        and tokens[end : end + 2] == [":", QUOTE]
    ):
        # "She scolded the crew: "...""
        addressee, at = (at, end), end
    if "vow" in cue.form.classes and addressee is None:
        infinitive = at + is_date(tokens, at)
        if tokens[infinitive : infinitive + 1] == ["to"] and tokens[infinitive + 1 : infinitive + 2] not in (
            ["a"],
            ["an"],
            ["the"],
        ):
            return After(None, infinitive, infinitive, "to")
    if addressee is None and at < len(tokens) and tokens[at] == "to":
        end = addressee_end(frame, at + 1)
        if end is not None and (end >= len(tokens) or tokens[end] in _AFTER_TOLD or is_date(tokens, end)):
            addressee, at = (at + 1, end), end
    if tokens[at : at + 1] == ["as"] and at + 1 < len(tokens) and not cue.form.classes & {"say", "tell", "ask", "show"}:
        # "what they described as a disgrace"
        return After(None, at + 1, at + 1, "bare")
    if at < len(tokens) and tokens[at] == "back":
        at += 1
    at = _past_adverbials(frame, at, addressee is not None)
    content, how = _content_start(frame, at)
    if how == "that" and content == at + 2 and not cue.form.classes & {"say", "tell", "show", "ask"}:
        # "disputed that, saying ..."
        return After(addressee, None, at + 1, "comma")
    if how == "bare" and content is not None:
        content = _past_phrase(tokens, content)
    if how == "quote" and content is not None and tokens[content - 1] in _NAMING and titled(frame.text, frame.quotes[content]):
        # "agreed to a talk on "Women at Sea""
        return After(addressee, None, at, "end")
    if how == "bare" and tokens[at] in PLACES and (quotation := _late_quotation(frame, at)) is not None:
        return After(addressee, quotation, at, "quote")
    return After(addressee, content, at, how)


def _past_phrase(tokens: list[str], at: int) -> int:
    """Over a phrase that has no comma, to the pronoun that opens what is said ("admitted under questioning he had lied")."""
    if tokens[at] not in PLACES:
        return at
    for position in range(at + 2, min(at + _PHRASE, len(tokens) - 1)):
        if tokens[position] in _SUBJECTS and tokens[position - 1][0].isalpha() and tokens[position - 1] not in _JOINING:
            return position
        if not tokens[position][0].isalnum() or tokens[position] in words("auxiliaries"):
            break
    return at


# A phrase between a verb and what it reports is no longer, where no comma ends it.
_PHRASE = 7
_SUBJECTS = words_of("nominatives") - {"it", "there"}
_JOINING = (
    frozenset({"whatever", "whoever", "everything", "anything", "all"})
    | words("prepositions")
    | words("conjunctions")
    | words("determiners")
    | words_of("joiners")
)
# Before the title of a work.
_NAMING = frozenset({"of", "on", "in", "for", "from", "called", "titled", "entitled"})


def _past_apposition(tokens: list[str], comma: int) -> int:
    """Over an apposition to the one who is told, if an infinitive follows it ("asked Bell, the harbour master, to resign")."""
    if tokens[comma : comma + 1] != [","]:
        return comma
    closing = next((at for at in range(comma + 2, min(comma + REACH, len(tokens) - 1)) if tokens[at] == ","), None)
    return closing + 1 if closing is not None and tokens[closing + 1] == "to" else comma


def _past_relative(tokens: list[str], start: int, end: int) -> tuple[int, int]:
    """Where the words end for the one who is told, and a clause about them: "told a man who claimed ... that "nobody ..."."""
    who = next((at for at in range(start + 1, min(end + 1, len(tokens))) if tokens[at] in {"who", "whose"}), None)
    if who is None:
        return end, end
    thats = [at for at in range(who + 1, len(tokens) - 1) if tokens[at] == "that"]
    that = next((at for at in thats if tokens[at + 1] == QUOTE or cue_words().isdisjoint(tokens[who:at])), None)
    return (end, end) if that is None else (who, that)


def _late_quotation(frame: Frame, at: int) -> int | None:
    """A whole quotation that ends the frame behind a comma, however much is told between the verb and it."""
    last = len(frame.words) - 1
    while last > at and frame.words[last] == ".":
        last -= 1
    quote = frame.quotes.get(last) if _SAYING.isdisjoint(frame.words[at:last]) else None
    if quote is None or last - at > 2 * REACH or frame.words[last - 1] not in {",", ":"}:
        return None
    return last if frame.text[quote.inner_start].isupper() else None


_STATES = frozenset({"is", "was", "isn't", "wasn't", "would", "wouldn't"})


def _content_start(frame: Frame, at: int) -> tuple[int | None, str]:
    tokens, count = frame.words, len(frame.words)
    if at >= count:
        return None, "end"
    word = tokens[at]
    if word == "that" and at + 1 < count and tokens[at + 1] in _STATES:
        # "said that was not her view": the word is the subject
        return at, "bare"
    if word == "that" and at + 1 < count and tokens[at + 1] not in _CLOSERS:
        behind = at + 1 + (tokens[at + 1] == ",")
        return (behind, "that") if behind < count else (None, "end")
    if word == QUOTE:
        return at, "quote"
    if word in {",", ":"}:
        following = tokens[at + 1] if at + 1 < count else ""
        if following == QUOTE:
            return at + 1, "quote"
        if following == "that" and at + 2 < count:
            return at + 2, "that"
        if word == ":":
            return (at + 1, "colon") if following else (None, "colon")
        return None, "comma"
    if word in _DASHES and at + 1 < count and tokens[at + 1] == QUOTE:
        return at + 1, "quote"
    if word in _ENDS:
        return None, "end"
    if word in _QUESTION:
        return at, "question"
    return at, "bare"


def _past_adverbials(frame: Frame, at: int, told: bool) -> int:
    """Over dates, brackets, adverbs and "in a statement" after a reporting verb (and the one `told`)."""
    tokens, count = frame.words, len(frame.words)
    while at < count:
        word = tokens[at]
        length = 0 if word == "that" else is_date(tokens, at) or how_often(tokens, at)
        if length:
            at += length
        elif word == "(" and ")" in tokens[at : at + 12]:
            at = tokens.index(")", at) + 1
        elif (word.endswith("ly") and word not in {"only", "family", "early"}) or word in {
            "again",
            "later",
            "too",
            "afterward",
            "afterwards",
            "earlier",
        }:
            at += 1
        elif word in PLACES and (end := _phrase_end(frame, at, told)) is not None:
            at = end
        else:
            break
    if tokens[at : at + 1] == [","] and tokens[at + 2 : at + 3] == [","] and tokens[at + 1] in words_of("insets"):
        at += 3
    if at + 1 < count and tokens[at] in _LIMITS and tokens[at + 1] in _OPENS:
        at += 1
    if at + 1 < count and tokens[at] == ",":
        opens = at + 1
        while opens + 1 < count and (tokens[opens] in {"most", "more"} or frame.adverb(opens)):
            opens += 1
        if tokens[opens] in PLACES:
            return _over_aside(tokens, at, _phrase_end(frame, opens, told))
    return at


def _over_aside(tokens: list[str], at: int, end: int | None) -> int:
    """Over ", without evidence, that": the end of the phrase behind the comma at `at` if the reported words follow it."""
    if end is None or end + 1 >= len(tokens):
        return at
    leads = tokens[end] == "that" or (tokens[end] == "," and tokens[end + 1] in _THAT)
    return end if leads else at


def _phrase_end(frame: Frame, at: int, told: bool) -> int | None:
    """Where an adverbial ends that opens with a preposition: at what it introduces, or after the medium that it names."""
    tokens, count = frame.words, len(frame.words)
    media, medium = words_of("media"), None
    commas, dated, position = 0, False, at
    for position in range(at + 1, min(at + REACH, count)):
        word = tokens[position]
        if word in {"that", "whether", "if"} and tokens[position - 1] not in words("prepositions"):
            # Further on a bare "that" is a relative one, unless a date or a medium came before it.
            return position if told or medium is not None or dated or position - at <= 4 else None
        if word == "that":
            continue
        dated = dated or word in _WHEN
        if word == QUOTE:
            return (
                position if tokens[at] not in {"of", "as"} or position - at > 3 or tokens[position - 1] in {",", ":"} else None
            )
        if word == ":":
            return position
        if word == ",":
            if position + 1 < count and tokens[position + 1] in _THAT:
                return position
            commas += 1
            if commas > 2 or medium is None:
                return None
            if not (position + 1 < count and frame.caps[position + 1]):
                return _past_participle(tokens, medium)
        if word in _BREAKS or word in _SAYING:
            break
        if word in _CLAUSES:
            break
        if word in media and medium is None and not (position + 1 < count and tokens[position + 1] in media):
            medium = position + 1
    if medium is None and at < position == count - 1 and tokens[count - 1] in _CLOSERS:
        return count - 1
    return medium if medium is None else _past_participle(tokens, medium)


def _past_participle(tokens: list[str], at: int) -> int:
    """Over a participle that goes on with what something is said in, if one is here ("in an indictment unsealed Friday")."""
    if at + 1 >= len(tokens) or not is_past(tokens[at]) or tokens[at] in words_of("preterites"):
        return at
    end = at + 1
    while end < len(tokens) and (length := is_date(tokens, end)):
        end += length
    return end if end > at + 1 or tokens[end] in _CLOSERS else at
