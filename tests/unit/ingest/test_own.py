import gc
import gzip
import json
import time
import tracemalloc
from datetime import UTC, datetime
from typing import Any

import msgpack as untyped_msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.ingest.dialects import own
from functions.ingest.models import MAX_LOGS, Decoded
from shared.mockupaws.errors import InvalidRequestError, PayloadTooLargeError, UnauthorizedError
from shared.mockupaws.intake import MAX_MESSAGE_BYTES
from tests.unit.ingest.requests import FIRST_ID, messages, reply, request

msgpack: Any = untyped_msgpack


def decode(body: bytes | str) -> Decoded:
    return own.decode(request(), body.encode() if isinstance(body, str) else body)


def test_one_object_is_answered_with_its_id() -> None:
    decoded = decode('\n{"message": "hello", "source": "shop"}\n')
    assert (decoded.records[0].message, decoded.records[0].source) == ("hello", "shop")
    for body in ('{"message": "hello"}', '\r\n \t{"message": "hello"}\n'):
        _check_the_answer_to_one(body)


def _check_the_answer_to_one(body: str) -> None:
    answer = reply(decode(body))
    assert (answer.status, json.loads(answer.body)) == (
        202,
        {"status": "accepted", "log_id": str(FIRST_ID), "estimated_cost_impact": "0.00004"},
    )


def test_many_are_answered_with_their_number_and_the_rejected() -> None:
    answer = reply(decode('[{"message": "a"}, 17, {"message": ""}, ["b"], null, "c"]'))
    said = json.loads(answer.body)
    assert (answer.status, said["status"], said["accepted"]) == (202, "accepted", 2)
    assert [item["index"] for item in said["rejected"]] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{"message":"a"}\n{"log":"b"}\n', ["a", "b"]),
        ('{"message":"a"}\r\n\r\n{"log":"b"}', ["a", "b"]),
        ('{"message":"a"}{"msg":"b"} {"MESSAGE":"c"}', ["a", "b", "c"]),
        ('{\n  "message": "pretty",\n  "n": {\n "a": 1 }\n}\n{"log":"b"}', ["pretty", "b"]),
        ("plain one\n\n  indented two\r\nthree", ["plain one", "  indented two", "three"]),
        ("\ufeffwith a mark", ["with a mark"]),
        ("{not json} at all\n{'python': 1}", ["{not json} at all", "{'python': 1}"]),
        ('{"a":1} and text', ['{"a":1} and text']),
        ("[Sun Dec 04 04:47:44 2005] [error] x\n[1732270272] y\n[]z", None),
        ("[12345] started\n[12346] done", ["[12345] started", "[12346] done"]),
        ('["a", "b"]', ["a", "b"]),
        (' [ {"message":"a"} ,\n {"log":"b"} ] ', ["a", "b"]),
        ("[{broken", ["[{broken"]),
        ('{"message":"caffè ☕"}\n{"message":"\\ud83d\\ude00 😀"}', ["caffè ☕", "😀 😀"]),
        ('{"user":"ada",  "ok":true}', ['{"user":"ada","ok":true}']),
        ('{"message":{"a":1}}', ['{"a":1}']),
        ('{"message":17}', ["17"]),
        ('{"message":null,"log":"b"}', ["b"]),
        ('{"log":"line\\n"}', ["line"]),
        ('{"message":"","log":"real"}\n{"message":"\\n","msg":"","MESSAGE":"real"}', ["real", "real"]),
        ('{"message":"","log":{"level":"info"},"msg":"real"}', ["real"]),
        ('{"log":{"level":"warn"},"x":1}', ['{"log":{"level":"warn"},"x":1}']),
        ('{"log":{},"msg":"hello"}', ["hello"]),
        ('{"log":{},"x":1}', ['{"log":{},"x":1}']),
        ('{"message":{},"log":[],"msg":"hello"}', ["hello"]),
        ('{"message":{},"x":1}', ["{}"]),
        ('{"message":"","log":0}', ["0"]),
    ],
)
def test_bodies_are_read_by_what_they_are(body: str, expected: list[str] | None) -> None:
    decoded = decode(body)
    assert messages(decoded) == (body.split("\n") if expected is None else expected)
    assert decoded.unreadable == []


def test_a_damaged_object_among_objects_is_rejected_and_the_rest_taken() -> None:
    decoded = decode('{"message":"a"}\n{"message":"b\n{"message":"c"}\ntext\n{"d":[[}')
    assert messages(decoded) == ["a", "c", "text"]
    assert [(part.position, part.text) for part in decoded.unreadable] == [(1, '{"message":"b'), (4, '{"d":[[}')]


def test_a_damaged_array_keeps_what_came_before() -> None:
    for body in (
        '[{"message":"a"}, {"message": b}, {"message":"c"}]',
        '[{"message":"a"} {"message":"b"}]',
        '[{"message":"a"}',
    ):
        decoded = decode(body)
        assert messages(decoded) == ["a"]
        (refused,) = decoded.unreadable
        assert refused.error.endswith("what follows can't be told apart")


def test_fields_of_usual_shippers() -> None:
    record = decode('{"msg":"x","level":50,"service":{"name":"shop"},"time":1732270272123}').records[0]
    assert (record.level, record.source) == ("50", "shop")
    assert record.occurred_at == datetime(2024, 11, 22, 10, 11, 12, 123_000, tzinfo=UTC)
    assert decode('{"msg":"x","level":true,"severity":"ERROR"}').records[0].level == "ERROR"
    assert decode('{"msg":"x","host":{"name":"web-1"},"time":"soon"}').records[0].occurred_at is None


@pytest.mark.parametrize(
    ("fields", "level"),
    [
        ('"level":400,"level_name":"ERROR"', "400"),
        ('"level":9,"level_name":"ERROR"', "ERROR"),
        ('"level":"unknownlevel","severity":"ERROR"', "ERROR"),
        ('"LogLevel":"Error"', "Error"),
        ('"Level":"Fatal"', "Fatal"),
        ('"logLevel":"Warning"', "Warning"),
        ('"level":"","log":{"level":"warn"}', "warn"),
        ('"level":"loud","PRIORITY":"3"', "3"),
        ('"level":"loud"', None),
        ('"level":{"name":"error"},"severity":[]', None),
        (f'"level":{"9" * 4_000}', None),
    ],
)
def test_the_level_is_the_first_that_is_one(fields: str, level: str | None) -> None:
    assert decode(f'{{"message":"x",{fields}}}').records[0].level == level


_PACKED: list[tuple[list[Any], list[str]]] = [
    ([{"message": "a"}], ["a"]),
    ([{"message": "a"}, {"log": "b"}], ["a", "b"]),
    ([[1732270272, {"message": "a"}], [1732270273.5, {"message": "b"}]], ["a", "b"]),
    ([[[1732270272, {}], {"message": "a"}]], ["a"]),
    ([[{"message": "a"}, {"message": "b"}, "c"]], ["a", "b", "c"]),
    ([[{"message": "a"}, {"message": "b"}]], ["a", "b"]),
    (
        [[[1732270272, {"message": "a"}], [1732270273, {"message": "b"}], [1732270273, {"message": "c"}]]],
        ["a", "b", "c"],
    ),
    ([{b"message": b"bytes"}], ["bytes"]),
    ([{"message": "x" * 300, **{str(i): i for i in range(40)}}], ["x" * 300]),
]


@pytest.mark.parametrize(("packed", "expected"), _PACKED)
def test_msgpack_in_its_framings(packed: list[Any], expected: list[str]) -> None:
    decoded = decode(b"".join(map(msgpack.packb, packed)))
    assert messages(decoded) == expected
    assert decoded.unreadable == []


def test_damaged_msgpack_keeps_what_came_before() -> None:
    body = msgpack.packb([1732270272, {"message": "a"}]) + msgpack.packb([1, {"message": "long enough"}])[:-3]
    decoded = decode(body)
    assert messages(decoded) == ["a"]
    assert len(decoded.unreadable) == 1


@pytest.mark.parametrize("body", ["", "\ufeff"])
def test_an_empty_body_is_an_error_that_says_what_to_send(body: str) -> None:
    with pytest.raises(InvalidRequestError, match="empty"):
        decode(body)


# Blank lines too: to a 400, syslog-ng would send a log without a text again for ever.
@pytest.mark.parametrize("body", [b"[]", b" [ ] \n", b"\xef\xbb\xbf[]", b"\x90", b" \n\t", b"\r\n\r\n", b"\n"])
def test_a_body_without_a_log_is_taken(body: bytes) -> None:
    assert json.loads(reply(decode(body)).body)["accepted"] == 0


def test_a_mark_before_one_log_is_none_of_it() -> None:
    decoded = decode(b'\xef\xbb\xbf{"message": "a"}')
    assert messages(decoded) == ["a"]
    assert json.loads(reply(decoded).body)["log_id"]


def test_what_is_over_a_limit_is_refused_as_a_whole() -> None:
    for body in (
        b"x\n" * (MAX_LOGS + 1),
        b'{"message":"x"}' * (MAX_LOGS + 1),
        b'[{"a":1}' + b",1" * MAX_LOGS + b"]",
        b"x" * (MAX_MESSAGE_BYTES + 1),
        b'{"message":"' + b"x" * (MAX_MESSAGE_BYTES + 1) + b'"}',
        b'{"message":"x"}{"message":"y","z":"' + b"z" * 2_000_000 + b'"}',
        b'[{"message":"x","z":"' + b"z" * 2_000_000 + b'"}]',
        msgpack.packb({"message": "x", "z": "z" * 2_000_000}),
        msgpack.packb([{"message": "x"}] * (MAX_LOGS + 1)),
    ):
        with pytest.raises(PayloadTooLargeError):
            decode(body)
    assert len(decode(b"x\n" * MAX_LOGS).records) == MAX_LOGS


_NESTED = b'{"a":' * 3000
_BOMBS = {
    "deep arrays": b"[" * 3_000_000,
    "deep objects": _NESTED,
    "objects opened on each line": b'{"a":[\n{"b":"' + b"x" * 900 + b'"},\n' + b'{"a":[\n{"b":"cccc"},\n' * 9_000,
    "open strings": b'{"a":"b\n' * 9_000,
    "empty objects in one": b'{"a":[' + b"{}," * 340_000 + b"{}]}",
    "a number of thousands of digits": b'{"a":' + b"9" * 100_000 + b"}\n" * 3,
    "msgpack in msgpack": b"\x91" * 500_000,
    "msgpack that promises": b"\xdd\xff\xff\xff\xff",
    "msgpack maps": b"\x81\xa1a" * 100_000,
    "braces": b"{" * 500_000,
    "lines of braces": b"{\n" * 9_000,
    "white space": b'{"a":1}' + b" " * 8_000_000 + b'{"a":1}' + b"\n" * 8_000_000,
    "objects on one line": b'{"a":"' + b"x" * 1_500 + b'"}' + (b'{"a":"' + b"x" * 1_500 + b'"}') * 9_000,
}


@pytest.mark.parametrize("bomb", _BOMBS)
def test_a_bomb_costs_little_time_and_memory(bomb: str) -> None:
    body = _BOMBS[bomb]
    gc.collect()
    tracemalloc.start()
    started = time.thread_time()
    try:
        decode(body)
    except (PayloadTooLargeError, InvalidRequestError):
        pass
    finally:
        seconds = time.thread_time() - started
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 100_000_000
    assert seconds < 8  # with tracemalloc, which slows it several times


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_OBJECTS = st.lists(
    st.dictionaries(st.sampled_from(["message", "log", "x", "level", "host"]), _JSON, max_size=4),
    min_size=2,
    max_size=6,
)


@given(_OBJECTS)
def test_every_framing_of_the_same_objects_says_the_same(objects: list[dict[str, Any]]) -> None:
    texts = [json.dumps(each) for each in objects]
    framings = [
        json.dumps(objects),
        "\n".join(texts) + "\n",
        "".join(texts),
        "\r\n".join(texts),
        json.dumps(objects, indent=1),
    ]
    first, *others = [decode(body) for body in framings]
    for other in others:
        assert other.records == first.records
        assert [part.position for part in other.unreadable] == [part.position for part in first.unreadable]


@given(st.binary(max_size=400))
def test_any_bytes_are_read_without_an_unforeseen_error(body: bytes) -> None:
    # Nothing at all, and gzip that is none, are the sender's to mend.
    if not body.removeprefix(b"\xef\xbb\xbf") or body.startswith(b"\x1f\x8b"):
        return
    assert reply(decode(body)).status == 202


def test_gzip_is_told_by_its_first_bytes() -> None:
    assert messages(decode(gzip.compress(b"one\ntwo\n"))) == ["one", "two"]
    assert "log_id" in str(reply(decode(gzip.compress(b'{"message":"one"}'))).body)
    with pytest.raises(PayloadTooLargeError):
        decode(gzip.compress(b"\n" * (17 * 1024 * 1024)))
    with pytest.raises(InvalidRequestError):
        decode(gzip.compress(b"one\ntwo\n")[:-3])


def test_errors_have_the_api_s_form() -> None:
    answer = own.failed(request(), UnauthorizedError("Sign in."))
    said = json.loads(answer.body)
    assert (answer.status, said["error"], said["message"], said["request_id"]) == (
        401,
        "unauthorized",
        "Sign in.",
        "request-1",
    )
