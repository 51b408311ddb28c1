"""Bodies as UTF-8, whatever Unicode they come in: PowerShell's `>` writes UTF-16."""

import codecs

from shared.mockupaws.errors import PayloadTooLargeError
from shared.mockupaws.profiling.unicode import wide_encoding
from shared.mockupaws.unpack import MAX_UNPACKED_BYTES


def as_utf8(body: bytes) -> bytes:
    """A body in UTF-8 and without its byte order mark.

    Raises:
        PayloadTooLargeError: as UTF-8 it is larger than a body may be.
    """
    encoding, mark = wide_encoding(body)
    if not encoding:
        return body.removeprefix(codecs.BOM_UTF8)
    data = body[mark:].decode(encoding, "replace").encode()
    if len(data) > MAX_UNPACKED_BYTES:
        raise PayloadTooLargeError(
            f"The body has more than {MAX_UNPACKED_BYTES:,} bytes as UTF-8; nothing of it was taken. "
            "Send smaller batches."
        )
    return data
