import json
from typing import Any

import cramjam
import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.ingest.dialects import loki
from functions.ingest.snappy import SnappyError, unpack, unpacked_size
from shared.mockupaws.errors import InvalidRequestError, PayloadTooLargeError, UnauthorizedError
from shared.mockupaws.unpack import MAX_UNPACKED_BYTES
from tests.unit.ingest.framings import FRAMINGS, field, snappy
from tests.unit.ingest.requests import messages, reply, request

REQUEST = request("/loki/api/v1/push")
NANOSECONDS = "1732270272123456789"


def test_json_streams_with_their_labels() -> None:
    streams: list[dict[str, Any]] = [
        {
            "stream": {"app": "shop", "level": "warn"},
            "values": [[NANOSECONDS, "a"], [NANOSECONDS, "b", {"level": "error"}]],
        },
        {"stream": {}, "values": [[NANOSECONDS, "c"]]},
    ]
    decoded = loki.decode(REQUEST, json.dumps({"streams": streams}).encode())
    assert messages(decoded) == ["a", "b", "c"]
    assert [(record.source, record.level) for record in decoded.records] == [
        ("shop", "warn"),
        ("shop", "error"),
        (None, None),
    ]
    moment = decoded.records[0].occurred_at
    assert moment is not None
    assert moment.isoformat() == "2024-11-22T10:11:12.123456+00:00"
    assert (reply(decoded).status, reply(decoded).body) == (204, "")


def test_json_in_the_form_before_loki_1_0_is_read_too() -> None:
    entries = [
        {"ts": "2024-11-22T10:11:12.123456Z", "line": "a"},
        {"ts": "2024-11-22T12:11:12.123456+02:00", "line": "b"},
        {"line": "c"},
        {"ts": 1},
    ]
    streams: list[dict[str, Any]] = [
        {"labels": '{app="sh\\"op", severity="warning", x="y"}', "entries": entries},
        {"labels": {"app": "shop"}, "entries": []},
        {"labels": "{}", "entries": 7},
    ]
    decoded = loki.decode(REQUEST, json.dumps({"streams": streams}).encode())
    assert messages(decoded) == ["a", "b", "c"]
    assert {(record.source, record.level) for record in decoded.records} == {('sh"op', "warning")}
    assert [str(record.occurred_at) for record in decoded.records[:2]] == ["2024-11-22 10:11:12.123456+00:00"] * 2
    assert [part.position for part in decoded.unreadable] == [3, 4, 5]


def test_a_detected_level_that_is_none_leaves_the_others() -> None:
    labels = {"detected_level": "unknown", "severity": "error"}
    body = json.dumps({"streams": [{"stream": labels, "values": [[NANOSECONDS, "a"]]}]})
    assert loki.decode(REQUEST, body.encode()).records[0].level == "error"


def test_protobuf_in_snappy_with_escaped_labels() -> None:
    labels = field(1, b'{job="a \\"b\\"", x="y"}')
    entries = [field(2, field(2, b"line %d of many that repeat each other" % number)) for number in range(50)]
    decoded = loki.decode(REQUEST, snappy(field(1, labels + b"".join(entries))))
    assert len(decoded.records) == 50
    assert decoded.records[0].source == 'a "b"'


@pytest.mark.parametrize("name", ["Loki", "Loki, protobuf"])
def test_a_push_of_any_length_is_read(name: str) -> None:
    # A snappy block begins with its length, and 123 is a brace.
    for length in range(1, 400):
        assert messages(FRAMINGS[name].decode([FRAMINGS[name].log(b"x" * length)])) == ["x" * length]
    for space in (b" ", b"\n ", b"\r\n\t"):
        assert loki.decode(REQUEST, space + b"{" + space + b'"streams":[]}').records == []


def test_a_damaged_value_is_rejected_and_the_rest_taken() -> None:
    values = [[NANOSECONDS, "a"], ["soon", "b"], [NANOSECONDS], 3, [NANOSECONDS, ""]]
    decoded = loki.decode(REQUEST, json.dumps({"streams": [{"stream": {}, "values": values}]}).encode())
    assert messages(decoded) == ["a"]
    assert [part.position for part in decoded.unreadable] == [1, 2, 3, 4]
    assert reply(decoded).status == 204


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b'{"streams":3}',
        b'{"streams":{"a":1}}',
        b"nonsense",
        b"\xff" * 9,
        snappy(b"\xff\xff"),
        b"{" * 100_000,
    ],
)
def test_what_is_no_push_is_an_error(body: bytes) -> None:
    with pytest.raises(InvalidRequestError):
        loki.decode(REQUEST, body)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(PayloadTooLargeError):
        loki.decode(REQUEST, snappy(b"\0" * (MAX_UNPACKED_BYTES + 1)))


def test_errors_are_plain_text() -> None:
    answer = loki.failed(REQUEST, UnauthorizedError("Sign in."))
    assert (answer.status, answer.body) == (401, "Sign in.")


@given(
    st.binary(max_size=3000)
    | st.lists(st.sampled_from([b"abcd", b"aaaaaaaa", b"log line ", b"\0" * 70]), max_size=200).map(b"".join)
)
def test_snappy_unpacks_what_the_reference_packs(data: bytes) -> None:
    packed = snappy(data)
    assert unpacked_size(packed) == len(data)
    assert unpack(packed) == data


def test_snappy_knows_long_literals_and_far_copies() -> None:
    far = bytes(range(256)) * 300 + b"x" * 70_000 + bytes(range(256))
    assert unpack(snappy(far)) == far
    # A copy with an offset of four bytes, which packers seldom write.
    assert unpack(b"\x08\x0cabcd\x0f\x04\x00\x00\x00") == b"abcdabcd"


def test_a_mark_before_json_is_none_of_it() -> None:
    body = b'\xef\xbb\xbf{"streams":[{"stream":{},"values":[["1732270272123456789","a"]]}]}'
    assert messages(loki.decode(REQUEST, body)) == ["a"]


@given(st.binary(max_size=60))
def test_damaged_snappy_is_an_error_of_its_own(data: bytes) -> None:
    try:
        out = unpack(data)
    except SnappyError:
        return
    assert len(out) == unpacked_size(data)
    assert out == bytes(cramjam.snappy.decompress_raw(data))
