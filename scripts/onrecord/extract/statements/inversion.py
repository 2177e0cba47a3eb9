"""Said Flora Bell: a verb before its subject, which may go on with the apposition that a comma opens."""

from onrecord.extract.lexicon import words
from onrecord.extract.statements.cues import Cue, skip_back
from onrecord.extract.statements.forms import Form
from onrecord.extract.statements.frames import DASH, QUOTE, Frame, words_of
from onrecord.extract.statements.lead import what_follows
from onrecord.extract.statements.runs import Clause, quoted_end, run_start
from onrecord.extract.statements.subjects import SUBJECTS, Subject, starts_subject
from onrecord.extract.statements.timing import is_date
from onrecord.extract.statements.verbs import is_finite

# A verb form with no class: what follows an inverted subject has no addressee.
_BARE = Form("past", frozenset())
_STOPS_AFTER = words_of("after_subject")
_BEFORE_VERB = frozenset({QUOTE, ",", ""})
_BREAKS = frozenset({QUOTE, ":", ";", DASH})
_ENDS_SUBJECT = _BREAKS | {"?", "!", "("}
# Behind a comma these go on with the sentence, and the apposition is over.
_LEADS_ON = frozenset({"but", "although", "though", QUOTE, "after", "when", "as", "while", "in", "during", "because"})


def inverted_clause(frame: Frame, cue: Cue, later: list[Cue], floor: int) -> Clause | None:
    """Said Flora Bell: the verb before its subject, after a quotation, a comma or at the start of the frame."""
    tokens = frame.words
    many = tokens[cue.start] == "say" and tokens[cue.end : cue.end + 1] and tokens[cue.end].endswith("s")
    if "say" not in cue.form.classes or not (many or cue.form.tense in {"past", "s"}):
        return None
    end = skip_back(frame, cue.start)
    previous = tokens[end - 1] if end > 0 else ""
    if previous not in _BEFORE_VERB or (previous == "," and not _after_words(frame, end - 1, cue)):
        return None
    before_end = end - 1 if previous == "," else end
    subject = subject_after(frame, cue.end)
    if subject is None or before_end < floor or _goes_on(frame, subject):
        return None
    subject = before_report(frame, subject, later)
    runs: list[tuple[int, int]] = []
    if before_end > floor:
        runs.append((run_start(frame, floor, before_end), before_end))
    at = subject.end
    following = what_follows(frame, Cue(cue.start, at, _BARE))
    if following.content is not None and following.how == "quote":
        runs.append((following.content, quoted_end(frame, following.content)))
    rule = "statement.quote_before" if before_end > floor and tokens[before_end - 1] == QUOTE else "statement.clause_before"
    wants = "" if runs else ("after" if following.how == "colon" else "before")
    return Clause((cue.start, cue.end), subject, runs, rule, None, max(at, runs[-1][1] if runs else 0), wants)


def before_report(frame: Frame, subject: Subject, later: list[Cue]) -> Subject:
    """A subject without a relative clause that reports something itself ("said Flora Bell, who warned that ...").

    Args:
        frame: the sentence.
        subject: the tokens behind the verb that name somebody.
        later: the reporting words behind the verb.
    """
    for cue in later:
        if cue.start >= subject.end:
            break
        who = skip_back(frame, cue.start) - 1
        if who > subject.start and frame.words[who] in {"who", "which"} and what_follows(frame, cue).how in {"that", "quote"}:
            return Subject(subject.start, who - (frame.words[who - 1] == ","))
    return subject


def _goes_on(frame: Frame, subject: Subject) -> bool:
    """Whether the words behind a verb are a clause and no source: "..., reported cooling tides seem to harm the kelp"."""
    tokens, end = frame.words, subject.end
    group = next((at for at in range(subject.start, end) if tokens[at] in _ENDS_GROUP), min(end + 1, len(tokens)))
    if any(is_finite(tokens[at]) and not frame.caps[at] for at in range(subject.start + 1, group)):
        # "Firm shuts pier, says wood will go"
        return True
    return end < len(tokens) and tokens[end] == "to" and tokens[end - 1] in words_of("before_infinitive")


_ENDS_GROUP = frozenset({"who", "which", "that", "whose", ",", "("})


def _after_words(frame: Frame, comma: int, cue: Cue) -> bool:
    """Whether a verb before its subject can report what ends with a comma, which not all can where nothing is quoted."""
    return frame.words[comma - 1] == QUOTE or "quoting" not in cue.form.classes


def subject_after(frame: Frame, position: int) -> Subject | None:
    """The inverted subject that begins at token `position` ("said Flora Bell, who chairs planning")."""
    tokens, count = frame.words, len(frame.words)
    if position >= count or not starts_subject(frame, position) or is_date(tokens, position) or tokens[position] == QUOTE:
        return None
    one = tokens[position] == "one" and position + 1 < count and tokens[position + 1][0].isalnum()
    if tokens[position] in SUBJECTS and not (one and tokens[position + 1] not in _STOPS_AFTER):
        return Subject(position, position + 1)
    if (tokens[position] in words("pronouns") and not one) or tokens[position] == "that":
        return None
    end = position
    while end < count:
        word = tokens[end]
        if word == ",":
            extended = apposition_end(frame, end)
            if extended is None:
                break
            end = extended
            break
        if word in _ENDS_SUBJECT or (word == "." and end == count - 1):
            if word == "(" and end + 3 < count and ")" in tokens[end + 1 : end + 7]:
                end = tokens.index(")", end) + 1
                continue
            break
        if word in _STOPS_AFTER and end > position and not _keeps(frame, end):
            break
        if end > position and is_date(tokens, end):
            break
        end += 1
    while end > position and tokens[end - 1] in {",", "."} and not (tokens[end - 1] == "." and end < count):
        end -= 1
    return Subject(position, end) if end > position else None


def _keeps(frame: Frame, position: int) -> bool:
    """Whether a preposition belongs to the name before it ("a lecturer at Leeds", "an aide to the mayor")."""
    word = frame.words[position]
    if word not in {"at", "with", "from", "to", "in", "on"} or position + 1 >= len(frame.words):
        return False
    common = not frame.caps[position - 1]
    return (
        common
        and (frame.caps[position + 1] or (word != "in" and frame.words[position + 1] == "the"))
        and not is_date(frame.words, position)
    )


def apposition_end(frame: Frame, comma: int) -> int | None:
    """Where the apposition ends that a comma opens after a name; None where something else follows it."""
    tokens, count = frame.words, len(frame.words)
    first = comma + 1
    if first >= count or tokens[first] == QUOTE:
        return None
    word = tokens[first]
    fits = word in {
        "a",
        "an",
        "the",
        "one",
        "another",
        "who",
        "whose",
        "his",
        "her",
        "its",
        "their",
        "now",
        "then",
        "formerly",
        "both",
    }
    fits = fits or word[0].isdigit() or frame.caps[first] or _is_role(tokens, first)
    if not fits or is_date(tokens, first):
        return None
    for position in range(first, count):
        word = tokens[position]
        if word in _BREAKS:
            return position
        if word == "," and position + 1 < count and (_ends_apposition(tokens, position + 1)):
            return position
    return count


def _is_role(tokens: list[str], position: int) -> bool:
    """Whether a bare noun phrase opens here that names an office ("president of the club", "head of roads")."""
    word = tokens[position]
    return (
        any(tokens[at] in {"of", "for", "at"} for at in range(position + 1, min(position + 5, len(tokens))))
        and not word.endswith("ing")
        and word not in words("conjunctions")
    )


def _ends_apposition(tokens: list[str], position: int) -> bool:
    word = tokens[position]
    return (word.endswith("ing") and len(word) > 5) or word in _LEADS_ON or bool(is_date(tokens, position))
