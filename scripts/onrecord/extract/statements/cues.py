"""Reporting words: which tokens of a frame can report speech, in what form, and what may follow them."""

from dataclasses import dataclass
from functools import cache

from onrecord.extract.lexicon import words
from onrecord.extract.statements.forms import Form, forms
from onrecord.extract.statements.frames import QUOTE, Frame, words_of


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting word in a frame: tokens [start, end), and the form it has."""

    start: int
    end: int
    form: Form


def find_cues(frame: Frame) -> list[Cue]:
    """The reporting words of a frame, in order; passives, nouns and infinitives are left out.

    Args:
        frame: the sentence.
    """
    table, tokens, found = forms(), frame.words, []
    position, count, sayings = 0, len(frame.words), words_of("sayings")
    while position < count:
        word = tokens[position]
        if word == "according" and position + 1 < count and tokens[position + 1] == "to":
            found.append(Cue(position, position + 2, ACCORDING))
            position += 1
        elif word in sayings and position + 1 < count and tokens[position + 1] == "that" and position:
            found.append(Cue(position, position + 1, SAYING))
        elif word in table and (position == 0 or not frame.caps[position] or _title_case(frame)):
            upper = position + 1 < count and frame.caps[position + 1]
            cue = _cue_at(frame, position, table[word], upper)
            if cue is not None:
                found.append(cue)
                position = cue.end - 1
        position += 1
    return found


def _title_case(frame: Frame) -> bool:
    """Whether a frame has the capitals of a headline, so that they tell no name from a verb."""
    long = [start for start, word in zip(frame.starts[:_TITLE], frame.words[:_TITLE], strict=True) if len(word) > 3]
    return len(frame.words) <= _TITLE and 10 * sum(frame.text[start].isupper() for start in long) >= 8 * len(long)


# A headline has no more words.
_TITLE = 30


def _cue_at(frame: Frame, position: int, candidates: tuple[Form, ...], upper: bool) -> Cue | None:
    tokens = frame.words
    for form in candidates:
        end = position + 1 + len(form.rest)
        if (not form.rest or tuple(tokens[position + 1 : end]) == form.rest) and _reports(frame, position, end, form, upper):
            return Cue(position, end, form)
    return None


ACCORDING = Form("according", frozenset({"according"}))


SAYING = Form("noun", frozenset({"noun"}))


_BE = frozenset(
    {"is", "are", "was", "were", "be", "been", "being", "am", "get", "gets", "got", "isn't", "wasn't", "weren't", "aren't"}
)


_HAVE = frozenset({"has", "have", "had", "having"})


_DO = frozenset({"did", "does", "do"})


_NEVER = frozenset(
    [
        "not",
        "never",
        "neither",
        "nor",
        "didn't",
        "doesn't",
        "don't",
        "hasn't",
        "haven't",
        "hadn't",
        "won't",
        "wouldn't",
        "cannot",
        "can't",
        "couldn't",
    ]
)


_MODAL = frozenset(
    [
        "to",
        "will",
        "would",
        "can",
        "could",
        "should",
        "shall",
        "may",
        "might",
        "must",
        "let",
        "let's",
        "i'd",
        "he'd",
        "she'd",
        "they'd",
        "we'd",
        "you'd",
        "i'll",
        "he'll",
        "she'll",
        "they'll",
        "we'll",
        "you'll",
    ]
)


_GOES_ON = frozenset({"went", "goes", "going", "continued", "continues", "appeared", "appears", "seemed", "seems"})


_SINGULAR = frozenset({"he", "she", "it", "who", "which"})


_PLURAL = frozenset(
    {
        "they",
        "we",
        "i",
        "you",
        "who",
        "people",
        "police",
        "men",
        "women",
        "others",
        "some",
        "many",
        "most",
        "both",
        "those",
        "few",
        "several",
        "which",
        "that",
    }
)


def skip_back(frame: Frame, position: int) -> int:
    """The first token of the verb group that ends before `position`: over adverbs, auxiliaries and "went on to"."""
    tokens, adverbs = frame.words, words_of("adverbs")
    if position > 1 and tokens[position - 1] == "to" and _goes_on(tokens, position):
        position -= 3 if tokens[position - 2] == "on" else 2
    if position > 1 and tokens[position - 1] == "as" and tokens[position - 2] == "quoted":
        position -= 2
    while position > 0 and (tokens[position - 1] in adverbs or tokens[position - 1] in _AUX or frame.adverb(position - 1)):
        position -= 1
    return position


_AUX = _BE | _HAVE | _DO


def _goes_on(tokens: list[str], position: int) -> bool:
    """Whether the infinitive at `position` only continues ("went on to say")."""
    return tokens[position - 2] in _GOES_ON or (
        position > 2 and tokens[position - 2] == "on" and tokens[position - 3] in _GOES_ON
    )


def _reports(frame: Frame, position: int, end: int, form: Form, upper: bool) -> bool:
    """Whether the verb reports here, by the few words before and after it."""
    at, tokens = position - 1, frame.words
    adverbs = words_of("adverbs")
    while at >= 0 and (tokens[at] in adverbs or frame.adverb(at)) and position - at < 5:
        at -= 1
    before = tokens[at] if at >= 0 else ""
    after = tokens[end] if end < len(tokens) else ""
    if before in _NEVER or (at > 0 and tokens[at - 1] in _NEVER) or (before in _determiners() and before not in _PLURAL):
        return False
    if tokens[position] == "states" and not (
        before in _SINGULAR or before in words_of("papers") or (at >= 0 and frame.caps[at])
    ):
        return False
    if form.tense == "past":
        by = after == "by" and not (end + 1 < len(tokens) and tokens[end + 1] in words_of("media"))
        return not (before in _BE or by or before == "to")
    if form.tense in {"base", "s"} and (
        before.endswith(("'s", "s'"))
        or not (upper or _verbal(tokens[position], after) or QUOTE in tokens[max(0, position - 8) : position])
    ):
        return False
    if form.tense == "base":
        if before == "to" and at > 1:
            return _goes_on(tokens, position)
        if tokens[position] == "say" and end == position + 1:
            return before not in _MODAL and before not in _AUX and before != ""
        return before in _PLURAL or (
            before.endswith("s") and not before.endswith(("'s", "ss", "us", "is")) and before not in _AUX
        )
    if form.tense == "ing":
        return True
    return before not in _PLURAL or before in {"who", "which", "that"}


def _verbal(word: str, after: str) -> bool:
    """Whether a word that may be a noun ("claims", "report") is a verb, by what follows it."""
    return word.rstrip("s") not in words_of("nouns") or (
        after in words("determiners")
        or after in words("pronouns")
        or after in {QUOTE, ":", "that", "whether", "if", "how", "why"}
        or after == ","
    )


@cache
def _determiners() -> frozenset[str]:
    return words("determiners") - {
        "this",
        "that",
        "these",
        "those",
        "all",
        "both",
        "some",
        "many",
        "several",
        "few",
        "most",
        "each",
    }
