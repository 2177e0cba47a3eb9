"""Lines between an article's paragraphs that are not the article: captions, sub-headings and calls to action.

A paragraph taken for one of these is lost to the data, and one of these taken for a paragraph hardly ever yields a row. So a
line is furniture only on positive signs, and body in doubt. Sub-headings that report nothing ("The cost of repairs") count
as captions, the only role there is for a label; one with a verb of saying, a pronoun or quotation marks stays body.
"""

import re

from onrecord.source.lexicon import RULES, either

_CAPTIONS, _CALLS = RULES["captions"], RULES["calls"]
# Characters: a caption of three lines, and a call to action with an address and a sentence of thanks.
_LONGEST_CAPTION, _LONGEST_LABEL, _LONGEST_CALL = 240, 100, 320
_LABEL_WORDS, _LONGEST_CREDIT = 14, 90

_CREDITS = either(_CAPTIONS["credits"])
_CREDIT_FIRST = re.compile(
    rf"\(?\s*{_CREDITS}(?:\s*:|\s+(?:by|credit|courtesy)\b)|{either(_CAPTIONS['openings'])}", re.IGNORECASE
)
_BY = r"(?:\s*:\s*|\s+by\s+|\s+courtesy\s+of\s+)"
_CREDIT_LAST = re.compile(rf"(?:(?:^|[\s(|/.,;–—-]){_CREDITS}{_BY}|©\s*)[^:\"“”]{{2,60}}$", re.IGNORECASE)
_CREDIT_MARKS = (":", "©", "by", "courtesy")  # one of them is in each
_BRACKETED = re.compile(r"[^.!?:]\s\((?!\d)[A-Z][^()\"“”.!?]{1,50}\)$")
_SAYING = re.compile(rf"\b{either(_CAPTIONS['saying'])}", re.IGNORECASE)
_NOT_FIRST = re.compile(either(_CAPTIONS["not_first"]), re.IGNORECASE)
_PAST = re.compile(rf"\b[a-z]{{3,}}ed\s+(?!{either(_CAPTIONS['after_participle'])})[A-Za-z]")
_ENDS = re.compile(r"[.!?…:;,]['\"’”)\]]*$|['\"’”]$")
_QUOTES = frozenset("\"“”„«»‘'")

_CALL = re.compile(rf"\W*{either(_CALLS['openings'])}", re.IGNORECASE)
_QUESTION = re.compile(rf"\W*{either(_CALLS['questions'])}[^?]*\?", re.IGNORECASE)
_ANSWER = re.compile(rf"[?.!]\s+(?:\w+\s+){{0,4}}?{either(_CALLS['answers'])}", re.IGNORECASE)
_FIRST = re.compile(r"\w+")
_FIRST_WORDS = frozenset(
    word
    for phrase in ("follow", "please", *(each for key in ("openings", "questions", "verbs") for each in _CALLS[key]))
    for word in _FIRST.findall(phrase)[:1]
)
_REPORTING = re.compile(rf"\b{either(_CALLS['reporting'])}", re.IGNORECASE)
_ADDRESS = re.compile(r"\S@\S|@\w|\[email|https?://|www\.", re.IGNORECASE)
_FOLLOW = re.compile(rf"\W*follow\b.{{1,80}}\bon\s+{either(_CALLS['platforms'])}", re.IGNORECASE)
_VERB = re.compile(rf"\W*(?:please\s+)?{either(_CALLS['verbs'])}", re.IGNORECASE)


def is_quoted(line: str) -> bool:
    """Whether a line opens with a quotation mark."""
    return line[:1] in _QUOTES


def ends_sentence(line: str) -> bool:
    """Whether a line ends as a sentence, a clause or a quotation does, as paragraphs do and labels do not."""
    return bool(_ENDS.search(line, max(0, len(line) - 8)))


def has_credit(line: str) -> bool:
    """Whether a line names who made or owns a picture.

    >>> has_credit("The lock at Marl End (Fen Police)"), has_credit("The lock at Marl End. Picture: Ada Bell")
    (True, True)
    >>> has_credit("The lock was shut on Monday (it opens on Friday).")
    False
    """
    if len(line) > _LONGEST_CAPTION or is_quoted(line):
        return False
    if line.endswith(")") and _BRACKETED.search(line) and not _REPORTING.search(line):
        return True
    if _CREDIT_FIRST.match(line):
        return True
    end = line[-_LONGEST_CREDIT:].lower()
    named = any(mark in end for mark in _CREDIT_MARKS)
    return named and _CREDIT_LAST.search(line, max(0, len(line) - _LONGEST_CREDIT)) is not None


def is_label(line: str) -> bool:
    """Whether a line is a short label: no end of a sentence, no quotation, nothing that says or asks something.

    >>> is_label("Councillor Ada Bell outside the lock"), is_label("Ada Bell says no")
    (True, False)
    """
    if len(line) > _LONGEST_LABEL or not line[0].isupper() or ends_sentence(line):
        return False
    if len(line.split()) > _LABEL_WORDS or '"' in line or "“" in line or ":" in line:
        return False
    return not (_NOT_FIRST.match(line) or _PAST.search(line) or _SAYING.search(line.replace("’", "'")))


def is_call(line: str) -> bool:
    """Whether a line asks the reader to do something for the publisher: to write in, to sign up, to read on.

    >>> is_call("Have you been stuck at the lock? Email news@fenland.example."), is_call('"Have you seen it?" she asked.')
    (True, False)
    """
    if len(line) > _LONGEST_CALL or '"' in line or "“" in line:
        return False
    first = _FIRST.search(line)
    if first is None or first[0].lower() not in _FIRST_WORDS:
        return False
    words = line.replace("’", "'")
    opens = _CALL.match(words) or _FOLLOW.match(words) or (_VERB.match(words) and _ADDRESS.search(words))
    asks = opens or (_QUESTION.match(words) and (_ANSWER.search(words) or _ADDRESS.search(words)))
    return bool(asks) and not _REPORTING.search(words)
