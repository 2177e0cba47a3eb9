"""The speakers of the article in seeds/luton-county-lines, from sources as a reader marks them."""

from pathlib import Path

import pytest

from onrecord.extract.speakers import Source, resolve
from onrecord.extract.text import sentences
from onrecord.records import Article, Line, Part, Role, Speaker

SEED = next((Path(__file__).parents[2] / "seeds" / "luton-county-lines" / "articles").glob("*.txt"))
TEXT = SEED.read_text(encoding="utf-8")
HEAD: tuple[Role, ...] = ("title", "standfirst", "byline", "published", "updated")
MARKED: dict[str, Role] = {"A recent heroin": "caption", "Beds PCC": "caption", "What's your": "call_to_action"}


def article() -> Article:
    """The article with the roles of its lines."""
    lines, place = list[Line](), 0
    for row in TEXT.splitlines(keepends=True):
        words = row.strip()
        if words:
            role = HEAD[len(lines)] if len(lines) < len(HEAD) else "body"
            role = next((kind for start, kind in MARKED.items() if words.startswith(start)), role)
            lines.append(Line(place, place + len(words), role))
        place += len(row)
    return Article("luton", TEXT, tuple(lines))


def part(first: str, last: str) -> Part:
    """The words from `first` to `last`."""
    start = TEXT.index(first)
    return Part(start, TEXT.index(last, start) + len(last))


def source(words: str, following: str, *parts: Part) -> Source:
    """The source `words` where `following` comes right after it."""
    start = TEXT.index(words + following)
    return Source(start, start + len(words), parts, "direct")


SOURCES = [
    source("Bedfordshire PCC", " warns", part("thriving market locally", "locally")),
    Source(None, None, (part("Luton is now", "an importer"),), "direct"),
    source("estimates revealed to Bedfordshire's Police and Crime Commissioner", ".", part("Around 200", "a month")),
    source("Festus Akinbusoye", " described", part("the town as", "an importer")),
    source("he", " explained", part("I take", "with it,"), part("One thing", "communities.")),
    source("he", " added", part("In some of", "treatment side.")),
    source(
        "Labour Lewsey councillor Aslam Khan",
        " referred",
        part("having that", "intelligence"),
        part("Everything", "here as a base."),
    ),
    source("he", " asked", part("How do we", "soil?")),
    source("The PCC", " replied", part("I wish", "believe we can.")),
    source("he", ' said. "You see', part("The enforcement part", "big issue.")),
]


def found() -> tuple[list[Speaker], list[str | None]]:
    """The speakers and, for each source, the name."""
    piece = article()
    speakers, ids = resolve(piece, sentences(piece), SOURCES)
    names = {speaker.speaker_id: speaker.name for speaker in speakers}
    return speakers, [names[i] if i else None for i in ids]


def test_every_source_has_its_speaker() -> None:
    commissioner, councillor = ["Festus Akinbusoye"], ["Aslam Khan"]
    assert found()[1] == commissioner * 2 + ["estimates"] + commissioner * 3 + councillor * 2 + commissioner * 2


@pytest.mark.parametrize(
    ("name", "kind", "role", "organisation", "aliases"),
    [
        ("Festus Akinbusoye", "person", "Police and Crime Commissioner", None, ("Bedfordshire PCC", "The PCC")),
        ("Aslam Khan", "person", "Labour Lewsey councillor", "Labour", ()),
        ("estimates", "document", None, None, ()),
    ],
)
def test_a_speaker_has_role_organisation_and_aliases(
    name: str, kind: str, role: str, organisation: str, aliases: tuple[str, ...]
) -> None:
    speaker = next(speaker for speaker in found()[0] if speaker.name == name)
    assert (speaker.kind, speaker.role, speaker.organisation, speaker.aliases) == (kind, role, organisation, aliases)


def test_every_value_is_the_words_of_its_evidence() -> None:
    for speaker in found()[0]:
        written = [(e.field, " ".join(TEXT[e.start : e.end].split())) for e in speaker.evidence if e.field != "kind"]
        values = [("name", speaker.name), ("role", speaker.role), ("organisation", speaker.organisation)]
        assert written == [pair for pair in values if pair[1]] + [("aliases", alias) for alias in speaker.aliases]
