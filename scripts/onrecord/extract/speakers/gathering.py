"""Everybody whom an article names, gathered in one reading."""

from onrecord.extract.speakers.cast import Cast, surname
from onrecord.extract.speakers.facts import know
from onrecord.extract.speakers.names import Form, runs
from onrecord.extract.speakers.people import by_short_name, expand, link, organisation_of, person_of
from onrecord.extract.text import Sentence
from onrecord.records import Article

_HEADING_SHARE = 0.7  # Of the words of a sentence: more capitals than this is a heading in title case.


def gather(article: Article, sentences: list[Sentence], spans: list[tuple[int, int]]) -> Cast:
    """Read the names of an article.

    Args:
        article: its text.
        sentences: its sentences, in order.
        spans: the sources as written; a name there is somebody's.
    """
    cast = Cast(article.text, sentences, [sentence.start for sentence in sentences])
    headings = _Headings(cast)
    cast.runs = runs(article.text)
    cast.opens = [start for start, _ in cast.runs]
    found = [(start, end, form) for start, end in cast.runs if (form := cast.form(start, end))]
    spoken = {start for span in spans for start, _ in cast.runs_in(*span)}
    cast.alone.update(form.keys[0] for _, _, form in found if len(form.words) == 1)
    later = []
    for start, end, form in found:
        if form.kind in ("person", "maybe") and len(form.words) > 1 and not _known_short(cast, form):
            if (form.kind == "maybe" or len(form.words) > 3) and headings.hold(start):
                continue
            said = (start + form.start in spoken or start in spoken) and not cast.company(form.keys)
            person_of(cast, start, form, form.kind == "person" or said)
        elif form.kind == "organisation" and not (len(form.words) > 3 and headings.hold(start)):
            organisation_of(cast, start, form)
        later.append((start, end, form))
    for start, _, form in later:
        if (
            form.honorific
            and len(form.words) == 1
            and by_short_name(cast, form, start) is None
            and cast.by_surname.get(surname(form.keys))
        ):
            person_of(cast, start, form, True)
    expand(cast, found)
    for start, _, form in later:
        link(cast, start, form)
    cast.mentions.sort(key=lambda mention: mention.start)
    cast.at = [mention.start for mention in cast.mentions]
    know(cast)
    return cast


def _known_short(cast: Cast, form: Form) -> bool:
    """Whether all words are a surname with particles: "Van der Kolk"."""
    return " ".join(form.keys) in cast.by_surname


class _Headings:
    """The sentences of an article that are headings in title case; each is looked at once, when it is asked for."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._known: dict[int, bool] = {}

    def hold(self, start: int) -> bool:
        """Whether the sentence that holds a place is one."""
        number = self._cast.sentence(start)
        if number not in self._known:
            self._known[number] = number >= 0 and _heading(self._cast.text, self._cast.sentences[number])
        return self._known[number]


def _heading(text: str, sentence: Sentence) -> bool:
    if sentence.role == "title":
        return True
    row = text[sentence.start : min(sentence.end, sentence.start + 200)].split()
    return sentence.role == "body" and len(row) > 4 and sum(word[0].isupper() for word in row) > _HEADING_SHARE * len(row)
