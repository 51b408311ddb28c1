"""A bad record is nobody else's: it is mended or refused, and the logs beside it are taken."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.mockupaws.errors import InvalidRequestError, PayloadTooLargeError
from shared.mockupaws.profiling.unicode import utf8
from tests.unit.ingest.framings import FRAMINGS, IN_JSON, IN_PROTOBUF, Framing, field, snappy
from tests.unit.ingest.requests import dialect, messages, reply, request

_PATHS = {framing.path for framing in FRAMINGS.values()} | {"/services/collector/raw"}
# Names by which some dialect looks into what comes.
_NAMES = (
    "message", "log", "level", "host", "time", "timestamp", "event", "fields", "create", "index", "_id", "requestId",
    "records", "data", "streams", "stream", "values", "resourceLogs", "resource", "scopeLogs", "scope", "name",
    "logRecords", "attributes", "key", "value", "body", "kvlistValue", "arrayValue", "intValue", "severityNumber",
    "timeUnixNano", "messageType", "logEvents", "logGroup", "kubernetes",
)  # fmt: skip
# What may stand in a JSON string as it is, beside bytes that no UTF-8 text has.
_BYTES = st.lists(
    st.sampled_from([b"a", b" ", b"{", b"caf\xc3\xa9", b"\xe9", b"\xff\xfe", b"\xe2\x82", b"\xed\xa0\x80"])
)
framed = pytest.mark.parametrize("framing", FRAMINGS.values(), ids=FRAMINGS)
framed_in_json = pytest.mark.parametrize("framing", IN_JSON.values(), ids=IN_JSON)


def _plain(text: str) -> str:
    return utf8(text)[0].replace("\N{REPLACEMENT CHARACTER}", "")


@framed
@given(texts=st.lists(_BYTES.map(lambda parts: b"m" + b"".join(parts)), min_size=1, max_size=6))
def test_bytes_that_are_no_utf_8_cost_no_log(framing: Framing, texts: list[bytes]) -> None:
    decoded = framing.decode(map(framing.log, texts))
    expected = [text.decode("utf-8", "ignore") for text in texts]
    assert [_plain(message) for message in messages(decoded)][-len(texts) :] == expected
    assert decoded.unreadable == []


@framed
def test_what_comes_after_a_bad_byte_is_where_it_was(framing: Framing) -> None:
    texts = [b"%d" % number for number in range(1_000)]
    decoded = framing.decode(map(framing.log, [b"first", b"caf\xe9", *texts]))
    assert messages(decoded)[-1_000:] == [text.decode() for text in texts]


@pytest.mark.parametrize("name", ["_id", "_index"])
@pytest.mark.parametrize("value", [b'"caf\xe9"', rb'"\ud83d"'])
def test_what_an_answer_repeats_is_text(name: str, value: bytes) -> None:
    bulk = FRAMINGS["bulk"]
    body = b'{"create":{"' + name.encode() + b'":' + value + b'}}\n{"message":"a"}\n'
    answer = reply(Framing(bulk.path, bulk.log, b"".join).decode([body]))
    assert isinstance(answer.body, str)
    assert "\N{REPLACEMENT CHARACTER}" in answer.body
    assert answer.body.encode()


_SECRET = b"ada.lovelace@example.com"


def _nested(depth: int) -> bytes:
    return b'{"a":' * depth + b"1" + b"}" * depth


def _nested_otlp(depth: int) -> bytes:
    return b'{"kvlistValue":{"values":[{"key":"a","value":' * depth + b"{}" + b"}]}}" * depth


# What JSON can say and no reader of ours, or only just.
_BAD = {
    **{name: [_nested(100_000)] for name in IN_JSON},
    **{name: [b"\xff\xff", field(2, b"cut")[:-1], b"\x0a\x7f"] for name in IN_PROTOBUF},
    "HEC": [b'{"event":%s}' % _nested(100_000), b'{"event":""}'],
    "Loki": [
        b'[%s,"b"]' % _nested(100_000), b'["%s","b"]' % _SECRET, b'["12"]', b'"12"', b'[null,"b"]',
        b"3", b"null", b"{}", b"[]",
    ],
    "OTLP": [
        b'{"body":%s}' % _nested_otlp(20_000),
        b'{"body":{"intValue":"%s"}}' % _SECRET,
        b'{"body":{"intValue":%s}}' % (b"9" * 5_000),
        b'{"body":{"bytesValue":"%s"}}' % _SECRET,
        b'{"attributes":[{"%s":1}]}' % _SECRET,
        b'{"attributes":{"a":1}}',
        b"3", b"null", b"[]",
    ],
}  # fmt: skip


@framed
def test_a_bad_record_is_refused_alone_wherever_it_stands(framing: Framing) -> None:
    (name,) = [name for name, each in FRAMINGS.items() if each is framing]
    good = [b"one", b"two", b"three"]
    for bad in _BAD[name]:
        for place in range(len(good) + 1):
            records = [*map(framing.log, good)]
            records.insert(place, bad)
            decoded = framing.decode(records)
            assert messages(decoded)[-3:] == ["one", "two", "three"], bad[:80]
            (refused,) = decoded.unreadable
            assert refused.position == place + len(messages(decoded)) - 3
            assert len(refused.error) < 100
            assert _SECRET.decode() not in refused.error
            assert 200 <= reply(decoded).status < 300


@framed_in_json
def test_at_any_depth_a_record_costs_no_other(framing: Framing) -> None:
    (name,) = [name for name, each in FRAMINGS.items() if each is framing]
    form = {"HEC": b'{"event":%s}', "Loki": b'["1732270272000000000",%s]', "OTLP": b'{"body":%s}'}.get(name, b"%s")
    for depth in range(850, 1_050):
        deep = form % (_nested_otlp(depth // 4) if name == "OTLP" else _nested(depth))
        decoded = framing.decode([framing.log(b"one"), deep, framing.log(b"two")])
        assert messages(decoded)[-1] == "two"
        assert decoded.position == framing.decode(map(framing.log, [b"one", b"a", b"two"])).position


_TIMES = {
    "Loki": b'[%s,"timed"]',
    "OTLP": b'{"timeUnixNano":%s,"body":{"stringValue":"timed"}}',
    "HEC": b'{"time":%s,"event":"timed"}',
}


@framed_in_json
@pytest.mark.parametrize("time", [b"1e400", b"-1e400", b"9" * 5_000, b'"' + b"9" * 5_000 + b'"', b"NaN", b"-5", b"0"])
def test_a_time_out_of_range_is_none(framing: Framing, time: bytes) -> None:
    (name,) = [name for name, each in FRAMINGS.items() if each is framing]
    timed = _TIMES.get(name, b'{"timestamp":%s,"message":"timed"}') % time
    decoded = framing.decode([framing.log(b"before"), timed, framing.log(b"after")])
    assert messages(decoded)[-3:] == ["before", "timed", "after"]
    assert decoded.records[-2].occurred_at is None
    assert decoded.unreadable == []


@pytest.mark.parametrize("bad", ["3", "null", '{"values":5}', '{"stream":"a","values":[]}', '{"stream":[[]]}'])
def test_a_bad_stream_is_refused_alone(bad: str) -> None:
    good = '{"stream":{"app":"a"},"values":[["1732270272000000000","one"]]}'
    _check_that_it_is_refused_alone("/loki/api/v1/push", '{"streams":[', good, bad)


@pytest.mark.parametrize(
    "bad", ["3", "null", '{"resource":3}', '{"scopeLogs":3}', '{"scopeLogs":[{"logRecords":"x"}]}']
)
def test_a_bad_resource_is_refused_alone(bad: str) -> None:
    good = '{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"one"}}]}]}'
    _check_that_it_is_refused_alone("/otlp/v1/logs", '{"resourceLogs":[', good, bad)


def test_a_bad_scope_is_refused_alone() -> None:
    body = b'{"resourceLogs":[{"scopeLogs":[3,{"logRecords":[{"body":{"stringValue":"one"}}]},{"scope":[[]]}]}]}'
    decoded = dialect("/otlp/v1/logs").decode(request("/otlp/v1/logs"), body)
    assert messages(decoded) == ["one"]
    assert [part.position for part in decoded.unreadable] == [0, 2]


@pytest.mark.parametrize("bad", ["3", "null", "{}", '{"data":3}', '{"data":' + "[" * 2_000 + "]" * 2_000 + "}"])
def test_a_bad_firehose_record_is_refused_alone(bad: str) -> None:
    _check_that_it_is_refused_alone("/firehose", '{"requestId":"a","timestamp":1,"records":[', '{"data":"b25l"}', bad)


def _check_that_it_is_refused_alone(path: str, before: str, good: str, bad: str) -> None:
    """Wherever it stands among good parts of a body, each of which holds a log `one`."""
    for parts in ([bad, good], [good, bad], [good, bad, good]):
        decoded = dialect(path).decode(request(path), f"{before}{','.join(parts)}]}}".encode())
        assert messages(decoded) == ["one"] * (len(parts) - 1)
        assert [part.position for part in decoded.unreadable] == [parts.index(bad)]


def test_a_log_of_protobuf_that_is_nested_too_deeply_is_refused_alone() -> None:
    framing = IN_PROTOBUF["OTLP, protobuf"]
    deep = b""
    for _ in range(500):
        deep = field(5, field(1, deep))
    decoded = framing.decode([framing.log(b"one"), field(5, deep), framing.log(b"two")])
    assert messages(decoded) == ["one", "two"]
    assert [part.position for part in decoded.unreadable] == [1]


def test_whatever_is_no_utf_8_in_protobuf_is_text() -> None:
    attribute = field(6, field(1, b"\xe9") + field(2, field(1, b"\xff")))
    resource = field(1, field(1, field(1, b"service.name") + field(2, field(1, b"caf\xe9"))))
    otlp = field(1, resource + field(2, field(1, field(1, b"\xff")) + field(2, attribute + field(3, b"\xe9"))))
    decoded = dialect("/otlp/v1/logs").decode(request("/otlp/v1/logs"), otlp)
    assert [(record.message, record.source) for record in decoded.records] == [('{"�":"�"}', "caf�")]
    line = field(2, b"\xff")
    told = line + field(3, field(1, b"service_name") + field(2, b"\xe9")) + field(3, field(1, b"\xe9"))
    loki = snappy(field(1, field(1, b'{app="caf\xe9"}') + field(2, line) + field(2, told)))
    decoded = dialect("/loki/api/v1/push").decode(request("/loki/api/v1/push"), loki)
    assert [(record.message, record.source) for record in decoded.records] == [("�", "caf�"), ("�", "�")]


@pytest.mark.parametrize("bad", [b"\xff", b"\x0a\x7f"])
def test_a_bad_stream_resource_or_scope_of_protobuf_is_refused_alone(bad: bytes) -> None:
    stream, scope = field(1, field(2, field(2, b"one"))), field(2, field(2, field(5, field(1, b"one"))))
    for path, body in (
        ("/loki/api/v1/push", snappy(field(1, bad) + stream)),
        ("/otlp/v1/logs", field(1, bad) + field(1, scope)),
        ("/otlp/v1/logs", field(1, field(2, bad) + scope)),
    ):
        decoded = dialect(path).decode(request(path, content_type="application/x-protobuf"), body)
        assert messages(decoded) == ["one"]
        assert [part.position for part in decoded.unreadable] == [0]


def test_msgpack_that_is_nested_too_deeply_is_refused_alone() -> None:
    good = b"\x81\xa7message\xa1m"
    for depth in (500, 990, 1_010, 1_020):
        decoded = dialect("").decode(request(), good + b"\x81\xa1a" * depth + b"\x01" + good)
        assert messages(decoded)[:1] + messages(decoded)[-1:] == ["m", "m"]
        assert decoded.position == 3


@pytest.mark.parametrize("depth", [*range(900, 1_000, 10), 100_000])
def test_a_sample_of_what_is_nested_too_deeply_has_its_beginning(depth: int) -> None:
    for refused in FRAMINGS["NDJSON"].decode([b'{"user":"ada","a":' + _nested(depth) + b"}"]).unreadable:
        assert refused.error.endswith("nested too deeply")
        assert refused.text.startswith('{"user":"ada","a":{"a":')


_ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(_NAMES), inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize("path", sorted(_PATHS))
@given(body=_ANY_JSON.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=300))
def test_whatever_comes_is_read_or_an_error_that_says_so(path: str, body: bytes) -> None:
    for content_type in ("application/json", "application/x-protobuf"):
        try:
            decoded = dialect(path).decode(request(path, content_type=content_type), body)
        except (InvalidRequestError, PayloadTooLargeError):
            continue
        assert 200 <= reply(decoded).status < 300


@pytest.mark.parametrize("bad", [b"\xff", b"\x0a\x7f"])
def test_a_resource_or_scope_of_protobuf_that_can_t_be_read_costs_none_of_its_logs(bad: bytes) -> None:
    logs = field(2, field(5, field(1, b"one"))) * 2
    for body in (field(1, field(1, bad) + field(2, logs)), field(1, field(2, field(1, bad) + logs))):
        decoded = dialect("/otlp/v1/logs").decode(request("/otlp/v1/logs", content_type="application/x-protobuf"), body)
        assert messages(decoded) == ["one", "one"]
        assert decoded.unreadable == []
