"""A batch comes out of its envelope as it went in, and nothing else is taken for one."""

import base64
import json
import zlib
from typing import cast
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
from shared.mockupaws.contracts.traffic import LEVELS
from shared.mockupaws.ids import new_id
from tests.batches import Made, batch


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
    assert read_envelope(envelope(sent, packed=pack(sent)), no_payload).open() == sent


def test_a_batch_that_waits_in_s3_is_fetched() -> None:
    sent = batch(new_id(), [Made()])
    assert read_envelope(envelope(sent, s3_key="a/b"), {"a/b": pack(sent)}.__getitem__).open() == sent


def test_log_ids_count_up_from_the_first() -> None:
    sent = batch(new_id(), [Made(), Made()])
    assert sent.log_id(0) == sent.first_log_id
    assert sent.log_id(9_999).int - sent.first_log_id.int == 9_999
    assert UUID(int=sent.log_id(9_999).int).version == 7


def broken(logs: int = 2, **changes: object) -> str:
    sent = batch(new_id(), [Made(), Made("other")])
    packed = pack(sent)
    unpacked = zlib.decompress(packed[2 * HASH_BYTES :])
    columns = cast("dict[str, object]", msgpack.unpackb(unpacked, strict_map_key=False)) | changes
    data = packed[: 2 * HASH_BYTES] + zlib.compress(cast("bytes", msgpack.packb(columns)))
    return json.dumps(json.loads(envelope(sent)) | {"logs": logs, "data": base64.b64encode(data).decode()})


@pytest.mark.parametrize(
    "body",
    [
        "",
        "not json",
        "[]",
        "{}",
        '{"v": 2}',
        '{"v": 1, "data": "!"}',
        '{"v": 1, "data": "AAAA"}',
        envelope(LogBatch(new_id(), new_id(), batch(new_id(), []).received_at), packed=b"poison"),
        broken(previews=[]),
        broken(logs=1),
        broken(logs=-1),
        broken(level=b"\xff\xff"),
        broken(source=[7, 7]),
    ],
    # Bodies have ids of their own in them, which no two processes make alike.
    ids=range(13),
)
def test_what_is_no_batch_is_refused(body: str) -> None:
    with pytest.raises(BatchFormatError):
        read_envelope(body, no_payload).open()
