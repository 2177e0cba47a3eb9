"""Reporting words: which tokens of a frame can report speech, in what form, and what may follow them."""

from functools import cache
from itertools import compress

from onrecord.extract.lexicon import load, words
from onrecord.extract.statements.forms import ACCORDING, SAYING, WORDS, Form, cue_words, forms
from onrecord.extract.statements.frames import QUOTE, Frame, words_of
from onrecord.extract.statements.infinitives import causative, channel_start
from onrecord.extract.statements.timing import is_date
from onrecord.extract.statements.verbs import verb_at
from onrecord.extract.values import value

_ADVERBS = words_of("adverbs")
_BE = words_of("be")
_HAVE = words_of("have")
_DO = words_of("do")
_NEVER = words_of("negations")
_MODAL = words_of("modals")
_GOES_ON = words_of("goes_on")
_SINGULAR = words_of("singular_subjects")
_PLURAL = words_of("plural_subjects")
_AUX = _BE | _HAVE | _DO
# Determiners that need a noun, so that a word behind one is none.
_DETERMINERS = words("determiners") - words_of("pronoun_determiners")


@value
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
    table, tokens, sayings = forms(), frame.words, words_of("sayings")
    found: list[Cue] = []
    done, count = 0, len(tokens)
    for position in compress(range(count), map(_known().__contains__, tokens)):
        word = tokens[position]
        if position < done:
            continue
        if word == "according" and position + 1 < count and tokens[position + 1] == "to":
            found.append(Cue(position, position + 2, ACCORDING))
        elif word == "per":
            if _relies(frame, position):
                found.append(Cue(position, position + 1, ACCORDING))
        elif word in {"words", "phrase"}:
            if QUOTE in tokens:
                found.append(Cue(position, position + 1, WORDS))
        elif word in sayings and position + 1 < count and tokens[position + 1] == "that" and _owned(tokens, position):
            found.append(Cue(position, position + 1, SAYING))
        elif word in table and (position == 0 or not frame.caps[position] or title_case(frame)):
            upper = position + 1 < count and frame.caps[position + 1]
            # "took to the radio to accuse ... and demand", "they call it ... and describe"
            chained = bool(found) and tokens[position - 1] in {"and", "or"} and found[-1].form.tense == "base"
            cue = _cue_at(frame, position, table[word], upper, chained)
            if cue is not None:
                found.append(cue)
                done = cue.end
    return found


@cache
def _known() -> frozenset[str]:
    """All reporting words, with those that are too frequent elsewhere to say that a frame is worth reading."""
    return cue_words() | {"per", "words", "phrase"}


def _owned(tokens: list[str], position: int) -> bool:
    """Whether a noun of saying has an owner, a few words before it ("her claim that", "the mayor's repeated claims that")."""
    return any(
        tokens[at] in words_of("possessives") or tokens[at].endswith(("'s", "s'"))
        for at in range(max(0, position - 3), position)
    )


_ADDING = frozenset({",", QUOTE})


def _relies(frame: Frame, position: int) -> bool:
    """Whether "per" names a source ("..., per the bylaws") and no rate."""
    tokens = frame.words
    if not 0 < position < len(tokens) - 1 or tokens[position - 1] not in _ADDING:
        return False
    return tokens[position + 1] in {"the", "a", "an"} or frame.caps[position + 1]


def title_case(frame: Frame) -> bool:
    """Whether a frame has the capitals of a headline, so that they tell no name from a verb."""
    if len(frame.words) > _TITLE:
        return False
    long = [start for start, word in zip(frame.starts, frame.words, strict=True) if len(word) > 3]
    return 10 * sum(frame.text[start].isupper() for start in long) >= 8 * len(long)


# A headline has no more words.
_TITLE = 30


def _cue_at(frame: Frame, position: int, candidates: tuple[Form, ...], upper: bool, chained: bool) -> Cue | None:
    tokens = frame.words
    for form in candidates:
        # "called Friday for a halt"
        dated = is_date(tokens, position + 1) if form.rest else 0
        end = position + 1 + dated + len(form.rest)
        if (not form.rest or tuple(tokens[position + 1 + dated : end]) == form.rest) and (
            (chained and form.tense == "base") or _reports(frame, position, end, form, upper)
        ):
            return Cue(position, end, form)
    return None


def skip_back(frame: Frame, position: int) -> int:
    """The first token of the verb group that ends before `position`: over adverbs, auxiliaries and "went on to"."""
    tokens, adverbs = frame.words, _ADVERBS
    if position > 1 and tokens[position - 1] == "to" and _goes_on(tokens, position):
        position -= 3 if tokens[position - 2] == "on" else 2
    elif (channel := channel_start(tokens, position)) is not None:
        position = channel
    if position > 1 and tokens[position - 1] == "as" and tokens[position - 2] == "quoted":
        position -= 2
    while position > 0 and (tokens[position - 1] in adverbs or tokens[position - 1] in _AUX or frame.adverb(position - 1)):
        if frame.caps[position - 1] and position > 1 and frame.caps[position - 2]:
            # "USA Today reported"
            break
        position -= 1
    if tokens[position] in {"all", "both", "each"} and (position == 0 or not tokens[position - 1][0].isalnum()):
        # "To varying degrees, all agreed": it is the subject itself.
        return position + 1
    return position


def _goes_on(tokens: list[str], position: int) -> bool:
    """Whether the infinitive at `position` only continues ("went on to say")."""
    return tokens[position - 2] in _GOES_ON or (
        position > 2 and tokens[position - 2] == "on" and tokens[position - 3] in _GOES_ON
    )


def _reports(frame: Frame, position: int, end: int, form: Form, upper: bool) -> bool:
    """Whether the verb reports here, by the few words before and after it."""
    at, tokens = position - 1, frame.words
    while at >= 0 and (tokens[at] in _ADVERBS or frame.adverb(at)) and position - at < 5:
        at -= 1
    before = tokens[at] if at >= 0 else ""
    after = tokens[end] if end < len(tokens) else ""
    if (
        before in _NEVER
        or not _NEVER.isdisjoint(tokens[at + 1 : position])
        or (at > 0 and tokens[at - 1] in _NEVER)
        or (before in _DETERMINERS and before not in _PLURAL and not _other_speaks(tokens, at, form, tokens[position]))
    ):
        return False
    if after == "to" and tokens[position] in words_of("happenings") and "vow" not in form.classes:
        return False
    if tokens[position] == "accused" and after == "of":
        # "people accused of theft"
        return False
    if tokens[position] == "states" and not (
        before in _SINGULAR or before in words_of("papers") or (at >= 0 and frame.caps[at])
    ):
        return False
    if form.tense == "past":
        by = after == "by" and not (end + 1 < len(tokens) and tokens[end + 1] in words_of("media"))
        return not (before in _BE or by or before == "to")
    if (
        form.tense in {"base", "s"}
        and before != "to"
        and (
            before.endswith(("'s", "s'"))
            or not (
                upper
                or _verbal(frame, position, end)
                or (after not in _AFTER_NOUN and QUOTE in tokens[max(0, position - 8) : position])
            )
        )
    ):
        return False
    if form.tense == "base":
        if before == "to" and at > 1:
            return (
                _goes_on(tokens, position)
                or channel_start(tokens, position) is not None
                or causative(tokens, position) is not None
            )
        if before == "did" and _emphatic(frame, at):
            return True
        if tokens[position] == "say" and end == position + 1:
            return before not in _MODAL and before not in _AUX and before != ""
        return (
            before in _PLURAL
            or _two_names(frame, at)
            or _plural_head(frame, at)
            or (before.endswith("s") and not before.endswith(("'s", "ss", "us", "is")) and before not in _AUX)
        )
    if form.tense == "ing":
        return True
    return before not in _PLURAL or before in {"who", "which", "that"}


def _emphatic(frame: Frame, did: int) -> bool:
    """Whether "did" only stresses the verb behind it ("They did say that", but not "what he did say" or "Why did he say")."""
    tokens = frame.words
    named = did > 0 and (tokens[did - 1] in words_of("nominatives") or frame.caps[did - 1])
    return named and tokens[-1] != "?" and (did < 2 or tokens[did - 2] not in words_of("question_words"))


def _plural_head(frame: Frame, last: int) -> bool:
    """Whether the noun group that ends at token `last` opens with a plural ("owners on the south bank")."""
    tokens, first = frame.words, max(0, last - _GROUP)
    for at in range(last - 1, first, -1):
        if tokens[at] in words("prepositions"):
            return tokens[at - 1].endswith("s") and not tokens[at - 1].endswith(("'s", "ss", "us", "is"))
        if not tokens[at][0].isalnum():
            return False
    return False


# A noun group with a phrase in it has no more words.
_GROUP = 6


def _two_names(frame: Frame, last: int) -> bool:
    """Whether two names joined by "and" end at token `last`: together they are a plural subject."""
    first = last
    while first > 0 and frame.caps[first]:
        first -= 1
    return 0 < first < last and frame.words[first] == "and" and frame.caps[first - 1]


_OPENS_REPORT = frozenset({QUOTE, ":", "whether", "if", "how", "why", ","})


def _verbal(frame: Frame, position: int, end: int) -> bool:
    """Whether a word that may be a noun ("claims", "report") is a verb, by what follows it; "calls on" always is."""
    tokens = frame.words
    if tokens[position + 1 : end] == ["on"] or (end > position + 1 and verb_at(frame, 0, len(tokens)) is None):
        return True
    if tokens[position].rstrip("s") not in words_of("nouns"):
        return True
    after, further = [*tokens[end : end + 2], "", ""][:2]
    if after == "that":
        # "rules that could close the mill"
        does = any(form.tense == "base" for form in forms().get(further, ()))
        return further not in words("auxiliaries") and not does
    return (
        (after in words("determiners") and after != "such")
        or after in words("pronouns")
        or after in _OPENS_REPORT
        or (after.endswith("s") and _bare_clause(frame, position, end))
    )


def _other_speaks(tokens: list[str], at: int, form: Form, verb: str) -> bool:
    """Whether "another" or "the other" at a token speaks, and does not stand before a noun ("another reported case")."""
    other = tokens[at] == "another" or (tokens[at] == "other" and tokens[at - 1] == "the")
    return other and "bare" in form.classes and form.tense in {"past", "s"} and verb not in words_of("adjectives")


def _bare_clause(frame: Frame, position: int, end: int) -> bool:
    """Whether a plural and its verb follow a verb that may be a noun ("Campaigners claim ministers ignored it").

    Behind a singular that can also be "the insurance claims managers", unless that names somebody who can speak.
    """
    tokens = frame.words
    verb = verb_at(frame, end, min(end + _NEAR, len(tokens)))
    if verb in {None, end} or not all(word[0].isalpha() for word in tokens[end:verb]):
        return False
    # A capital that opens the sentence names nobody for sure ("Jobless claims figures were late").
    named = position > 1 and frame.caps[position - 1]
    return not tokens[position].endswith("s") or named or tokens[position - 1] in load("organisations")["common"]


# How far behind a verb that of a reported clause with a bare plural stands.
_NEAR = 4


# Words that qualify a noun before them.
_AFTER_NOUN = frozenset({"of", "from", "for", "by", "about", "such"})


def progressive(frame: Frame, cue: Cue) -> bool:
    """Whether a participle is the verb of its clause ("is saying", "is quoted as saying")."""
    at = cue.start - 1
    tokens = frame.words
    while at >= 0 and (tokens[at] in words_of("adverbs") or frame.adverb(at)):
        at -= 1
    if tokens[at] == "as" and tokens[at - 1] == "quoted":
        return True
    return at >= 0 and (tokens[at] in {"is", "are", "was", "were", "been", "am"} or tokens[at].endswith(("'s", "'re", "'m")))
