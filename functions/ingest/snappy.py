"""Snappy unpacked: blocks, as Loki's clients and Vector send them, and frames of blocks, as Fluent Bit does.

Own code because every wheel of it weighs 4 MB in a layer of 60; cramjam is what a test compares it with.
https://github.com/google/snappy/blob/main/format_description.txt
https://github.com/google/snappy/blob/main/framing_format.txt
"""

from collections.abc import Iterator

from shared.mockupaws.errors import InvalidRequestError
from shared.mockupaws.unpack import MAX_UNPACKED_BYTES, too_large

_LITERAL, _COPY_1, _COPY_2 = 0, 1, 2
_FRAMES = b"\xff\x06\x00\x00sNaPpY"
_PACKED, _AS_IT_IS, _SKIPPED_FROM = 0x00, 0x01, 0x80
_CHECKSUM_BYTES = 4  # not looked at: the connection has its own


class SnappyError(ValueError):
    """Not a snappy block, or a damaged one."""


def undone(data: bytes) -> bytes:
    """The content of a block, or of frames.

    Raises:
        PayloadTooLargeError: it unpacks to more than the cap.
        InvalidRequestError: it is damaged, or no snappy.
    """
    try:
        return b"".join(_chunks(data))
    except SnappyError as error:
        raise InvalidRequestError(f"The body is not the snappy that it is said to be: {error}.") from error


def _chunks(data: bytes) -> Iterator[bytes]:
    room = MAX_UNPACKED_BYTES
    for packed, content in _frames(data) if data.startswith(_FRAMES) else [(True, data)]:
        room -= unpacked_size(content) if packed else len(content)
        if room < 0:
            raise too_large()
        yield unpack(content) if packed else content


def _frames(data: bytes) -> Iterator[tuple[bool, bytes]]:
    """What frames hold, and whether it is a block."""
    position = 0
    while position < len(data):
        kind, begins = data[position], position + 4
        position = begins + int.from_bytes(data[position + 1 : begins], "little")
        if position > len(data) or begins > len(data):
            raise SnappyError("a frame runs over the end")
        if kind in {_PACKED, _AS_IT_IS}:
            yield kind == _PACKED, data[begins + _CHECKSUM_BYTES : position]
        elif kind < _SKIPPED_FROM:
            raise SnappyError("a frame of a kind that nobody knows")


def unpacked_size(data: bytes) -> int:
    """How many bytes the block says that it unpacks to.

    Raises:
        SnappyError: it says nothing sensible.
    """
    return _length(data)[0]


def unpack(data: bytes) -> bytes:
    """The content of a block. Ask `unpacked_size` first: this many bytes are made, and no more.

    Raises:
        SnappyError: the block is damaged.
    """
    size, position = _length(data)
    out = bytearray()
    while position < len(data):
        tag = data[position]
        kind = tag & 3
        position += 1
        if kind == _LITERAL:
            length = tag >> 2
            if length >= 60:  # noqa: PLR2004  60 to 63: the length follows in 1 to 4 bytes
                width = length - 59
                length = int.from_bytes(data[position : position + width], "little")
                position += width
            length += 1
            if position + length > len(data) or len(out) + length > size:
                raise SnappyError("a literal runs over the end")
            out += data[position : position + length]
            position += length
            continue
        if kind == _COPY_1:
            length, width, high = (tag >> 2 & 7) + 4, 1, tag >> 5 << 8
        else:
            length, width, high = (tag >> 2) + 1, 2 if kind == _COPY_2 else 4, 0
        if position + width > len(data):
            raise SnappyError("it ends within a tag")
        offset = high | int.from_bytes(data[position : position + width], "little")
        position += width
        if not 0 < offset <= len(out) or len(out) + length > size:
            raise SnappyError("a copy reaches outside")
        start = len(out) - offset
        if offset >= length:
            out += out[start : start + length]
        else:  # it repeats what it writes
            pattern = bytes(out[start:])
            out += (pattern * (length // offset + 1))[:length]
    if len(out) != size:
        raise SnappyError("it ends too early")
    return bytes(out)


def _length(data: bytes) -> tuple[int, int]:
    size = 0
    for position, byte in enumerate(data[:5]):
        size |= (byte & 0x7F) << 7 * position
        if byte < 0x80:  # noqa: PLR2004  the last byte of a varint
            return size, position + 1
    raise SnappyError("no length")
