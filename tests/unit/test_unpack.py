import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.mockupaws.errors import InvalidRequestError, PayloadTooLargeError
from shared.mockupaws.unpack import MAX_UNPACKED_BYTES, inflate


@given(st.lists(st.binary(max_size=200), min_size=1, max_size=4))
def test_gzip_of_several_members_and_zlib_are_undone(parts: list[bytes]) -> None:
    assert inflate(b"".join(map(gzip.compress, parts))) == b"".join(parts)
    assert inflate(zlib.compress(parts[0])) == parts[0]
    assert inflate(b"") == b""


def test_a_bomb_stops_at_the_cap() -> None:
    half = gzip.compress(b"\0" * (MAX_UNPACKED_BYTES // 2))
    assert len(inflate(half + half)) == MAX_UNPACKED_BYTES
    with pytest.raises(PayloadTooLargeError):
        inflate(half + half + gzip.compress(b"x"))


@pytest.mark.parametrize(
    "body", [b"plain", gzip.compress(b"x" * 100, mtime=0)[:-4], gzip.compress(b"x", mtime=0) + b"trailing"]
)
def test_a_damaged_body_is_an_error(body: bytes) -> None:
    with pytest.raises(InvalidRequestError):
        inflate(body)
