"""What a figure measures that is told before it: what the sentence says it of, or what the figure before it measures."""

from typing import Final

from onrecord.extract.figures.clauses import COMPARED, WEAK, subject, subject_before, weak_alone
from onrecord.extract.figures.context import moved_in
from onrecord.extract.figures.objects import AMOUNTS
from onrecord.extract.figures.phrases import Phrase, determined, is_date, phrase_after
from onrecord.extract.figures.quantity import Quantity
from onrecord.extract.figures.tokens import MOVES, Tokens, plural
from onrecord.extract.lexicon import load

_FIGURES: Final = load("figures")

_COMPARED: Final = frozenset({("up", "from"), ("down", "from"), ("compared", "with"), ("compared", "to")})

PARENTS: Final = frozenset({"father", "mother", "parent", "parents", "dad", "mum", "grandmother", "grandfather"})
_DETERMINING: Final = frozenset({"the", "those", "these", "its", "their"})
_ORDERING: Final = frozenset({"first", "last", "next", "other"})  # "after their first two"
_HAVING: Final = frozenset({"had", "has", "have"})
_SAID_OF: Final = frozenset({",", "—", "–", "is", "was", "as", "be", "(", ":"})
_SO_OLD: Final = (["as", "young", "as"], ["as", "old", "as"])
_STANDING: Final = frozenset({"stand", "stands", "stood", "standing", "remain", "remains", "remained"})
_REACHING: Final = frozenset(_FIGURES["measures"]["reaching"])
_STRETCHED: Final = frozenset(_FIGURES["measures"]["stretched"])


_REMARKS: Final = frozenset({",", "-", "—", "–"})

_STRETCHES: Final = frozenset(_FIGURES["measures"]["stretches"])

_TOLD: Final = frozenset({":", "—", "–"})
_ADVERBIAL = 12  # words of an adverbial that opens a sentence, at most
_OTHER_END = 6  # words that the other end of a range takes, with what joins it


def shares(tokens: Tokens, first: int, floor: int) -> bool:
    """Whether a figure is said of what the one before it is said of: a conversion in brackets, "up from", "and"."""
    before = tokens.low[max(0, first - 2) : first]
    if not before or tokens.starts[first - 1] < floor:
        return False
    if tuple(before) in _COMPARED:
        return True
    between = range(tokens.at(floor), first)
    if tokens.low[max(0, first - 3) : first] == ["as", "well", "as"]:
        return True
    if before[-1] == "from" and before[0] == ",":
        return True
    if before[-1] == "from" and all(tokens.tags[index] == "." for index in between[:-1]):
        return True
    if before[-1] in ("versus", "vs", "against") or before in (["of", "which"], ["of", "whom"]):
        return True
    if before[-1] == "(":
        return len(between) <= 1
    if before[-1] in ("and", "or", ";"):
        return len(between) <= 8 and not any(tokens.tags[index] in "VAG" for index in between)
    return False


def parallel(tokens: Tokens, after: int, first: int, at: int) -> bool:
    """Whether a figure after a comma goes on a series with the one before it: "49% for boys, 53% for girls"."""
    if first < 1 or not (tokens.low[first - 1] == "," or tokens.low[first - 2 : first] == [",", "and"]):
        return False
    tie = tokens.low[after : after + 1]
    return tie == tokens.low[at : at + 1] and tokens.tags[after : after + 1] == ["P"] and tie != ["of"]


def apposed(tokens: Tokens, first: int, at: int) -> bool:
    """Whether a figure tells how far the one before the comma is from another: "closed at 90p, 4% above its price"."""
    if first < 1 or tokens.low[first - 1] not in _REMARKS or at >= len(tokens.low):
        return False
    return tokens.low[at] in ("above", "below") or tokens.low[at] in COMPARED


def fronted(tokens: Tokens, first: int, at: int) -> Phrase | None:
    """What a figure at the sentence's start is said of: "At 340 metres, the tower is the tallest"."""
    opens = first == 1 or (first in (3, 4) and "age" in tokens.low[1:first])
    if not opens or tokens.low[0] not in ("at", "by") or tokens.low[at : at + 1] != [","]:
        return None
    return phrase_after(tokens, determined(tokens, at + 1), False, "figure.measures.subject")


def measured_before(tokens: Tokens, quantity: Quantity, first: int, floor: int) -> Phrase | None:
    """What the words before a figure say it of; None when in doubt.

    Args:
        tokens: the sentence.
        quantity: the figure.
        first: the index of its first word, the qualifier before it included.
        floor: the offset where the figure before it ends; a search that comes so far has found nothing.
    """
    if quantity.kind == "duration":
        doing = _doing(tokens, first)
        if doing or not _stretched(tokens, first):
            return doing
    if quantity.kind == "age":
        if _before_age(tokens, first) < first:
            first = _before_age(tokens, first)
            if tokens.low[first] in ("at", "by", "since", "until"):
                return subject_before(tokens, first, True)
        if _age_of_nobody(tokens, quantity, first):
            return None
    if first and (tokens.low[first - 1] == "those" or (tokens.low[first - 1] == "," and _adverbial(tokens, first - 1))):
        return None
    bare = quantity.kind == "count" and quantity.unit is None
    if bare and (_leaves_out(tokens, quantity, first) or not (_said_of(tokens, first) or _compares(tokens, quantity))):
        return None
    if first > 2 and tokens.low[first - 1] in ("up", "down") and tokens.low[first - 2] == "," and is_date(tokens, first - 3):
        return subject_before(tokens, first - 2)
    moved = moved_in(tokens, first - 1) if first and tokens.low[first - 1] == "of" else -1
    if moved >= 0:
        return phrase_after(tokens, determined(tokens, moved + 2), False, "figure.measures.of")
    exceeding = first < len(tokens.low) and tokens.low[first].startswith(("exceed", "averag"))
    phrase = subject(tokens, first + exceeding, floor)
    if phrase is None:
        return None
    if quantity.kind == "age" and tokens.low[phrase.first : phrase.last] in (["age"], ["ages"]):
        return subject_before(tokens, phrase.first, True)  # "the skippers range in age from 21 to 78"
    if quantity.kind == "speed":
        return _mover(tokens, phrase)
    if quantity.kind == "multiplier" and phrase.rule == "figure.measures.before":
        return None
    if quantity.kind == "duration" and (_circumstance(tokens, phrase, first) or _superlative(tokens, phrase, first)):
        return None
    return None if bare and weak_alone(tokens, phrase) else phrase


def _age_of_nobody(tokens: Tokens, quantity: Quantity, first: int) -> bool:
    """Whether an age is a person by itself ("held a 19-year-old", "ten 9-year-olds"), or the first of two behind two names."""
    words = tokens.text[quantity.start : quantity.end]
    if words.endswith("olds") or (words.endswith("old") and _is_somebody(tokens, first)):
        return True
    return quantity.rule == "figure.age.after_name" and tokens.low[first + 1 : first + 2] == ["and"]


def _leaves_out(tokens: Tokens, quantity: Quantity, first: int) -> bool:
    """Whether the words before a bare number show that its noun is left out: "a father of two", "Bell had 54"."""
    if first < 1:
        return False
    before = tokens.low[first - 1]
    if before in _DETERMINING and quantity.form in ("digits", "words"):
        return True
    if before in _ORDERING or (first > 1 and (before in _HAVING or _with_or_by(tokens, first))):
        return True
    return first > 1 and before == "of" and tokens.low[first - 2] in PARENTS


def _is_somebody(tokens: Tokens, first: int) -> bool:
    """Whether an age is the person, not said of one before: "held a 19-year-old", but "Bell, a 19-year-old, was held"."""
    determined_ = first > 0 and tokens.low[first - 1] in ("a", "an", "the", "another")
    return determined_ and (first < 2 or tokens.low[first - 2] not in _SAID_OF)


def _with_or_by(tokens: Tokens, first: int) -> bool:
    """Whether a bare number is of whoever did a thing or came besides: "was watched by 3m", ", with over 90 in Cork"."""
    tie = first - 1
    while tie > 1 and tokens.tags[tie] == "R":
        tie -= 1
    doer = tokens.low[tie] == "by" and tokens.tags[tie - 1] == "V" and tokens.low[tie - 1] not in MOVES
    return doer or (tokens.low[tie] == "with" and (tie < first - 1 or tokens.low[tie - 1] == ","))


def _adverbial(tokens: Tokens, comma: int) -> bool:
    """Whether only when or where stands before a comma: "In Hull, £5m was spent"."""
    opens = comma < _ADVERBIAL and tokens.tags[0] == "P" and tokens.low[0] not in ("for", "of", "among")
    return opens and {"V", "A", "G", "#", ","}.isdisjoint(tokens.tags[1:comma]) and "," not in tokens.low[:comma]


def _doing(tokens: Tokens, first: int) -> Phrase | None:
    """What was done for or in a stretch of time, after a preposition: "after cooking for 20 minutes"."""
    if first < 3 or tokens.low[first - 1] not in ("in", "for", "within") or tokens.tags[first - 2] != "G":
        return None
    return Phrase(first - 2, first - 1, "figure.measures.before") if tokens.tags[first - 3] == "P" else None


def _before_age(tokens: Tokens, first: int) -> int:
    """The index of the preposition in "at the age of 68" or of "as young as", so that the search begins before the age."""
    if tokens.low[max(0, first - 3) : first] in _SO_OLD:
        return first - 3
    index = first - 1 - (tokens.low[first - 1 : first] == ["of"])
    if index < 1 or tokens.low[index] not in ("age", "ages"):
        return first
    if tokens.low[index - 1] == "," and tokens.low[index] == "age":
        return index
    before = index - (tokens.tags[index - 1] == "D")
    return before - 1 if before > 1 and tokens.tags[before - 1] == "P" else first


def _compares(tokens: Tokens, quantity: Quantity) -> bool:
    """Whether a bare number is how much more or less a thing is: "makes the car 2k cheaper than"."""
    at = tokens.at(quantity.end)
    stop = min(at + _OTHER_END, len(tokens.low))
    while at < stop and (tokens.low[at] in ("or", "to") or tokens.tags[at] == "#" or len(tokens.low[at]) == 1):
        at += 1
    return tokens.low[at + 1 : at + 2] == ["than"] and tokens.low[at] in COMPARED


def _stretched(tokens: Tokens, first: int) -> bool:
    """Whether the words before a stretch of time say what took so long: "lasted", "an average of"."""
    while first > 1 and tokens.tags[first - 1] == "R":
        first -= 1  # "the sentence is now 25 years"
    before = tokens.low[max(0, first - 2) : first]
    if not before:
        return False
    if (before[-1] == "at" and before[0] in _STANDING) or (before[-1] in ("to", "from") and before[0] in MOVES):
        return True
    if before == [",", "to"]:
        return not MOVES.isdisjoint(tokens.low[max(0, first - _OTHER_END - 2) : first])  # "fell by a week, to 11 weeks"
    if before[-1] == "by" and len(before) > 1 and tokens.tags[first - 2] == "N":
        return True  # "extended the ban by 21 days"
    lasting = before[-1] == "for" and len(before) > 1 and tokens.tags[first - 2] in "NVG"
    told = before[-1] in _TOLD
    return (
        lasting or told or before[-1] in _STRETCHED or (before[-1] == "of" and (before[0] in WEAK or _lasts(tokens, first - 2)))
    )


def _lasts(tokens: Tokens, index: int) -> bool:
    """Whether a noun before "of" is a thing that lasts so long: "a sentence of two years", not "the course of"."""
    return tokens.tags[index] == "N" and tokens.low[index] not in _STRETCHES


def _circumstance(tokens: Tokens, phrase: Phrase, first: int) -> bool:
    """Whether what stands before "for two hours" is where or with whom, which lasts no time: "waited in a queue"."""
    if tokens.low[first - 1] in _TOLD:
        return phrase.rule == "figure.measures.before"
    if tokens.low[first - 1] != "for" or tokens.tags[first - 2] != "N":
        return False
    before = phrase.first - 1
    if before < 0 or tokens.tags[before] != "D" or tokens.capital(phrase.first):
        return True
    return before > 0 and tokens.tags[before - 1] in "PT"


def _mover(tokens: Tokens, phrase: Phrase) -> Phrase | None:
    """What moves so fast, where the phrase is only where it does: "flew across the bay at 90mph"."""
    tie = phrase.first - 1
    while tie > 0 and tokens.tags[tie] == "D":
        tie -= 1
    where = tie > 0 and tokens.tags[tie] == "P" and tokens.tags[tie - 1] == "V"
    return subject_before(tokens, tie) if where else phrase


def _superlative(tokens: Tokens, phrase: Phrase, first: int) -> bool:
    """Whether a phrase is the most of its kind, which lasts no time: "its lowest for two years", "the biggest rise in six"."""
    most = any(low.endswith("est") or low in ("worst", "first") for low in tokens.low[phrase.first : phrase.last])
    return most and (phrase.last - phrase.first == 1 or tokens.low[first - 1] in ("for", "in", "since"))


def _said_of(tokens: Tokens, first: int) -> bool:
    """Whether a bare number is the value of a noun before it ("rose to 3.65"), or counts what is not named ("killed 3")."""
    index = first - 1
    if index > 0 and tokens.low[index] == "," and tokens.low[first + 1 : first + 2] == [","] and plural(tokens.low[index - 1]):
        return tokens.tags[first] == "#"  # "the most women, 102, and"
    if index > 0 and tokens.low[index] == "," and tokens.low[index - 1] in AMOUNTS:
        return tokens.tags[first] == "#"  # "the population, 4,100 in 1901"
    while index > 0 and tokens.tags[index] in "RD":
        index -= 1
    return index >= 0 and (tokens.tags[index] in "APTN" or tokens.low[index] in _REACHING)
