"""Compressed bodies, undone up to a cap: what a small one promises to become is not believed."""

import zlib

from shared.mockupaws.errors import InvalidRequestError, PayloadTooLargeError

MAX_UNPACKED_BYTES = 16 * 1024 * 1024
GZIP_MAGIC = b"\x1f\x8b"


def _too_large() -> PayloadTooLargeError:
    return PayloadTooLargeError(
        f"The body unpacks to more than {MAX_UNPACKED_BYTES:,} bytes; nothing of it was taken. Send smaller batches."
    )


def inflate(body: bytes) -> bytes:
    """Undoes gzip (one member or several) or zlib, told apart by their headers, and stops at the cap.

    Raises:
        PayloadTooLargeError: it unpacks to more than the cap.
        InvalidRequestError: it is damaged.
    """
    parts: list[bytes] = []
    room = MAX_UNPACKED_BYTES
    try:
        while body:
            unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
            part = unpacker.decompress(body, room + 1)
            room -= len(part)
            if room < 0:
                raise _too_large()
            if not unpacker.eof:
                raise InvalidRequestError("The compressed body ends too early; nothing of it was taken.")
            parts.append(part)
            body = unpacker.unused_data
    except zlib.error as error:
        raise InvalidRequestError("The body is not the gzip that it is said to be.") from error
    return b"".join(parts)
