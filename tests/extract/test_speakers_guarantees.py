"""What holds for the speakers of any text with any sources."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.lexicon import rules
from onrecord.extract.speakers import Source, resolve
from onrecord.extract.text import sentences
from onrecord.records import Article, Line, Part, Speaker

# fmt: off
PIECES = (
    "Ann Bell", "Mr Bell", "Bell", "she", "He", "they", "it", "I", "who", "the mayor", "a spokesman for the council", "Police",
    "PCC", "Kent Police", "Police and Crime Commissioner", "The report", "said", "told", " ", ", ", ". ", "\n\n", '"', "'", "(",
    ")", "and", "of", "for", "34,", "A", "A.", "d'", "al-", "the National Audit Office (NAO)", "Ministry of Health", "–", "’s",
    "\u0130", "\U0001f600",
)
# fmt: on
WORDS = st.one_of(st.sampled_from(PIECES), st.text(max_size=8))
TEXTS = st.lists(WORDS, max_size=40).map(lambda words: " ".join(words))
NUMBERS = st.integers(-5, 300)
PARTS = st.lists(st.builds(Part, NUMBERS, NUMBERS), max_size=3).map(tuple)
KINDS = st.sampled_from(("direct", "mixed", "indirect"))
SOURCES = st.lists(st.builds(Source, st.none() | NUMBERS, st.none() | NUMBERS, PARTS, KINDS), max_size=8)


def article(text: str) -> Article:
    """An article of one line a paragraph."""
    lines, place = list[Line](), 0
    for row in text.split("\n"):
        if row.strip():
            start = place + len(row) - len(row.lstrip())
            lines.append(Line(start, start + len(row.strip()), "title" if not lines else "body"))
        place += len(row) + 1
    return Article("a", text, tuple(lines))


def run(text: str, sources: list[Source]) -> tuple[list[Speaker], list[str | None]]:
    """The speakers of a text."""
    piece = article(text)
    return resolve(piece, sentences(piece), sources)


def every(text: str, words: tuple[str, ...]) -> list[Source]:
    """A source wherever one of the words stands."""
    found, place = list[Source](), 0
    for word in text.split(" "):
        if word.strip('".,\n') in words:
            found.append(Source(place, place + len(word), (Part(place, place + len(word) + 9),), "direct"))
        place += len(word) + 1
    return found


@given(TEXTS, SOURCES)
def test_any_text_and_any_sources_give_speakers(text: str, sources: list[Source]) -> None:
    speakers, ids = run(text, sources)
    assert len(ids) == len(sources)
    assert {i for i in ids if i} == {speaker.speaker_id for speaker in speakers}
    assert len({speaker.speaker_id for speaker in speakers}) == len(speakers)


@given(TEXTS, SOURCES)
def test_a_source_of_words_has_a_speaker_if_only_an_unnamed_one(text: str, sources: list[Source]) -> None:
    for source, speaker_id in zip(sources, run(text, sources)[1], strict=True):
        words = "" if source.start is None or source.end is None else text[max(0, source.start) : max(0, source.end)]
        assert speaker_id or not any(char.isalnum() for char in words)


@given(TEXTS, SOURCES)
def test_every_value_is_the_words_of_its_evidence(text: str, sources: list[Source]) -> None:
    for speaker in run(text, sources)[0]:
        values: dict[str, list[str | None]] = {"name": [speaker.name], "role": [speaker.role], "aliases": [*speaker.aliases]}
        for field, expected in (values | {"organisation": [speaker.organisation]}).items():
            found = [" ".join(text[e.start : e.end].split()) for e in speaker.evidence if e.field == field]
            assert found == [value for value in expected if value is not None]
        assert all(0 <= e.start < e.end <= len(text) and e.rule in rules() for e in speaker.evidence)


@given(TEXTS)
def test_sources_that_stand_in_the_text_keep_the_guarantees(text: str) -> None:
    sources = every(text, ("she", "He", "they", "Bell", "mayor", "I", "who", "Police", "PCC"))
    first, again = run(text, sources), run(text, sources)
    assert first == again
    assert all(first[1])


@given(TEXTS, SOURCES)
def test_text_after_the_article_s_last_word_changes_nothing(text: str, sources: list[Source]) -> None:
    assert (
        run(text, sources) == run(text + "\n\n", sources)
        or any(number > len(text) for source in sources for part in source.parts for number in (part.start, part.end))
        or any((source.end or 0) > len(text) or (source.start or 0) > len(text) for source in sources)
    )


def test_one_person_of_two_articles_is_one_speaker() -> None:
    text = "Ann Bell said no."
    source = Source(0, 8, (Part(14, 16),), "indirect")
    one = resolve(Article("a", text, (Line(0, 17, "body"),)), [], [source])
    other = resolve(Article("b", text, (Line(0, 17, "body"),)), [], [source])
    assert one == other


def test_a_descriptor_of_two_articles_is_two_speakers() -> None:
    text = "A source said no."
    source = Source(0, 8, (Part(14, 16),), "indirect")
    one = resolve(Article("a", text, (Line(0, 17, "body"),)), [], [source])[1]
    other = resolve(Article("b", text, (Line(0, 17, "body"),)), [], [source])[1]
    assert one != other
