import gzip
import hashlib
import time
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


def _seconds(body: bytes) -> float:
    started = time.thread_time()
    inflate(body)
    return time.thread_time() - started


def test_many_members_take_as_long_as_they_are_many() -> None:
    member = gzip.compress(b"", mtime=0)
    few = min(_seconds(member * 5_000) for _ in range(3))
    assert _seconds(member * 100_000) < 100 * few  # 20 times, where it isn't quadratic; else 400


@given(st.integers(0, 5_000), st.integers(1, 4), st.booleans())
def test_members_end_anywhere_in_what_is_read_at_a_time(size: int, members: int, packs: bool) -> None:
    part = bytes(size) if packs else hashlib.shake_128().digest(size)
    assert inflate(gzip.compress(part, mtime=0) * members) == part * members


@pytest.mark.parametrize(
    "body", [b"plain", gzip.compress(b"x" * 100, mtime=0)[:-4], gzip.compress(b"x", mtime=0) + b"trailing"]
)
def test_a_damaged_body_is_an_error(body: bytes) -> None:
    with pytest.raises(InvalidRequestError):
        inflate(body)
