"""Reporting clauses: who says what within one frame."""

from dataclasses import dataclass, field

from onrecord.extract.lexicon import words
from onrecord.extract.statements import content as reported
from onrecord.extract.statements import source as naming
from onrecord.extract.statements.cues import Cue, Form, find_cues, skip_back
from onrecord.extract.statements.frames import QUOTE, Frame, words_of
from onrecord.extract.statements.labels import headline, signed
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


# A verb form with no class: what follows an inverted subject has no addressee.
_BARE = Form("past", frozenset())


def find_clauses(frame: Frame) -> list[Clause]:
    """The reporting clauses of a frame, in the order of their cues; none lies within what another one reports.

    A clause whose words stand outside the frame has no runs; `wants` says where they are: "before" or "after".
    """
    if len(frame.words) > _LONGEST:
        return []
    signature = signed(frame)
    if signature is not None:
        return [Clause((1, 2), signature, [(0, 1)], "statement.signed", None, len(frame.words))]
    cues = find_cues(frame)
    last = next((n for n in range(len(cues) - 1, -1, -1) if _closes(frame, cues[n])), -1)
    found: list[Clause] = []
    floor = 0
    for number, cue in enumerate(cues):
        if cue.start < floor:
            continue
        clause = _read(frame, cue, cues[number + 1 :], floor, found)
        if clause is None or (number < last and not _stands_before_quote(clause)):
            continue
        found.append(clause)
        floor = max(floor, cue.end, clause.clause_end, *(end for _, end in clause.runs))
    return found


def headline_clause(frame: Frame) -> Clause | None:
    """What a headline with a name and a colon reports."""
    found = headline(frame)
    if found is None:
        return None
    subject, colon = found
    end = reported.trim_end(frame.words, colon + 1, len(frame.words))
    return (
        Clause((colon, colon + 1), subject, [(colon + 1, end)], "statement.headline", None, colon) if end > colon + 1 else None
    )


def _closes(frame: Frame, cue: Cue) -> bool:
    """Whether a clause like ", she said." ends the frame: then it reports all of it."""
    if "say" not in cue.form.classes or cue.form.tense not in {"past", "s", "base"} or cue.start < len(frame.words) - _TAIL:
        return False
    subject = naming.before(frame, cue.start, 0)
    if subject is not None:
        comma = subject.start - 1
        if comma < 1 or frame.words[comma] != "," or frame.words[comma - 1] == QUOTE:
            return False
        after = reported.what_follows(frame, cue)
        return after.how == "end" or _parenthetical(frame, subject, after)
    return cue.start > 1 and frame.words[cue.start - 1] == "," and naming.after(frame, cue.end) is not None


# No sentence has more words (a quotation counts as one); a text that does is read for quotations alone.
_LONGEST = 1000
# A reporting clause at the end of a sentence is no longer than this.
_TAIL = 40


def _stands_before_quote(clause: Clause) -> bool:
    return clause.rule == "statement.quote_before" and bool(clause.runs)


def _read(frame: Frame, cue: Cue, later: list[Cue], floor: int, found: list[Clause]) -> Clause | None:
    if cue.form.tense == "according":
        return _according(frame, cue, later, floor)
    if cue.form.tense == "noun":
        return _noun(frame, cue, later, floor)
    after = reported.what_follows(frame, cue)
    loose = cue.form.tense == "ing" and not _progressive(frame, cue)
    # "Bell, who called it a shame, said ...": the subject stands before the relative clause.
    reach = 0 if found and _is_relative(frame, found[-1]) and frame.words[cue.start - 1] == "," else floor
    subject = None if loose and not _footage(frame, cue, after) else naming.before(frame, cue.start, reach)
    if subject is not None:
        return _with_subject(frame, cue, later, floor, after, subject)
    inverted = _inverted(frame, cue, floor)
    if inverted is not None:
        return inverted
    return _continued(frame, cue, later, after, found)


def _is_relative(frame: Frame, clause: Clause) -> bool:
    return clause.source is not None and frame.words[clause.source.start] in {"who", "which"}


def _footage(frame: Frame, cue: Cue, after: reported.After) -> bool:
    """Whether a participle reports by itself, a quotation behind it and somebody before it ("a clip of her saying")."""
    before = frame.words[cue.start - 1] if cue.start else ","
    return after.how == "quote" and (
        before[0].isalnum() and before not in words("prepositions") and before not in words("conjunctions")
    )


def _progressive(frame: Frame, cue: Cue) -> bool:
    at = cue.start - 1
    tokens = frame.words
    while at >= 0 and (tokens[at] in words_of("adverbs") or frame.adverb(at)):
        at -= 1
    if tokens[at] == "as" and tokens[at - 1] == "quoted":
        return True
    return at >= 0 and (tokens[at] in {"is", "are", "was", "were", "been", "am"} or tokens[at].endswith(("'s", "'re", "'m")))


def _sayable(frame: Frame, cue: Cue, after: reported.After) -> bool:
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


def _with_subject(
    frame: Frame, cue: Cue, later: list[Cue], floor: int, after: reported.After, subject: Subject
) -> Clause | None:
    tokens = frame.words
    previous = tokens[subject.start - 1] if subject.start > 0 else ""
    leading = tokens[subject.start - 2] if subject.start > 1 and previous in {"only", "even", "just", "not"} else previous
    before_end = subject.start - 1 if previous == "," else subject.start
    verbal = cue.form.classes & {"say", "ask", "tell"}
    if verbal and _parenthetical(frame, subject, after) and before_end - floor > 1 and tokens[before_end - 1] != QUOTE:
        return _around(frame, cue, floor, after, subject, before_end)
    quoted_before = before_end > floor and tokens[before_end - 1] == QUOTE
    if quoted_before and not verbal and frame.text[frame.quotes[before_end - 1].inner_end - 1] in ",?!":
        verbal = cue.form.classes
    if quoted_before and verbal:
        runs = [(_run_start(frame, floor, before_end), before_end)]
        resumed = _resumed(frame, after, later)
        if resumed is not None:
            runs.append((resumed, _quoted_end(frame, resumed)))
        return Clause((cue.start, cue.end), subject, runs, "statement.quote_before", after.addressee, _past(runs, after))
    if _sayable(frame, cue, after) and after.content is not None:
        end = _said_end(frame, after, later, leading in _SUBORDINATES or tokens[subject.start] in {"who", "which"})
        rule = _rule(cue, after)
        return Clause((cue.start, cue.end), subject, [(after.content, end)], rule, after.addressee, after.content)
    if "object" in cue.form.classes and after.how in {"bare", "question"}:
        return _object(frame, cue, later, subject, previous in _SUBORDINATES or tokens[subject.start] in {"who", "which"})
    if verbal and previous == "," and before_end - floor > 1 and after.content is None:
        return _clause_before(frame, cue, later, floor, after, subject, before_end)
    if verbal and previous == "as" and after.how in {"comma", "end"}:
        return _as_said(frame, cue, later, floor, after, subject)
    if verbal and after.content is None:
        wants = "after" if after.how == "colon" else "before"
        return Clause(
            (cue.start, cue.end),
            subject,
            [],
            "statement.colon" if wants == "after" else "statement.quote_before",
            after.addressee,
            after.clause_end,
            wants,
        )
    return None


def _parenthetical(frame: Frame, subject: Subject, after: reported.After) -> bool:
    """Whether a clause stands between commas before a quotation that ends a sentence: If it rains, she said, "..."."""
    at = after.content
    if at is None or after.how != "quote" or frame.words[at - 1] != "," or frame.words[subject.start - 1] != ",":
        return False
    return frame.text[frame.quotes[at].inner_start].islower() and frame.words[0] not in words("prepositions")


def _around(frame: Frame, cue: Cue, floor: int, after: reported.After, subject: Subject, before_end: int) -> Clause:
    assert after.content is not None
    runs = [(_run_start(frame, floor, before_end), before_end), (after.content, _quoted_end(frame, after.content))]
    return Clause((cue.start, cue.end), subject, runs, "statement.clause_before", after.addressee, runs[-1][1])


def _as_said(frame: Frame, cue: Cue, later: list[Cue], floor: int, after: reported.After, subject: Subject) -> Clause | None:
    """A parenthesis with "as": it reports what follows where it opens the sentence, else what it stands behind."""
    tokens, opening = frame.words, subject.start - 1
    at = after.clause_end
    if opening <= floor + 1 and opening <= 1:
        if after.how != "comma":
            return None
        end = reported.content_end(frame, at + 1, later)
        runs = [(at + 1, end)] if end > at + 1 else []
    else:
        end = opening - 1 if tokens[opening - 1] == "," else opening
        start = _run_start(frame, floor, end)
        runs = [(start, end)] if start < end else []
        if runs and after.how == "comma" and at + 1 < len(tokens):
            runs.append((at + 1, reported.content_end(frame, at + 1, later)))
    return Clause((cue.start, cue.end), subject, runs, "statement.as_said", None, at) if runs else None


def _resumed(frame: Frame, after: reported.After, later: list[Cue]) -> int | None:
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


def _past(runs: list[tuple[int, int]], after: reported.After) -> int:
    return max(after.clause_end, runs[-1][1] if len(runs) > 1 else 0)


_SUBORDINATES = frozenset({"what", "while", "although", "though", "when", "after", "as", "if", "because", "since", "before"})


def _said_end(frame: Frame, after: reported.After, later: list[Cue], subordinate: bool = False) -> int:
    """Where the words end that follow a reporting verb: behind a quotation that a comma or colon opens, or with the clause."""
    assert after.content is not None
    start, tokens = after.content, frame.words
    if after.how == "quote" and (tokens[start - 1] in {",", ":"} or frame.text[frame.quotes[start].inner_end - 1] in ",.?!"):
        return _quoted_end(frame, start)
    return reported.content_end(frame, start, later, loose=after.how == "to", subordinate=subordinate)


def _quoted_end(frame: Frame, start: int) -> int:
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


def _run_start(frame: Frame, floor: int, end: int) -> int:
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


def _rule(cue: Cue, after: reported.After) -> str:
    if after.how == "colon":
        return "statement.colon"
    if after.how == "quote":
        return "statement.quote_after"
    if after.how == "question" and "ask" in cue.form.classes:
        return "statement.asked"
    return "statement.told" if after.addressee else "statement.clause"


def _object(frame: Frame, cue: Cue, later: list[Cue], subject: Subject | None, subordinate: bool = False) -> Clause | None:
    tokens = frame.words
    start = cue.end
    if subject is None or not _person_like(frame, subject, cue):
        return None
    if (
        start >= len(tokens)
        or tokens[start] in {".", ",", ";", ":", "—", "–", ")", "and", "or", "but"}
        or naming.is_date(tokens, start)
    ):
        return None
    if not _takes_object(frame, cue, start):
        return None
    end = reported.content_end(frame, start, later, loose=True, subordinate=subordinate)
    if (
        cue.form.tense == "ing"
        and "strong" not in cue.form.classes
        and QUOTE not in tokens[start:end]
        and not _progressive(frame, cue)
    ):
        return None
    if end <= start:
        return None
    return Clause((cue.start, cue.end), subject, [(start, end)], "statement.object", None, start)


def _takes_object(frame: Frame, cue: Cue, start: int) -> bool:
    """Whether what follows can be the object of a participle that may be an adjective itself ("pledged delegates")."""
    tokens = frame.words
    if cue.end - cue.start > 1 or tokens[cue.start] not in words_of("adjectives"):
        return True
    word = tokens[start]
    return QUOTE in tokens[start : start + 12] or word in words("determiners") or word in words("pronouns") or frame.caps[start]


def _person_like(frame: Frame, subject: Subject, cue: Cue) -> bool:
    """Whether a subject can speak at all, for verbs that do not show it: a name, a pronoun or a definite noun."""
    tokens = frame.words
    if any(
        tokens[at].endswith("ed") and len(tokens[at]) > 4 and not frame.caps[at] and tokens[at - 1] not in words("determiners")
        for at in range(subject.start + 1, min(subject.start + 8, subject.end))
        if tokens[subject.end - 1] != ")" and "," not in tokens[subject.start : subject.end]
    ):
        return False
    if subject.end - subject.start > 20 or any(
        tokens[at] in words("auxiliaries") for at in range(subject.start, min(subject.start + 6, subject.end))
    ):
        return False
    if subject.start and tokens[subject.start - 1] in {"when", "if", "where", "how", "until", "unless"}:
        return False
    return tokens[subject.start] not in {"a", "an", "it", "this", "that", "there", "what", "which"} or cue.form.tense == "ing"


def _clause_before(
    frame: Frame, cue: Cue, later: list[Cue], floor: int, after: reported.After, subject: Subject, before_end: int
) -> Clause | None:
    """A reported clause with its source inside or behind it: "..., she said" and "..., she said, ..."."""
    start = _run_start(frame, floor, before_end)
    runs = [(start, before_end)]
    tokens = frame.words
    at = after.clause_end
    if after.how == "comma" and at + 1 < len(tokens) and not tokens[at + 1].endswith("ing"):
        end = reported.content_end(frame, at + 1, later)
        if end > at + 1:
            runs.append((at + 1, end))
    if start >= before_end:
        return None
    return Clause((cue.start, cue.end), subject, runs, "statement.clause_before", after.addressee, _past(runs, after))


def _inverted(frame: Frame, cue: Cue, floor: int) -> Clause | None:
    """Said Flora Bell: the verb before its subject, after a quotation, a comma or at the start of the frame."""
    if "say" not in cue.form.classes or cue.form.tense not in {"past", "s"}:
        return None
    tokens = frame.words
    end = skip_back(frame, cue.start)
    previous = tokens[end - 1] if end > 0 else ""
    if previous not in {QUOTE, ",", ""}:
        return None
    before_end = end - 1 if previous == "," else end
    subject = naming.after(frame, cue.end)
    if subject is None or before_end < floor:
        return None
    runs: list[tuple[int, int]] = []
    if before_end > floor:
        runs.append((_run_start(frame, floor, before_end), before_end))
    at = subject.end
    following = reported.what_follows(frame, Cue(cue.start, at, _BARE))
    if following.content is not None and following.how == "quote":
        runs.append((following.content, _quoted_end(frame, following.content)))
    rule = "statement.quote_before" if before_end > floor and tokens[before_end - 1] == QUOTE else "statement.clause_before"
    wants = "" if runs else ("after" if following.how == "colon" else "before")
    return Clause((cue.start, cue.end), subject, runs, rule, None, max(at, runs[-1][1] if runs else 0), wants)


def _continued(frame: Frame, cue: Cue, later: list[Cue], after: reported.After, found: list[Clause]) -> Clause | None:
    """A participle or a co-ordinated verb, whose source is that of the clause before or the subject of the sentence."""
    tokens = frame.words
    at = skip_back(frame, cue.start)
    previous = tokens[at - 1] if at > 0 else ""
    joined = previous in {",", "and", "but", "by", "while", "or", QUOTE, "–", "—"}
    if cue.form.tense == "base" or not (joined or (cue.form.tense == "ing" and after.how in {"that", "quote"})):
        return None
    source = found[-1].source if found else subject_of(frame, at)
    if source is None:
        return None
    if _sayable(frame, cue, after) and after.content is not None:
        end = _said_end(frame, after, later)
        rule = "statement.participle" if cue.form.tense == "ing" else _rule(cue, after)
        return Clause((cue.start, cue.end), source, [(after.content, end)], rule, after.addressee, after.content)
    if after.how == "colon" and cue.form.classes & {"say", "ask", "tell"}:
        return Clause((cue.start, cue.end), source, [], "statement.colon", after.addressee, after.clause_end, "after")
    if "object" in cue.form.classes and after.how in {"bare", "question"}:
        return _object(frame, cue, later, source)
    return None


def subject_of(frame: Frame, end: int) -> Subject | None:
    """The subject of the sentence, read from its start: the first noun group up to its verb."""
    tokens = frame.words
    start = naming.first_subject(frame, 0, end)
    if start is None:
        return None
    if tokens[start] in words("pronouns"):
        return Subject(start, start + 1)
    at, upper = start, frame.caps[start] and tokens[start] not in words("determiners")
    while at < end:
        word = tokens[at]
        if (
            word in words("auxiliaries")
            or word in {",", QUOTE, ":", ";", "—", "–", "(", "who", "that", "which"}
            or word in words_of("adverbs")
        ):
            break
        if at > start and upper and not frame.caps[at] and word not in {"of", "for", "the", "and", "."}:
            break
        if at > start and not upper and word.endswith("ed"):
            break
        at += 1
        if at - start > 12:
            return None
    return Subject(start, at) if at > start else None


_POSSESSIVES = frozenset({"his", "her", "their", "its", "my", "our", "your"})


def _noun(frame: Frame, cue: Cue, later: list[Cue], floor: int) -> Clause | None:
    """Somebody's claim that ...: the source is the possessor, and the clause ends with its commas."""
    tokens, at = frame.words, cue.start - 1
    while at > floor and cue.start - at < 4 and tokens[at] not in _POSSESSIVES and not tokens[at].endswith(("'s", "s'")):
        at -= 1
    if at < floor or not (tokens[at] in _POSSESSIVES or tokens[at].endswith(("'s", "s'"))):
        return None
    start = at
    while start > floor and frame.caps[at] and (frame.caps[start - 1] or tokens[start - 1] == "."):
        start -= 1
    if start > floor and tokens[start - 1] in words("determiners"):
        start -= 1
    end = reported.content_end(frame, cue.end + 1, later, subordinate=True)
    comma = next((p for p in range(cue.end + 1, end) if tokens[p] == ","), end)
    return Clause((cue.start, cue.end), Subject(start, at + 1), [(cue.end + 1, comma)], "statement.noun", None, cue.end)


def _according(frame: Frame, cue: Cue, later: list[Cue], floor: int) -> Clause | None:
    """According to a source: the words before it where it stands last, the words after its comma where it stands first."""
    tokens, count = frame.words, len(frame.words)
    start = cue.end
    if start >= count:
        return None
    end = start
    while end < count and tokens[end] not in {",", QUOTE, ";", ":", "—", "–", "?", "!", ")"}:
        if tokens[end] == "." and end == count - 1:
            break
        end += 1
    first = cue.start <= floor + 1 and cue.start <= 1
    if first:
        content_at = end + 1 if end < count and tokens[end] == "," else end
        source = Subject(start, end)
        if content_at >= count or (content_at == end and tokens[end] != QUOTE):
            return None
        how = "quote" if tokens[content_at] == QUOTE else "bare"
        stop = _said_end(frame, reported.After(None, content_at, content_at, how), later)
        return Clause((cue.start, cue.end), source, [(content_at, stop)], "statement.according_to", None, content_at)
    before_end = cue.start - 1 if tokens[cue.start - 1] == "," else cue.start
    begin = _run_start(frame, floor, before_end)
    runs = [(begin, before_end)] if begin < before_end else []
    stop_source = end
    if end < count and tokens[end] == ",":
        extended = naming.apposition_end(frame, end)
        if extended is not None:
            stop_source = reported.trim_end(tokens, start, extended)
            end = extended
        elif end + 1 < count and not tokens[end + 1].endswith("ing") and tokens[cue.start - 1] == ",":
            stop = reported.content_end(frame, end + 1, later)
            if stop > end + 1:
                runs.append((end + 1, stop))
    if stop_source <= start or not runs:
        return None
    return Clause(
        (cue.start, cue.end), Subject(start, stop_source), runs, "statement.according_to", None, max(end, runs[-1][1])
    )
