"""Files in UTF-16 are read as UTF-8, at places that stay the same."""

import codecs
import gzip
import io
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import IO

import pytest

from shared.cli.sources import batches, last_stamp, opened

_LINES = [f"2026-11-22T10:00:{i % 60:02}Z perché ☕ {i}" for i in range(12_000)]
_TEXT = "\r\n".join(_LINES)
_FILES = {
    "mark": codecs.BOM_UTF16_LE + _TEXT.encode("utf-16-le"),
    "big": codecs.BOM_UTF16_BE + _TEXT.encode("utf-16-be"),
    "bare": _TEXT.encode("utf-16-le"),
    "wide": codecs.BOM_UTF32_LE + _TEXT.encode("utf-32-le"),
    "gzip": gzip.compress(codecs.BOM_UTF16_LE + _TEXT.encode("utf-16-le")),
}
written = pytest.mark.parametrize("data", _FILES.values(), ids=_FILES)


def _at_the_end(stream: IO[bytes], tail: int) -> None:
    raise AssertionError(stream, tail)


@written
def test_its_lines_are_those_of_its_text(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "app.log").write_bytes(data)
    with opened(tmp_path / "app.log") as stream:
        found = [*batches(stream, 0)]
        assert [line for batch in found for line in batch.lines] == _LINES
        assert found[-1].end == len(_TEXT.encode())
        for batch in (found[1], found[0], found[2]):
            stream.seek(batch.start)
            again = next(batches(stream, batch.start, until=batch.end))
            assert again == batch
    assert last_stamp(tmp_path / "app.log", _at_the_end) == datetime(2026, 11, 22, 10, 0, 59, tzinfo=UTC)


def test_standard_input_too(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    pipe = io.BufferedReader(Pipe(_FILES["mark"]))  # pyright: ignore[reportArgumentType]
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=pipe))
    with opened(None) as stream:
        assert [line for batch in batches(stream, 0) for line in batch.lines] == _LINES


def test_a_file_that_grows_is_read_on(tmp_path: Path) -> None:
    path = tmp_path / "app.log"
    path.write_bytes(codecs.BOM_UTF16_LE + "one\ntw".encode("utf-16-le") + b"o")
    with opened(path) as stream:
        (first,) = batches(stream, 0, whole_lines=True)
        assert first.lines == ["one"]
        with path.open("ab") as more:
            more.write(b"\0" + "\nthree\n".encode("utf-16-le"))
        stream.seek(first.end)
        (second,) = batches(stream, first.end, whole_lines=True)
        assert second.lines == ["two", "three"]
