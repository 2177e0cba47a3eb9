"""Infinitives that report all the same: took to the radio to accuse, was forced to admit, went on to say."""

from onrecord.extract.statements.frames import QUOTE, words_of

_STOPS = frozenset({".", ";", ":", "?", "!", QUOTE})
# No way of speaking takes more words, nor does the name of one who is made to speak.
_REACH = 14


def channel_start(tokens: list[str], verb: int) -> int | None:
    """The verb of a way of speaking with this infinitive as its aim ("took to the radio to accuse"); None where there is none.

    Args:
        tokens: of the frame.
        verb: the token of the infinitive, behind its "to".
    """
    if verb < 3 or tokens[verb - 1] != "to":
        return None
    media, channels = words_of("media"), words_of("channel_verbs")
    medium = False
    for at in range(verb - 2, max(-1, verb - _REACH), -1):
        if tokens[at] in _STOPS or tokens[at] == ",":
            return None
        taken = tokens[at + 1] == "to" and at + 2 < verb and tokens[at] in words_of("takes_to")
        if taken or (medium and tokens[at] in channels):
            return at
        medium = medium or tokens[at] in media
    return None


def causative(tokens: list[str], verb: int) -> int | None:
    """The verb whose object is made to say what the infinitive at token `verb` says ("forced Flora Bell to admit")."""
    if verb < 3 or tokens[verb - 1] != "to":
        return None
    for at in range(verb - 3, max(-1, verb - 2 * _REACH), -1):
        if tokens[at] in _STOPS:
            return None
        if tokens[at] in words_of("causatives"):
            return at
    return None
