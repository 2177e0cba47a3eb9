"""What is reported: where it begins after a reporting verb and where it ends."""

from dataclasses import dataclass

from onrecord.extract.lexicon import words
from onrecord.extract.statements.cues import Cue
from onrecord.extract.statements.frames import QUOTE, Frame, words_of
from onrecord.extract.statements.source import before, is_date

_CLOSERS = frozenset({".", "?", "!", "…", ";", ")"})
_QUESTION = frozenset({"whether", "if", "what", "who", "why", "how", "when", "where", "which"})
# How far a reporting clause's own adverbials may push "that" or the quotation away.
_REACH = 24
# Reporting words of one sentence that are looked at for where the reported words before them end.
_LATER = 12


@dataclass(frozen=True, slots=True)
class After:
    """What follows a verb: who is addressed, where the reported words begin (None where none follow), where the clause ends."""

    addressee: tuple[int, int] | None
    content: int | None
    clause_end: int
    how: str


def what_follows(frame: Frame, text: str, cue: Cue) -> After:
    """Read on from a reporting verb over the one spoken to and the adverbials to what is reported."""
    tokens, at, addressee = frame.words, cue.end, None
    if cue.form.classes & {"tell", "ask"}:
        end = _addressee(frame, text, at)
        if end is not None:
            addressee, at = (at, end), end
            if end < len(tokens) and tokens[end] == "to":
                return After(addressee, end, end, "to")
    if "vow" in cue.form.classes and addressee is None:
        infinitive = at + is_date(tokens, at)
        if infinitive < len(tokens) and tokens[infinitive] == "to":
            return After(None, infinitive, infinitive, "to")
    if addressee is None and at < len(tokens) and tokens[at] == "to":
        end = _addressee(frame, text, at + 1)
        if end is not None and end < len(tokens) and tokens[end] in {"that", QUOTE, ",", ":"}:
            addressee, at = (at + 1, end), end
    if at < len(tokens) and tokens[at] == "back":
        at += 1
    at = _past_adverbials(frame, at, addressee is not None)
    content, how = _content_start(frame, at)
    if how == "bare" and tokens[at] in _PLACES and (quotation := _late_quotation(frame, text, at)) is not None:
        return After(addressee, quotation, at, "quote")
    return After(addressee, content, at, how)


def _late_quotation(frame: Frame, text: str, at: int) -> int | None:
    """A whole quotation that ends the frame behind a comma, however much is told between the verb and it."""
    last = len(frame.words) - 1
    while last > at and frame.words[last] == ".":
        last -= 1
    quote = frame.quotes.get(last)
    if quote is None or last - at > 2 * _REACH or frame.words[last - 1] not in {",", ":"}:
        return None
    return last if text[quote.inner_start].isupper() else None


def _content_start(frame: Frame, at: int) -> tuple[int | None, str]:
    tokens, count = frame.words, len(frame.words)
    if at >= count:
        return None, "end"
    word = tokens[at]
    if word == "that" and at + 1 < count and tokens[at + 1] not in _CLOSERS:
        return (at + 1, "that") if tokens[at + 1] != "," else (at + 2, "that")
    if word == QUOTE:
        return at, "quote"
    if word in {",", ":"}:
        following = tokens[at + 1] if at + 1 < count else ""
        if following == QUOTE:
            return at + 1, "quote"
        if following == "that":
            return at + 2, "that"
        if word == ":":
            return (at + 1, "colon") if following else (None, "colon")
        return None, "comma"
    if word in {"—", "–", "-"} and at + 1 < count and tokens[at + 1] == QUOTE:
        return at + 1, "quote"
    if word in _CLOSERS or word in {"—", "–", ")", "]"}:
        return None, "end"
    if word in _QUESTION:
        return at, "question"
    return at, "bare"


def _past_adverbials(frame: Frame, at: int, told: bool) -> int:
    """Over dates, brackets, adverbs and "in a statement" after a reporting verb (and the one `told`)."""
    tokens, count = frame.words, len(frame.words)
    while at < count:
        word = tokens[at]
        length = is_date(tokens, at)
        if length:
            at += length
        elif word == "(" and ")" in tokens[at : at + 12]:
            at = tokens.index(")", at) + 1
        elif (word.endswith("ly") and word not in {"only", "family", "early"}) or word in {"again", "later", "too", "afterward", "afterwards", "earlier"}:
            at += 1
        elif word in _PLACES and (end := _phrase_end(frame, at, told)) is not None:
            at = end
        else:
            break
    if at < count and tokens[at] == "," and at + 1 < count and tokens[at + 1] in _PLACES and (end := _phrase_end(frame, at + 1, told)) is not None:
        if end < count and tokens[end] in {",", "that"} and end + 1 < count and (tokens[end] == "that" or tokens[end + 1] in {QUOTE, "that"}):
            return end
    return at


_PLACES = frozenset({"in", "at", "on", "during", "via", "by", "through", "after", "before", "to", "from", "of", "about", "with", "as", "when", "for", "over", "upon", "outside", "near", "while", "following", "here", "without", "despite", "amid", "under", "against", "per"})


def _phrase_end(frame: Frame, at: int, told: bool) -> int | None:
    """Where an adverbial ends that opens with a preposition: at what it introduces, or after the medium that it names."""
    tokens, count = frame.words, len(frame.words)
    media, medium = words_of("media"), None
    commas, dated = 0, False
    for position in range(at + 1, min(at + _REACH, count)):
        word = tokens[position]
        if word in {"that", "whether", "if"} and tokens[position - 1] not in words("prepositions"):
            # Further on a bare "that" is a relative one, unless a date or a medium came before it.
            return position if told or medium is not None or dated or position - at <= 4 else None
        if word == "that":
            continue
        dated = dated or word in words_of("days") or word in words("months") or word in words_of("times")
        if word == QUOTE:
            return position if tokens[at] not in {"of", "as"} or position - at > 3 or tokens[position - 1] in {",", ":"} else None
        if word == ":":
            return position
        if word == ",":
            if position + 1 < count and tokens[position + 1] in {QUOTE, "that"}:
                return position
            commas += 1
            if commas > 2 or medium is None:
                return None
            if not (position + 1 < count and frame.caps[position + 1]):
                return medium
        if word in {";", "—", "–", "?", "!"}:
            break
        if word in words("auxiliaries") or word in words_of("joiners"):
            break
        if word in media and medium is None and not (position + 1 < count and tokens[position + 1] in media):
            medium = position + 1
    if medium is None and position == count - 1 and tokens[count - 1] in _CLOSERS:
        return count - 1
    return medium


def _addressee(frame: Frame, text: str, at: int) -> int | None:
    """The end of the words that name who is told, from token `at`; None where nobody is."""
    tokens, count = frame.words, len(frame.words)
    if at >= count:
        return None
    word = tokens[at]
    if word in {"me", "him", "her", "them", "us", "you", "it", "everyone", "anyone", "people", "themselves", "himself", "herself"}:
        return at + 1
    if word in words("prepositions") or word in words("conjunctions") or word in {",", ":", QUOTE, "."} or word in words("auxiliaries"):
        return None
    that = _that_ahead(tokens, at + 1)
    if that is not None:
        return that
    determined = word in words("determiners")
    upper = frame.caps[at]
    end = at + 1
    while end < min(at + 15, count):
        word = tokens[end]
        if word == QUOTE and tokens[end - 1].endswith(("'s", "s'")):
            end += 1
            continue
        if word in {",", ":", QUOTE, ";", "—", "–", "(", "?"} or (word == "." and end == count - 1):
            break
        if word in {"that", "whether", "if", "to", "how", "why", "what", "about"} or (word in words("prepositions") and word not in {"of", "for"}):
            break
        if word in words("auxiliaries") or word in {"he", "she", "it", "they", "we", "i", "there"} or is_date(tokens, end):
            break
        cap = frame.caps[end]
        if not determined and not upper:
            break
        if word in words("determiners") and not (upper and frame.caps[end - 1] is False):
            if tokens[end - 1] not in {"of", "for", "and"}:
                break
        if upper and not determined and not cap and word not in {"of", "for", "and", "."} and word not in {"'s"}:
            if tokens[end - 1].endswith(("'s")):
                end += 1
                continue
            break
        end += 1
    return end


def _that_ahead(tokens: list[str], at: int) -> int | None:
    """Where the words for the one spoken to end if "that" or "whether" follows them at once: there, or at an adverbial before it."""
    adverbial = None
    for position in range(at, min(at + 12, len(tokens))):
        word = tokens[position]
        if word in {"that", "whether"}:
            return position if adverbial is None else adverbial
        if word in {",", ":", ";", QUOTE, "who"} or word in words("auxiliaries") or word in _NOMINATIVES:
            return None
        if adverbial is None and (is_date(tokens, position) or (word in _PLACES and word not in {"of", "for"})):
            adverbial = position
    return None


_NOMINATIVES = frozenset({"he", "she", "it", "they", "we", "i", "there"})


def content_end(frame: Frame, text: str, start: int, cues: list[Cue], *, loose: bool = False, subordinate: bool = False) -> int:
    """Where the reported words end that begin at token `start`: at the end of the frame or before the next act of reporting.

    Args:
        frame: the sentence.
        text: the article's text.
        start: first token of what is reported.
        cues: the later reporting words of the frame, in order.
        loose: what is reported is no clause, so that a further verb or adverbial belongs to the reporter.
        subordinate: the reporting clause is one itself ("while she said ..., he said ..."), so that a comma can end it.
    """
    tokens = frame.words
    end = len(tokens)
    for cue in cues[:_LATER]:
        if cue.start <= start:
            continue
        cut = _cut_before(frame, text, start, cue, loose, subordinate)
        if cut is not None:
            end = cut
            break
    return trim_end(tokens, start, _cut_aside(tokens, start, end, loose, subordinate))


_DASHES = frozenset({"—", "–", "-", "--", "―"})
_WHEN = frozenset({"during", "while", "amid"})
_THEN = frozenset({"who", "whose", "which", "where", "after", "when", "as", "before", "while", "because", "although", "though"})


def _cut_aside(tokens: list[str], start: int, end: int, loose: bool, subordinate: bool) -> int:
    """Leave out what the reporter adds: behind a dash or a comma and participle after a quotation, or an adverbial of the verb's."""
    quoted = dashed = False
    for position in range(start + 1, end):
        word, previous = tokens[position], tokens[position - 1]
        quoted = quoted or previous == QUOTE
        dashed = dashed or previous in _DASHES
        if previous == QUOTE and (
            (word in _DASHES and not dashed)
            or (word == "," and (subordinate or (position + 1 < end and _participle(tokens, position + 1))))
        ):
            return position
        if word in _DASHES and position + 1 < end and tokens[position + 1] in _ADDS and not _closed_dash(tokens, position, end):
            return position
        if previous == "," and word == "as" and position + 1 < end and tokens[position + 1] in words("auxiliaries"):
            return position - 1
        if loose and (word in _WHEN or (quoted and word in {"after", "when", "before"})):
            return position
        if previous == "," and ((loose and word in _THEN) or ((loose or quoted) and _participle(tokens, position))):
            return position - 1
    return end


_ADDS = frozenset({"far", "more", "less", "not", "though", "although", "but", "a", "an", "as", "despite", "which", "who", "while", "the"})


def _closed_dash(tokens: list[str], position: int, end: int) -> bool:
    """Whether a dash opens an aside within the reported words, which another dash closes."""
    return any(tokens[at] in _DASHES for at in range(max(0, position - 30), min(position + 30, end)) if at != position)


def _participle(tokens: list[str], position: int) -> bool:
    word = tokens[position]
    if word.endswith("ly") and position + 1 < len(tokens):
        word = tokens[position + 1]
    return word.endswith("ing") and len(word) > 5 and word not in {"including", "according", "regarding", "nothing", "something", "anything", "everything"}


def trim_end(tokens: list[str], start: int, end: int) -> int:
    """Leave out the punctuation that closes a sentence or leads over to what follows."""
    while end > start and tokens[end - 1] in {".", ",", ";", ":", "—", "–", "-", "and", "but"}:
        end -= 1
    return end


def _cut_before(frame: Frame, text: str, start: int, cue: Cue, loose: bool, subordinate: bool) -> int | None:
    """The token before which a later reporting word starts an act of its own; None where it is part of what is reported."""
    tokens, at = frame.words, cue.start - 1
    adverbs = words_of("adverbs")
    while at > start and (tokens[at] in adverbs or frame.adverb(at)):
        at -= 1
    previous = tokens[at]
    if cue.form.tense == "according":
        return at if previous == "," else cue.start
    if cue.form.tense == "ing":
        return at if previous == "," else (at + 1 if previous == QUOTE else None)
    if previous == "," and cue.form.tense != "base" and cue.form.classes & {"object", "say", "tell"} and loose:
        return at
    if previous in {"and", "but"} and cue.form.classes & {"say", "tell", "object"}:
        opens = tokens[cue.end] if cue.end < len(tokens) else ""
        core = cue.form.classes & {"bare"} and (opens in {"that", QUOTE, "he", "she", "they", "it"} or _quotes(tokens, cue))
        core = core or (cue.form.tense != "base" and QUOTE in tokens[cue.end : cue.end + _REACH])
        return at if core or loose or tokens[at - 1] in {",", QUOTE} else None
    subject = before(frame, text, cue.start, start)
    if subject is None or subject.start - 2 <= start:
        return None
    lead, further = tokens[subject.start - 1], tokens[subject.start - 2]
    if lead in {";", ":"}:
        return subject.start - 1
    if lead == QUOTE and cue.form.classes & {"say"} and subject.start - 1 > start:
        return subject.start - 1 if further in {",", ":"} else subject.start
    if lead in {"and", "but", "while", "though", "although", "as", "whereas", "so"} and (further == "," or (further == QUOTE and lead != "as")):
        return subject.start - 2 if further == "," else subject.start - 1
    if lead == "while" or (subordinate and lead == ","):
        return subject.start - 1
    return subject.start - 1 if lead in {",", "—", "–", "--", "―"} and _quotes(tokens, cue) else None


def _quotes(tokens: list[str], cue: Cue) -> bool:
    """Whether a comma or colon and a quotation stand right behind a cue."""
    return cue.end + 1 < len(tokens) and tokens[cue.end] in {",", ":"} and tokens[cue.end + 1] == QUOTE
