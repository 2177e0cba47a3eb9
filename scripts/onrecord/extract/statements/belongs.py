"""Whose words a quotation is, by what stands between it and the one before."""

from onrecord.extract.statements.acts import Act
from onrecord.extract.statements.frames import Frame, words_of
from onrecord.extract.statements.introductions import gesture


def of_another(acts: list[Act], last: Act, text: str, frame: Frame) -> bool:
    """Whether a sentence that reports nothing is about another who has spoken, so that nobody can tell whose words follow."""
    opening = text[frame.start : frame.start + _NAME].partition(" ")[0]
    if last.source is None or not opening[:1].isupper() or opening in text[slice(*last.source)]:
        return False
    return any(act.source is not None and opening in text[slice(*act.source)].split() for act in acts[-_SPOKEN:])


# A name is no longer, and one who has spoken is looked for among so many acts.
_NAME = 40
_SPOKEN = 12


def turned_to(last: Act | None, text: str, frame: Frame) -> Act | None:
    """Somebody else than the last speaker who does something as they speak."""
    act = gesture(frame)
    if act is None or act.source is None or last is None or last.source is None:
        return act
    return None if text[slice(*act.source)].rpartition(" ")[2] in text[slice(*last.source)] else act


def reported(text: str, last: Act | None, act: Act) -> bool:
    """Whether a quotation left open says who speaks, and the paragraph that might go on with it names somebody."""
    if last is None or last.source is None or act.source is None or act.rule != "statement.quote_before":
        return False
    return text[slice(*act.source)].lower() not in words_of("subject_pronouns")


def other_marks(mark: str, text: str, frame: Frame) -> bool:
    """Whether a paragraph opens with another mark than the quotation left open, so that it is one of its own within that."""
    return {mark, text[frame.quotes[0].start]} == {'"', "“"}


def leads(text: str, first: Act, second: Act) -> bool:
    """Whether a further quotation belongs to the first of two acts of a sentence: the other only says what it was about."""
    if first.source != second.source:
        return False
    if second.rule == "statement.participle":
        return first.rule == "statement.quote_before"
    # "..., she said, referencing the "pier row." "Nobody asked us.""
    return second.rule == "statement.object" and second.cue is not None and text[slice(*second.cue)].endswith("ing")
