"""UTF-16 is read as what it says: in bytes with a NUL between each two, nothing personal would be seen."""

import codecs

import pytest

from shared.mockupaws.errors import PayloadTooLargeError
from shared.mockupaws.intake import Unreadable
from shared.mockupaws.unpack import MAX_UNPACKED_BYTES
from tests.unit.ingest.framings import FRAMINGS
from tests.unit.ingest.requests import dialect, messages, reply, request
from tests.unit.test_intake import filled

_LINES = ["paid by ada@example.com", "perché no ☕", "card 4242 4242 4242 4242"]
_MARKS = {
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}
encoded = pytest.mark.parametrize("encoding", _MARKS)
_BARE = ["utf-16-le", "utf-16-be"]


@encoded
@pytest.mark.parametrize("path", ["", "/services/collector/raw"])
def test_what_says_its_encoding_is_read_in_it(encoding: str, path: str) -> None:
    body = _MARKS[encoding] + "\r\n".join(_LINES).encode(encoding)
    assert messages(dialect(path).decode(request(path), body)) == _LINES


@encoded
def test_objects_too(encoding: str) -> None:
    decoded = dialect("").decode(request(), _MARKS[encoding] + '{"message":"one"}'.encode(encoding))
    assert messages(decoded) == ["one"]
    assert "log_id" in str(reply(decoded).body)


@pytest.mark.parametrize("encoding", _BARE)
def test_without_a_mark_its_zeros_say_it(encoding: str) -> None:
    assert messages(dialect("").decode(request(), "\n".join(_LINES).encode(encoding))) == _LINES


def test_a_firehose_record_may_be_utf_16() -> None:
    data = codecs.BOM_UTF16_LE + "\n".join(_LINES).encode("utf-16-le")
    assert messages(FRAMINGS["Firehose"].decode([data])) == _LINES


def test_it_may_not_grow_beyond_what_a_body_may_be() -> None:
    body = codecs.BOM_UTF16_LE + "☕".encode("utf-16-le") * (MAX_UNPACKED_BYTES // 3 + 1)
    with pytest.raises(PayloadTooLargeError):
        dialect("").decode(request(), body)


@pytest.mark.parametrize("encoding", _BARE)
def test_a_log_that_is_utf_16_among_others_is_refused(encoding: str) -> None:
    for path, first in (("", b"one"), ("/services/collector/raw", b"one")):
        body = first + b"\n" + _LINES[0].encode(encoding)
        decoded = dialect(path).decode(request(path), body)
        assert messages(decoded) == ["one"]
        (refused,) = decoded.unreadable
        assert "UTF-16" in refused.error


def test_a_single_nul_is_nobody_s_utf_16() -> None:
    # Nor are many in a row: where a file was emptied under its writer, it begins with them.
    for text in ("a\0b and more", "x\0", "\0" * 500, "\0" * 500 + "after the rotation"):
        assert messages(dialect("").decode(request(), f"{text}\none".encode())) == [text, "one"]


def test_a_sample_is_masked_whatever_zeros_are_in_it() -> None:
    text = _LINES[0].encode("utf-16-le").decode()
    (reject,) = filled(unreadable=(Unreadable(0, "no", text),)).rejects
    assert reject.sample == "paid by a***@***.com"
