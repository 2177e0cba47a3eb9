"""The words on either side of a place in a text, read only as far as a rule needs."""

import re

from onrecord.extract.values import value

_REACH = 40  # characters; enough for two words
_OPENERS = "([“\"'‘-"
_NEXT = re.compile(r"[\s-]([A-Za-z]\w*)")
_POSSESSIVE = ("'s", "’s", "s'", "s’")


@value
class Around:
    """What stands around a span: two words before in lower case, the word after as written, and the text itself."""

    second: str
    first: str
    noun: str
    left: str
    right: str

    @property
    def opens_sentence(self) -> bool:
        """Whether a capital here may be that of a sentence."""
        left = self.left.rstrip()
        return not left or not (left[-1].isalnum() or left[-1] in ",-")

    @property
    def possessed(self) -> bool:
        """Whether a possessive comes before: Mayor's."""
        return self.first.endswith(_POSSESSIVE)


def around(text: str, start: int, end: int) -> Around:
    """Read the words around a span.

    >>> around("It was in 2010 that", 10, 14).first
    'in'
    """
    line = text.rfind("\n", max(0, start - _REACH), start) + 1
    left, right = text[max(line, start - _REACH) : start], text[end : end + _REACH]
    *_, second, first = ["", "", *left.lower().split()[-2:]]
    after = _NEXT.match(right)
    return Around(second, first.strip(_OPENERS), after[1] if after else "", left, right)
