"""The speakers of an article, and who says each of its statements."""

from bisect import bisect_right

from onrecord.extract.speakers import floating
from onrecord.extract.speakers.cast import surname_only
from onrecord.extract.speakers.gathering import gather
from onrecord.extract.speakers.lists import ABBREVIATED, pronoun
from onrecord.extract.speakers.pronouns import nobody
from onrecord.extract.speakers.scene import Cover, Scene, Source
from onrecord.extract.speakers.sources import LONGEST, identify
from onrecord.extract.speakers.voices import Post, Voice
from onrecord.extract.text import Sentence
from onrecord.hashing import normalise, row_id
from onrecord.records import Article, Evidence, Speaker

__all__ = ["Source", "resolve"]


_NAMED_BY = {
    "person": "speaker.name",
    "organisation": "speaker.name",
    "document": "speaker.document",
    "unnamed": "speaker.descriptor",
}
_PRESENT = frozenset({"i", "w", "y"})  # "I", "we" and "you" are whoever talks, and nobody whom "she" goes on about.


def resolve(article: Article, sentences: list[Sentence], sources: list[Source]) -> tuple[list[Speaker], list[str | None]]:
    """The speakers of an article and, for each source in order, its speaker_id (None where there is nobody at all).

    Args:
        article: its text and id.
        sentences: its sentences, in order.
        sources: the sources of its statements, in the order of the text.

    >>> from onrecord.extract.text import sentences
    >>> from onrecord.records import Line, Part
    >>> article = Article("a", "Ann Bell said no. She said why.", (Line(0, 31, "body"),))
    >>> sources = [Source(0, 8, (Part(14, 16),), "indirect"), Source(18, 21, (Part(27, 30),), "indirect")]
    >>> speakers, ids = resolve(article, sentences(article), sources)
    >>> [speaker.name for speaker in speakers], ids[0] == ids[1]
    (['Ann Bell'], True)
    """
    if not sources:
        return [], []
    size = len(article.text)
    spans = [_clamp(source, size) for source in sources]
    cast = gather(article, sentences, [span for span in spans if span])
    direct = [source for source in sources if source.kind == "direct"]
    scene = Scene(cast, Cover.of(_stretches(direct, size)), Cover.of(_stretches(sources, size)))
    voices = _voices(scene, sources, spans)
    floating.place(scene, sources, voices)
    return _speakers(article, scene, voices)


def _clamp(source: Source, size: int) -> tuple[int, int] | None:
    if source.start is None or source.end is None:
        return None
    start, end = max(0, min(source.start, size)), max(0, min(source.end, size))
    return (start, end) if start < end else None


def _stretches(sources: list[Source], size: int) -> list[tuple[int, int]]:
    """Where the words stand that these sources say."""
    return [(max(0, part.start), min(part.end, size)) for source in sources for part in source.parts]


def _voices(scene: Scene, sources: list[Source], spans: list[tuple[int, int] | None]) -> list[Voice | None]:
    voices: list[Voice | None] = []
    speaking: list[int] = []
    for i, span in enumerate(spans):
        voice = None
        if span:
            kind = pronoun(scene.text[span[0] : min(span[1], span[0] + LONGEST)])[0]
            if kind == "i":
                speaking.append(i)
            voice = identify(scene, *span)
            if voice and kind not in _PRESENT and not (kind == "r" and nobody(scene, voice)):
                scene.note(*span, voice)
        voices.append(voice)
    if speaking:
        _first_person(sources, spans, voices, speaking)
    return voices


def _first_person(
    sources: list[Source], spans: list[tuple[int, int] | None], voices: list[Voice | None], speaking: list[int]
) -> None:
    """Give "I" inside somebody's quotation that speaker."""
    inner = set(speaking)
    rows = sorted((part.start, part.end, i) for i, source in enumerate(sources) if i not in inner for part in source.parts)
    starts = [row[0] for row in rows]
    for i in speaking:
        span = spans[i]
        if span is None:
            continue
        at = bisect_right(starts, span[0])
        around = [row for row in rows[max(0, at - 8) : at] if row[1] >= span[1] and voices[row[2]]]
        if around:
            voices[i] = voices[around[-1][2]]


def _speakers(article: Article, scene: Scene, voices: list[Voice | None]) -> tuple[list[Speaker], list[str | None]]:
    _short_names(scene, {voice for voice in voices if voice})
    made: dict[Voice, Speaker] = {}
    rows: dict[str, Speaker] = {}
    for voice in voices:
        if voice and voice not in made:
            made[voice] = _speaker(article, _told_apart(scene, voice))
            rows.setdefault(made[voice].speaker_id, made[voice])
    return list(rows.values()), [made[voice].speaker_id if voice else None for voice in voices]


def _told_apart(scene: Scene, voice: Voice) -> Voice:
    """The voice, its form of address in the name where that alone tells it from somebody else: "Mrs Hale" from "Mr Hale"."""
    if voice.styled and len(voice.keys) == 1 and len(surname_only(scene.cast, voice.keys[0])) > 1:
        voice.start, voice.end = voice.styled
    return voice


def _short_names(scene: Scene, speaking: set[Voice]) -> None:
    """Note the other forms that the article has for those who speak."""
    seen: set[tuple[Voice, str]] = set()
    for mention in scene.cast.mentions:
        if mention.voice not in speaking:
            continue
        written = scene.text[mention.start : mention.end]
        if (mention.voice, written) in seen:
            continue
        seen.add((mention.voice, written))
        name = scene.text[mention.voice.start : mention.voice.end]
        if normalise(scene.text[mention.name : mention.end]) != normalise(name):
            mention.voice.aliases.setdefault(normalise(written), (mention.start, mention.end, "speaker.alias_name"))


def _speaker(article: Article, voice: Voice) -> Speaker:
    text = article.text
    name = _written(text, (voice.start, voice.end))
    evidence = [
        Evidence("name", voice.start, voice.end, _NAMED_BY[voice.kind]),
        Evidence("kind", voice.start, voice.end, f"speaker.{voice.kind}"),
    ]
    post = _best(voice)
    organisation = _organisation(voice, post)
    if post:
        evidence.append(Evidence("role", post.start, post.end, post.rule))
    if organisation:
        evidence.append(Evidence("organisation", organisation[0], organisation[1], organisation[2]))
    aliases = sorted((span for key, span in voice.aliases.items() if key != normalise(name)), key=lambda span: span[:2])
    evidence.extend(Evidence("aliases", *span) for span in aliases)
    own = (voice.kind == "person" and len(name.split()) > 1) or (voice.kind == "organisation" and bool(voice.words))
    scope = () if own else (article.article_id,)
    return Speaker(
        row_id("speaker", *scope, voice.kind, normalise(name)),
        name,
        voice.kind,
        _written(text, (post.start, post.end)) if post else None,
        _written(text, organisation[:2]) if organisation else None,
        tuple(_written(text, span[:2]) for span in aliases),
        tuple(evidence),
    )


def _written(text: str, span: tuple[int, int]) -> str:
    return " ".join(text[span[0] : span[1]].split())


def _best(voice: Voice) -> Post | None:
    """The role to show: an expanded acronym, else the first in the text, or a fuller one with the same chief word."""
    rows = sorted(
        voice.posts,
        key=lambda post: (post.rule != "speaker.role_expanded", post.head in ABBREVIATED, not post.head, post.start),
    )
    if not rows:
        return None
    best = rows[0]
    for post in rows[1:]:
        if post.head == best.head and best.rule != "speaker.role_expanded" and len(post.words) > len(best.words):
            best = post
    return best


def _organisation(voice: Voice, post: Post | None) -> tuple[int, int, str] | None:
    rows = (
        [post]
        if post and post.organisation
        else [row for row in voice.posts if row.organisation and (post is None or row.head == post.head)]
    )
    for row in rows:
        if row.organisation and row.organisation_rule:
            return (*row.organisation, row.organisation_rule)
    return (*voice.employer, "speaker.employer_of") if voice.employer else None
