"""A reporting clause, and where the words that it reports start and end."""

from dataclasses import dataclass, field

from onrecord.extract.lexicon import words
from onrecord.extract.statements import content as reported
from onrecord.extract.statements import following
from onrecord.extract.statements.cues import Cue
from onrecord.extract.statements.frames import QUOTE, Frame, words_of
from onrecord.extract.statements.source import Subject


@dataclass(slots=True)
class Clause:
    """One act of reporting in a frame, in tokens: its cue, its source, and the runs of reported words, in order."""

    cue: tuple[int, int]
    source: Subject | None
    runs: list[tuple[int, int]]
    rule: str
    addressee: tuple[int, int] | None = None
    clause_end: int = 0
    wants: str = ""
    frame: Frame | None = field(default=None, repr=False)


def progressive(frame: Frame, cue: Cue) -> bool:
    at = cue.start - 1
    tokens = frame.words
    while at >= 0 and (tokens[at] in words_of("adverbs") or frame.adverb(at)):
        at -= 1
    if tokens[at] == "as" and tokens[at - 1] == "quoted":
        return True
    return at >= 0 and (tokens[at] in {"is", "are", "was", "were", "been", "am"} or tokens[at].endswith(("'s", "'re", "'m")))


def sayable(frame: Frame, cue: Cue, after: following.After) -> bool:
    """Whether what follows is something this verb reports."""
    if after.content is None:
        return False
    classes, how, tokens = cue.form.classes, after.how, frame.words
    if how in {"quote", "that", "colon"}:
        return True
    if how == "question" and classes & {"ask", "tell", "show", "say"}:
        return True
    if how == "to":
        return after.addressee is not None or "vow" in classes
    if tokens[after.content] in words("auxiliaries"):
        return False
    if "bare" in classes:
        rest = [token for token in tokens[after.content : after.content + 3] if token not in {".", ","}]
        return not (len(rest) == 1 and rest[0] in words_of("nothings"))
    return bool(classes & {"say", "tell"}) and "quoting" not in classes and _clausal(tokens, after.content)


def _clausal(tokens: list[str], start: int) -> bool:
    """Whether a clause with a verb of its own begins at token `start`, as far as its first words tell."""
    helpers = words("auxiliaries")
    return any(
        word in helpers or word == QUOTE or word.endswith(("'s", "'re", "'ll", "'d", "'ve", "n't"))
        for word in tokens[start : start + 20]
    )


def resumed_at(frame: Frame, after: following.After, later: list[Cue]) -> int | None:
    """The token where a quotation goes on behind its reporting clause: "...," she said, (and) "..."."""
    if after.content is not None and frame.words[after.content] == QUOTE:
        return after.content if frame.words[after.content - 1] in {",", ":", "—", "–", "-", "--", "―"} else None
    for step in (1, 2):
        at = after.clause_end + step
        if (
            after.how == "comma"
            and at < len(frame.words)
            and frame.words[at] == QUOTE
            and (step == 1 or frame.words[at - 1] in {"and", "but", "so"})
        ):
            return at
    tokens = frame.words
    if after.how == "comma":
        stop = min([after.clause_end + _ASIDE, len(tokens), *(cue.start for cue in later[:1])])
        for at in range(after.clause_end + 1, stop):
            if tokens[at] == QUOTE:
                return at if tokens[at - 1] == "," and frame.text[frame.quotes[at].inner_start].islower() else None
    return None


# How many tokens an aside may have between a reporting clause and the quotation that goes on.
_ASIDE = 20


def past_words(runs: list[tuple[int, int]], after: following.After) -> int:
    return max(after.clause_end, runs[-1][1] if len(runs) > 1 else 0)


def said_end(frame: Frame, after: following.After, later: list[Cue], subordinate: bool = False) -> int:
    """Where the words end that follow a reporting verb: behind a quotation that a comma or colon opens, or with the clause."""
    assert after.content is not None
    start, tokens = after.content, frame.words
    if after.how == "quote" and (tokens[start - 1] in {",", ":"} or frame.text[frame.quotes[start].inner_end - 1] in ",.?!"):
        return quoted_end(frame, start)
    return reported.content_end(frame, start, later, loose=after.how == "to", subordinate=subordinate)


def quoted_end(frame: Frame, start: int) -> int:
    """The end of quotations that follow each other with no more than "and" between them; woven words go with them."""
    tokens, count = frame.words, len(frame.words)
    quote = frame.quotes[start]
    woven = (
        quote.closed and frame.text[quote.inner_end - 1] not in ".,?!…" and start + 1 < count and tokens[start + 1][0].isalnum()
    )
    if woven and tokens[start + 1] not in words_of("joiners") and tokens[start + 1] not in words_of("openers"):
        return reported.content_end(frame, start, [])
    end = start + 1
    while end + 1 < count and tokens[end] in {"and", "but", ",", "or"}:
        step = 2 if tokens[end + 1] in {"and", "but", "or"} else 1
        if end + step < count and tokens[end + step] == QUOTE:
            end += step + 1
        else:
            break
    return end


def run_start(frame: Frame, floor: int, end: int) -> int:
    """Where a reported sentence starts that ends at token `end`: a quotation alone, or all of the clause around it."""
    tokens, start = frame.words, floor
    for position in range(end - 1, floor - 1, -1):
        if tokens[position] in {";", ":"}:
            start = position + 1
            break
    while start < end and tokens[start] in {",", "and", "but", "."}:
        start += 1
    if (
        end - start > 2
        and tokens[end - 1] == QUOTE
        and tokens[end - 2] == ","
        and frame.text[frame.quotes[end - 1].inner_start].isupper()
    ):
        # "Asked about it, ..." only leads over to a whole quotation.
        return end - 1 if tokens[start] in words_of("openers") or tokens[start].endswith("ing") else start
    return start


def rule_of(cue: Cue, after: following.After) -> str:
    if after.how == "colon":
        return "statement.colon"
    if after.how == "quote":
        return "statement.quote_after"
    if after.how == "question" and "ask" in cue.form.classes:
        return "statement.asked"
    return "statement.told" if after.addressee else "statement.clause"
