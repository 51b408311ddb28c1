"""Texts and their bytes, UTF-8 and what Windows writes in its place."""

import codecs

# UTF-32 first, whose mark begins like that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LOOKED_AT_BYTES = 1024
"""How much of the beginning tells an encoding."""
_FEWEST_BYTES = 8


def utf8(text: str) -> tuple[str, bytes]:
    """A text that has UTF-8 bytes, and these bytes.

    JSON may carry lone surrogates (a pair cut in two by a sender's limit), which no encoding has: each becomes U+FFFD.
    """
    try:
        return text, text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return text, text.encode()


def wide_encoding(data: bytes) -> tuple[str, int]:
    """Which UTF-16 or UTF-32 bytes are, as PowerShell's `>` writes, and how long their mark is; none of either: "".

    Args:
        data: `LOOKED_AT_BYTES` of the beginning are enough.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    return _bare_utf16(data[:LOOKED_AT_BYTES]), 0


def _bare_utf16(begins: bytes) -> str:
    """Which UTF-16 bytes without a mark are: of the first letter and of most, a byte is a zero."""
    if 0 not in begins[:2] or len(begins) < _FEWEST_BYTES:
        return ""
    even, odd = begins[::2], begins[1::2]
    if odd[0] == 0 and not even.count(0) and odd.count(0) * 5 >= len(odd) * 4:
        return "utf-16-le"
    if even[0] == 0 and not odd.count(0) and even.count(0) * 5 >= len(even) * 4:
        return "utf-16-be"
    return ""
