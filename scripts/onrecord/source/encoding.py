"""Bytes to text.

Text is UTF-8, or UTF-16 that says so by its byte order mark; a web page may declare another encoding. Anything else is
refused by name and not decoded on a guess: a guess that is wrong by one code page changes words and amounts (£ to ú)
without a trace, and converting a file once is little to ask. What the refusal names is charset-normalizer's best guess.
"""

import codecs
import re

import charset_normalizer

from onrecord.errors import InputError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# NUL and half a surrogate pair are in no text and break what is written later. Other control characters do get into wire
# copy; only many of them make a file a binary one.
_NEVER = re.compile("[\x00\ud800-\udfff]")
_CONTROL, _CONTROL_BYTES = "[\x01-\x08\x0e-\x1f\x7f]", rb"[\x01-\x08\x0e-\x1f\x7f]"
_MANY = 0.01
# The encodings that news archives are found in, in the order in which one is named where several fit equally.
_LIKELY = ["cp1252", "mac_roman", "cp850", "utf_16_le", "utf_16_be", "cp1251", "shift_jis", "gb18030", "big5", "euc_kr"]
_SAMPLE = 65536


def decode(data: bytes, where: str, *, declared: str | None = None) -> str:
    """Bytes to text, or a refusal that names what the bytes look like.

    Args:
        data: a whole file, or a line of a .jsonl file.
        where: what to call its place in a message.
        declared: the encoding that a web page says it is in.

    >>> decode("\\ufeff£5".encode(), "a.txt")
    '£5'
    >>> decode("£5 für Käse".encode("cp1252"), "a.txt")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    onrecord.errors.InputError: expected UTF-8 in a.txt, found what looks like windows-1252; convert it: iconv ...
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", *([declared] if declared else [])]:
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise InputError(_refusal(data[:_SAMPLE], where))


def _refusal(data: bytes, where: str) -> str:
    if max(data[::2].count(0), data[1::2].count(0)) > len(data) / 4:
        return f"expected UTF-8 in {where}, found what looks like UTF-16 without a byte order mark; save it as UTF-8"
    if 0 in data or len(re.findall(_CONTROL_BYTES, data)) > _MANY * len(data):
        return f"expected text in {where}, found a binary file; give a .txt, .html or .jsonl file"
    matches = charset_normalizer.from_bytes(data, cp_isolation=_LIKELY)
    best = min(matches, key=lambda match: (match.chaos, _LIKELY.index(match.encoding)), default=None)
    if best is None:
        return f"expected UTF-8 in {where}, found an encoding that cannot be told; save it as UTF-8"
    name = best.encoding.replace("cp125", "windows-125").replace("_", "-")
    return f"expected UTF-8 in {where}, found what looks like {name}; convert it: iconv -f {name} -t utf-8"


def refuse_what_is_no_text(text: str, where: str) -> None:
    """Refuse a text without words, a binary file that happens to decode, and characters that no text has.

    Raises:
        InputError: naming the place.
    """
    if found := _NEVER.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise InputError(f"expected text in {where}, found U+{ord(found[0]):04X} in line {line}: a binary or broken file")
    if len(re.findall(_CONTROL, text)) > _MANY * len(text):
        raise InputError(f"expected text in {where}, found mostly control characters: a binary file")
    if not text.strip():
        raise InputError(f"expected an article in {where}, found no text; give a file that has some")
