"""Compressed bodies, undone up to a cap: what a small one promises to become is not believed."""

import zlib

from shared.mockupaws.errors import InvalidRequestError, PayloadTooLargeError

MAX_UNPACKED_BYTES = 16 * 1024 * 1024
GZIP_MAGIC = b"\x1f\x8b"
_FIRST_PIECE = 256


def too_large() -> PayloadTooLargeError:
    """The error that says so of a body beyond the cap."""
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
    position = 0
    try:
        while position < len(body):
            unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
            # What a member leaves of a piece is copied: a piece is never much larger than what was read of the member.
            size = _FIRST_PIECE
            while not unpacker.eof and position < len(body):
                part = unpacker.decompress(body[position : position + size], room + 1)
                room -= len(part)
                if room < 0:
                    raise too_large()
                parts.append(part)
                position = min(position + size, len(body)) - len(unpacker.unused_data)
                size *= 2
            if not unpacker.eof:
                raise InvalidRequestError("The compressed body ends too early; nothing of it was taken.")
    except zlib.error as error:
        raise InvalidRequestError("The body is not the gzip that it is said to be.") from error
    return b"".join(parts)
