import base64
import gzip
import json
from typing import Any

import pytest

from functions.ingest.dialects import firehose
from functions.ingest.models import Decoded
from shared.mockupaws.errors import InvalidRequestError, PayloadTooLargeError, RateLimitedError
from shared.mockupaws.unpack import MAX_UNPACKED_BYTES
from tests.unit.ingest.requests import messages, reply, request

REQUEST = request("/firehose", x_amz_firehose_request_id="id-1")


def body_of(*records: bytes | str) -> bytes:
    data = [{"data": base64.b64encode(r).decode() if isinstance(r, bytes) else r} for r in records]
    return json.dumps({"requestId": "id-1", "timestamp": 1, "records": data}).encode()


def decode(*records: bytes | str) -> Decoded:
    return firehose.decode(REQUEST, body_of(*records))


def cloudwatch(**changes: Any) -> bytes:
    events = [
        {"id": 1, "timestamp": 1732270272123, "message": "a\n"},
        {"id": "2", "timestamp": 1732270272124, "message": "b"},
    ]
    sent = {"messageType": "DATA_MESSAGE", "owner": "1", "logGroup": "/g", "logStream": "s", "logEvents": events}
    return gzip.compress(json.dumps({**sent, **changes}).encode())


def test_the_request_s_id_comes_back() -> None:
    answer = reply(decode(b'{"message":"a"}'))
    said = json.loads(answer.body)
    assert (answer.status, answer.content_type, said["requestId"]) == (200, "application/json", "id-1")
    assert isinstance(said["timestamp"], int)


def test_cloudwatch_logs_are_unpacked_and_control_messages_skipped() -> None:
    decoded = decode(cloudwatch(), cloudwatch(messageType="CONTROL_MESSAGE"), cloudwatch(logGroup="/h") + cloudwatch())
    assert messages(decoded) == ["a", "b"] * 3
    assert [record.source for record in decoded.records] == ["/g", "/g", "/h", "/h", "/g", "/g"]
    assert reply(decode(cloudwatch(messageType="CONTROL_MESSAGE"))).status == 200


def test_a_delivery_that_firehose_unpacked_itself_is_read_too() -> None:
    assert messages(decode(gzip.decompress(cloudwatch()))) == ["a", "b"]


def test_one_message_that_is_too_large_for_sqs_is_no_reason_to_refuse_the_others() -> None:
    events = [{"id": "1", "timestamp": 1, "message": "x" * 300_000}, {"id": "2", "timestamp": 2, "message": "b"}]
    decoded = decode(cloudwatch(logEvents=events))
    assert messages(decoded) == ["b"]
    assert [part.position for part in decoded.unreadable] == [0]


@pytest.mark.parametrize(
    "record",
    [
        b"x" * 300_000,
        "é".encode() * 140_000,
        json.dumps({"message": "x" * 300_000}).encode(),
        b'{"a":"' + b"x" * 1_100_000 + b'"}',
        b"x" * 1_100_000,
        gzip.compress(b"x" * 1_100_000),
    ],
    ids=["text", "text by its bytes", "a message", "an object", "a line", "a line in gzip"],
)
def test_a_record_that_is_too_large_is_refused_alone(record: bytes) -> None:
    decoded = decode(b"before", record, b"behind")
    assert messages(decoded) == ["before", "behind"]
    (refused,) = decoded.unreadable
    assert (refused.position, refused.error.partition(";")[0]) == (1, "larger than 262,144 bytes")


def test_several_deliveries_of_cloudwatch_logs_in_a_record_may_be_larger_than_one() -> None:
    both = gzip.decompress(many(14_000)) + b"\n" + gzip.decompress(many(3))
    assert len(decode(b"\n" + both, gzip.compress(both)).records) == 2 * 14_003


def test_what_is_too_large_is_sent_again_and_not_dropped() -> None:
    # "Response code 413 … is considered as a permanent failure and the record batch is not sent to error bucket"
    answer = firehose.failed(REQUEST, PayloadTooLargeError("too much"))
    assert (answer.status, json.loads(answer.body)["errorMessage"]) == (400, "too much")


@pytest.mark.parametrize("bad", [{"id": "1", "timestamp": 1}, {"message": None}, {}, 7, None, [[]]])
def test_an_event_without_a_message_is_refused_alone(bad: object) -> None:
    events = [{"timestamp": 1, "message": "a"}, bad, {"timestamp": "soon", "message": "b"}, {"message": "c"}]
    decoded = decode(cloudwatch(logEvents=events))
    assert messages(decoded) == ["a", "b", "c"]
    assert [(part.position, part.error) for part in decoded.unreadable] == [(1, "an event without a message")]


@pytest.mark.parametrize("depth", range(900, 1_000, 10))
def test_a_message_that_is_no_text_costs_no_other_delivery(depth: int) -> None:
    deep = b'{"messageType":"DATA_MESSAGE","logGroup":"/g","logEvents":[{"timestamp":1,"message":%s}]}'
    decoded = decode(deep % (b'{"a":' * depth + b"1" + b"}" * depth), cloudwatch())
    assert messages(decoded)[-2:] == ["a", "b"]
    assert decoded.position == 3


@pytest.mark.parametrize("time", [float("inf"), 10**30, -1, 0])
def test_a_time_out_of_range_costs_no_log(time: float) -> None:
    decoded = decode(cloudwatch(logEvents=[{"timestamp": time, "message": "a"}, {"timestamp": 1, "message": "b"}]))
    assert messages(decoded) == ["a", "b"]
    assert decoded.records[0].occurred_at is None


def test_an_empty_id_is_none() -> None:
    with pytest.raises(PayloadTooLargeError):
        firehose.decode(request("/firehose", x_amz_firehose_request_id=""), body_of(many(10_001)))


def many(logs: int) -> bytes:
    return cloudwatch(logEvents=[{"id": str(i), "timestamp": 1732270272123, "message": "x" * 60} for i in range(logs)])


def test_a_delivery_of_cloudwatch_logs_may_be_larger_than_a_record() -> None:
    assert len(gzip.decompress(many(14_000))) > 1024 * 1024
    assert len(decode(many(14_000)).records) == 14_000
    assert len(decode(many(14_000), many(14_000), b"and a line").records) == 28_001


def test_a_delivery_has_a_limit_too() -> None:
    assert len(decode(*[many(10_000)] * 10).records) == 100_000
    with pytest.raises(PayloadTooLargeError):
        decode(*[many(10_000)] * 10, b"one more")


def test_a_damaged_record_is_rejected_and_the_rest_taken() -> None:
    decoded = decode(
        "not base64!", cloudwatch()[:-9], cloudwatch(logEvents=[{"id": "1"}]), cloudwatch(logEvents=3), b"fine"
    )
    assert messages(decoded) == ["fine"]
    assert [part.position for part in decoded.unreadable] == [0, 1, 2, 3]
    assert reply(decoded).status == 200


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"requestId":"a","records":3}', b'{"requestId":1,"records":[]}', b"[" * 100_000]
)
def test_what_is_no_delivery_is_an_error(body: bytes) -> None:
    with pytest.raises(InvalidRequestError):
        firehose.decode(REQUEST, body)


def test_bombs_are_refused_even_when_cut_into_records() -> None:
    part = gzip.compress(b" " * (MAX_UNPACKED_BYTES // 2))
    with pytest.raises(PayloadTooLargeError):
        decode(part, part, gzip.compress(b"x"))
    with pytest.raises(PayloadTooLargeError):
        decode(gzip.compress(b" " * (MAX_UNPACKED_BYTES + 1)))


def test_errors_have_firehose_s_form() -> None:
    answer = firehose.failed(REQUEST, RateLimitedError(limit=1000, reset_seconds=3))
    said = json.loads(answer.body)
    assert (answer.status, said["requestId"]) == (429, "id-1")
    assert "1000 requests" in said["errorMessage"]
