"""Bodies as UTF-8, whatever Unicode they come in: PowerShell's `>` writes UTF-16."""

import codecs

from shared.mockupaws.errors import PayloadTooLargeError
from shared.mockupaws.unpack import MAX_UNPACKED_BYTES

# UTF-32 first, whose mark begins like that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOOKED_AT_BYTES = 1024
_FEWEST_BYTES = 8


def as_utf8(body: bytes) -> bytes:
    """A body in UTF-8 and without its byte order mark.

    Raises:
        PayloadTooLargeError: as UTF-8 it is larger than a body may be.
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return _in_utf8(body[len(mark) :], encoding)
    body = body.removeprefix(codecs.BOM_UTF8)
    bare = _bare_utf16(body)
    return _in_utf8(body, bare) if bare else body


def _in_utf8(body: bytes, encoding: str) -> bytes:
    data = body.decode(encoding, "replace").encode()
    if len(data) > MAX_UNPACKED_BYTES:
        raise PayloadTooLargeError(
            f"The body has more than {MAX_UNPACKED_BYTES:,} bytes as UTF-8; nothing of it was taken. "
            "Send smaller batches."
        )
    return data


def _bare_utf16(body: bytes) -> str | None:
    """Which UTF-16 a body is that doesn't say so: of its first and most letters a byte is a zero."""
    begins = body[:_LOOKED_AT_BYTES]
    if 0 not in begins or len(begins) < _FEWEST_BYTES:
        return None
    even, odd = begins[::2], begins[1::2]
    if odd[0] == 0 and not even.count(0) and odd.count(0) * 5 >= len(odd) * 4:
        return "utf-16-le"
    if even[0] == 0 and not odd.count(0) and even.count(0) * 5 >= len(even) * 4:
        return "utf-16-be"
    return None
