"""Bytes to text.

Text is UTF-8, or UTF-16 that says so by its byte order mark; a web page may declare another encoding. Anything else is
refused by name and not decoded on a guess: a guess that is wrong by one code page changes words and amounts (£ to ú)
without a trace, and converting a file once is little to ask. What the refusal names is charset-normalizer's best guess.
"""

import codecs
import re
from contextlib import suppress

import charset_normalizer

from onrecord.errors import InputError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# NUL and half a surrogate pair are in no text and break what is written later. Other control characters do get into wire
# copy; only many of them make a file a binary one.
_NEVER = re.compile("[\x00\ud800-\udfff]")
_CONTROL = bytes([*range(0x01, 0x09), *range(0x0E, 0x20), 0x7F])
_MANY = 0.01
# The encodings that news archives are found in, in the order in which one is named where several fit equally.
_LIKELY = ["cp1252", "mac_roman", "cp850", "utf_16_le", "utf_16_be", "cp1251", "shift_jis", "gb18030", "big5", "euc_kr"]
_TWO_BYTES = frozenset({"shift_jis", "gb18030", "big5", "euc_kr"})
_SAMPLE = 32768  # bytes on either side of the first bad one


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
    onrecord.errors.InputError: expected UTF-8 in a.txt, found the byte 0xA3 in line 1, as in windows-1252; convert it: ...
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    try:
        return data.decode(marked or "utf-8")
    except UnicodeDecodeError as error:
        if declared and not marked:
            with suppress(UnicodeError, LookupError):
                return data.decode(declared)
        raise InputError(_refusal(data, error.start, marked or "utf-8", where)) from None


def _refusal(data: bytes, bad: int, tried: str, where: str) -> str:
    """What to say of bytes that are not in the encoding they were to be in, from the first bad one."""
    sample = data[max(0, bad - _SAMPLE) & ~1 : bad + _SAMPLE]
    if tried == "utf-16":
        return f"expected UTF-16 in {where}, as its byte order mark says, found a broken file; save it as UTF-8"
    if _is_wide(sample):
        return f"expected UTF-8 in {where}, found what looks like UTF-16 without a byte order mark; save it as UTF-8"
    if 0 in sample or _controls(sample) > _MANY * len(sample):
        return f"expected text in {where}, found a binary file; give a .txt, .html or .jsonl file"
    line = data.count(b"\n", 0, bad) + 1
    found = f"expected UTF-8 in {where}, found the byte 0x{data[bad]:02X} in line {line}"
    alone = re.search(rb"[\x80-\xff]{2}", sample) is None  # an accent here and there, no script of two bytes a letter
    likely = [name for name in _LIKELY if not (alone and name in _TWO_BYTES)]
    matches = charset_normalizer.from_bytes(sample, cp_isolation=likely)
    best = min(matches, key=lambda match: (match.chaos, _LIKELY.index(match.encoding)), default=None)
    if best is None:
        return f"{found}; save it as UTF-8"
    name = best.encoding.replace("cp125", "windows-125").replace("_", "-")
    return f"{found}, as in {name}; convert it: iconv -f {name} -t utf-8"


def _is_wide(sample: bytes) -> bool:
    """Whether every other byte is mostly zero and no character is: UTF-16 of a Western language, and no program or picture."""
    zeros = [sample[0::2].count(0), sample[1::2].count(0)]
    order = "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    return max(zeros) > len(sample) / 4 and not _NEVER.search(sample.decode(order, "replace"))


def refuse_what_is_no_text(text: str, where: str) -> None:
    """Refuse a text without words, a binary file that happens to decode, and characters that no text has.

    Raises:
        InputError: naming the place.
    """
    refuse_what_is_in_no_text(text, where)
    if _controls(text.encode()) > _MANY * len(text):
        raise InputError(f"expected text in {where}, found a binary file; give a .txt, .html or .jsonl file")
    if not text.strip():
        raise InputError(f"expected an article in {where}, found no text; give a file that has some")


def refuse_what_is_in_no_text(text: str, where: str) -> None:
    """Refuse the characters that no text has, which a cell cannot have either.

    Raises:
        InputError: naming the place.
    """
    if "\0" not in text and _is_unicode(text):  # asked so, a tenth of the time that searching takes
        return
    if found := _NEVER.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise InputError(
            f"expected text in {where}, found U+{ord(found[0]):04X} in line {line}, which no text has; save it as UTF-8"
        )


def _is_unicode(text: str) -> bool:
    """Whether no half of a surrogate pair is in it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _controls(data: bytes) -> int:
    """How many control characters there are in a text in UTF-8, or in what might be one."""
    return len(data) - len(data.translate(None, _CONTROL))
