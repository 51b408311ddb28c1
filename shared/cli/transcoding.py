"""Streams of UTF-16, as PowerShell's `>` writes, read as UTF-8."""

import codecs
import io
from typing import IO, cast

from shared.mockupaws.profiling.unicode import LOOKED_AT_BYTES, wide_encoding

_PIECE_BYTES = 64 * 1024


def as_utf8(stream: IO[bytes]) -> IO[bytes]:
    """The stream itself, or where it is UTF-16 or UTF-32, one of the same text in UTF-8.

    Args:
        stream: at the text's beginning.
    """
    encoding, mark = wide_encoding(_beginning(stream))
    if not encoding:
        return stream
    stream.read(mark)
    return io.BufferedReader(Transcoded(stream, encoding, mark))


def is_transcoded(stream: IO[bytes]) -> bool:
    """Whether places in the stream are not the file's."""
    return isinstance(stream, io.BufferedReader) and isinstance(cast("object", stream.raw), Transcoded)


def _beginning(stream: IO[bytes]) -> bytes:
    if stream.seekable():
        place = stream.tell()
        begins = stream.read(LOOKED_AT_BYTES)
        stream.seek(place)
        return begins
    return stream.peek(LOOKED_AT_BYTES) if isinstance(stream, io.BufferedReader) else b""


class Transcoded(io.RawIOBase):
    """UTF-8 out of a stream of another Unicode. Its places are those in the UTF-8."""

    def __init__(self, stream: IO[bytes], encoding: str, mark: int) -> None:
        """Reads on from where the stream is.

        Args:
            stream: behind its mark.
            encoding: the stream's.
            mark: how many bytes that has.
        """
        self._stream, self._encoding, self._mark = stream, encoding, mark
        self._begin()

    def _begin(self) -> None:
        self._decoder = codecs.getincrementaldecoder(self._encoding)("replace")
        self._left = b""
        self._at = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """As the stream below."""
        return self._stream.seekable()

    def tell(self) -> int:
        """The place in the UTF-8."""
        return self._at

    def fileno(self) -> int:
        """The file below."""
        return self._stream.fileno()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Goes to a place by reading what is before it."""
        if whence != io.SEEK_SET:
            raise io.UnsupportedOperation("only from the beginning")
        if offset < self._at:
            self._stream.seek(self._mark)
            self._begin()
        while self._at < offset and (piece := self.read(min(_PIECE_BYTES, offset - self._at))):
            del piece
        return self._at

    def readinto(self, buffer: "memoryview[int] | bytearray") -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Reads on."""
        while not self._left:
            data = self._stream.read(_PIECE_BYTES)
            if not data:
                return 0
            self._left = self._decoder.decode(data).encode()
        size = min(len(buffer), len(self._left))
        buffer[:size], self._left = self._left[:size], self._left[size:]
        self._at += size
        return size
