"""A batch comes out of its envelope as it went in, and nothing else is taken for one."""

import base64
import json
import zlib
from typing import Any, cast
from uuid import UUID

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.mockupaws.contracts.batch import (
    HASH_BYTES,
    BatchFormatError,
    LogBatch,
    Reject,
    envelope,
    pack,
    read_envelope,
)
from shared.mockupaws.contracts.ready import ready
from shared.mockupaws.contracts.traffic import LEVELS
from shared.mockupaws.ids import new_id
from tests.batches import Made, batch, plain_envelope

_PARTS = ("rows", "cells", "cell", "redacted", "seconds", "pii", "rejects")


def no_payload(key: str) -> bytes:
    raise AssertionError(f"nothing waits in S3 under {key}")


profiles = st.builds(
    Made,
    message=st.text(st.characters(exclude_categories=["Cs"]), max_size=600),
    tokens=st.integers(0, 300_000),
    redacted_tokens=st.integers(0, 300_000),
    level=st.sampled_from(LEVELS),
    pii=st.dictionaries(st.sampled_from(["email", "phone", "ipv4"]), st.integers(1, 9)),
    size=st.integers(0, 262_144),
)


@given(st.lists(profiles, max_size=20))
def test_a_batch_survives_its_journey(made: list[Made]) -> None:
    sent = batch(new_id(), made)
    sent.rejects.append(Reject(3, "the message is empty", "{}"))
    arrived = read_envelope(envelope(sent, packed=pack(sent)), no_payload)
    assert (arrived.open(), arrived.digests()) == (ready(sent), sent.digests())


@given(st.lists(profiles, max_size=20))
def test_a_batch_of_the_version_before_is_read_as_the_same(made: list[Made]) -> None:
    sent = batch(new_id(), made)
    sent.rejects.append(Reject(3, "the message is empty", "{}"))
    arrived = read_envelope(plain_envelope(sent), no_payload)
    assert (arrived.open(), arrived.digests()) == (ready(sent), sent.digests())


@given(st.lists(profiles, max_size=20))
def test_sums_of_some_logs_are_those_of_their_cells(made: list[Made]) -> None:
    sent = batch(new_id(), made, at=[7 * i for i in range(len(made))])
    arrived = read_envelope(envelope(sent, packed=pack(sent)), no_payload).open()
    assert arrived.sums(range(len(made))) == {place: cell.total() for place, cell in enumerate(arrived.cells)}


def test_a_batch_that_waits_in_s3_is_fetched() -> None:
    sent = batch(new_id(), [Made()])
    assert read_envelope(envelope(sent, s3_key="a/b"), {"a/b": pack(sent)}.__getitem__).open() == ready(sent)


def test_log_ids_count_up_from_the_first() -> None:
    sent = batch(new_id(), [Made(), Made()])
    assert sent.log_id(0) == sent.first_log_id
    assert sent.log_id(9_999).int - sent.first_log_id.int == 9_999
    assert UUID(int=sent.log_id(9_999).int).version == 7


def broken(*, logs: int = 2, plain: bool = False, **changes: object) -> str:
    """The message of two logs, with something else in it than is right."""
    sent = batch(new_id(), [Made(), Made("other")])
    outer = json.loads(plain_envelope(sent) if plain else envelope(sent, packed=pack(sent)))
    data = base64.b64decode(outer["data"])
    unpacked = cast("Any", msgpack.unpackb(zlib.decompress(data[2 * HASH_BYTES :]), strict_map_key=False))
    content: dict[str, object] = (unpacked if plain else dict(zip(_PARTS, unpacked, strict=True))) | changes
    packed = cast("bytes", msgpack.packb(content if plain else list(content.values())))
    data = data[: 2 * HASH_BYTES] + zlib.compress(packed)
    return json.dumps(outer | {"logs": logs, "data": base64.b64encode(data).decode()})


@pytest.mark.parametrize(
    "body",
    [
        "",
        "not json",
        "[]",
        "{}",
        '{"v": 2}',
        '{"v": 3}',
        '{"v": 1, "data": "!"}',
        '{"v": 2, "data": "AAAA"}',
        envelope(LogBatch(new_id(), new_id(), batch(new_id(), []).received_at), packed=b"poison"),
        broken(logs=1),
        broken(logs=-1),
        broken(rows=[]),
        broken(cell=[0]),
        broken(cell=[0, 7]),
        broken(cells=[]),
        broken(cells=[[0]]),
        broken(plain=True, previews=[]),
        broken(plain=True, logs=1),
        broken(plain=True, logs=-1),
        broken(plain=True, level=b"\xff\xff"),
        broken(plain=True, source=[7, 7]),
    ],
    # Bodies have ids of their own in them, which no two processes make alike.
    ids=range(21),
)
def test_what_is_no_batch_is_refused(body: str) -> None:
    with pytest.raises(BatchFormatError):
        read_envelope(body, no_payload).open()
