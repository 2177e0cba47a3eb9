"""A source that only the words right before it name: "the latter", or "the minister" after a name and a comma."""

from dataclasses import replace

from onrecord.extract.speakers import posts, roles, titles
from onrecord.extract.speakers.lists import PLACES, plain
from onrecord.extract.speakers.organisations import organisation_named
from onrecord.extract.speakers.scene import Phrase, Scene
from onrecord.extract.speakers.voices import Voice

_BACK = 130  # Code points before a post in which the sentence begins with its bearer's name.
_PAUSE = ", "
_WHICH = {"the former": 0, "the latter": 1}
_NAMES_OF_BODIES = ("organisation", "acronym")


def nearby(scene: Scene, phrase: Phrase) -> Voice | None:
    """Who the words right before a source say that it is; None where they leave it open.

    Args:
        scene: what is known so far.
        phrase: the source.
    """
    which = _WHICH.get(scene.text[phrase.start : phrase.close].lower())
    return _bearer(scene, phrase) if which is None else _one_of_two(scene, phrase.start, which)


def _bearer(scene: Scene, phrase: Phrase) -> Voice | None:
    """Whose apposition a post is that no comma closes: "Ann Bell, the transport minister praised the crews"."""
    text, close = scene.text, phrase.start - len(_PAUSE)
    the = text[phrase.start : phrase.start + 4].lower() == "the "
    last = text[phrase.start : phrase.close].rpartition(" ")[2]
    if not the or text[close : phrase.start] != _PAUSE or posts.head_of(last) is None:
        return None
    low = scene.cast.bounds(phrase.start, phrase.start)[0]
    for mention in scene.cast.within(max(low, close - _BACK), close)[:1]:
        whole = mention.full and mention.start == low
        if whole and roles.behind_letters(text, mention.end) == close:
            post = titles.before(text, phrase.start, phrase.close, phrase.start)
            if post:
                mention.voice.posts.append(replace(post, rule="speaker.role_after"))
            mention.voice.sure = True
            return mention.voice
    return None


def _one_of_two(scene: Scene, start: int, which: int) -> Voice | None:
    """The first or second of the only two persons, or the only two bodies, in the words before: "the latter"."""
    number = scene.cast.sentence(start)
    low = scene.cast.bounds(start, start)[0]
    before = scene.cast.sentences[number - 1].start if number > 0 else low
    for begin, end in ((low, start), (before, low)):
        people = list(dict.fromkeys(mention.voice for mention in scene.people(begin, end)))
        bodies = list(dict.fromkeys(_bodies(scene, begin, end)))
        if people or bodies:
            rows = people or bodies
            return rows[which] if len(rows) == len(_WHICH) and not (people and bodies) else None
    return None


def _bodies(scene: Scene, begin: int, end: int) -> list[Voice]:
    """The organisations that a stretch of text names."""
    found = []
    for start, stop in scene.cast.runs_in(begin, end):
        form = scene.cast.form(start, stop)
        if form and form.kind in _NAMES_OF_BODIES and not all(plain(word) in PLACES for word in form.words):
            found.append(organisation_named(scene, start, form))
    return found
