"""Bodies that are made to cost a dialect as much as they can, of any size."""

import base64
import gzip
from collections.abc import Callable

from tests.unit.ingest.framings import field, snappy

_MIB = 1024 * 1024
_HEADERS = 64
_Body = Callable[[int], bytes]


def _filled(size: int, unit: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    return before + unit * ((size - len(before) - len(after)) // len(unit)) + after


def _array(before: bytes, unit: bytes, after: bytes) -> _Body:
    return lambda size: _filled(size, unit + b",", before, unit + after)


def _nested(unit: bytes, *numbers: int) -> _Body:
    """Protobuf that is full of a unit, within fields of these numbers."""

    def body(size: int) -> bytes:
        data = _filled(size - _HEADERS, unit)
        for number in reversed(numbers):
            data = field(number, data)
        return data

    return body


def _records(unit: bytes, *numbers: int) -> _Body:
    """The same as records that are just small enough, in OTLP's scope or Loki's stream."""
    return lambda size: b"".join([field(2, _nested(unit, *numbers)(_MIB - _HEADERS))] * (size // _MIB))


def _in_scope(records: _Body) -> _Body:
    return lambda size: field(1, field(2, records(size)))


def _loki(stream: _Body) -> _Body:
    return lambda size: snappy(field(1, stream(size)))


def _firehose(data: bytes) -> _Body:
    return _array(b'{"requestId":"a","timestamp":1,"records":[', b'{"data":"%s"}' % base64.b64encode(data), b"]}")


def _lines(line: bytes) -> _Body:
    return lambda size: _filled(size, line + b"\n")


def _names(size: int, form: bytes) -> bytes:
    return b",".join(form % number for number in range(size // 2 // len(form % 10**6)))


_OTLP, _LOKI, _DEEP = "/otlp/v1/logs", "/loki/api/v1/push", b'{"a":' * 1_200
_EMPTY = gzip.compress(b"", mtime=0)
BOMBS: dict[str, tuple[str, _Body]] = {
    "empty resources": (_OTLP, _nested(field(1, b""))),
    "resources of an empty scope": (_OTLP, _nested(field(1, field(2, b"")))),
    "empty scopes": (_OTLP, _nested(field(2, b""), 1)),
    "empty logs": (_OTLP, _nested(field(2, b""), 1, 2)),
    "empty attributes of a resource": (_OTLP, _nested(field(1, b""), 1, 1)),
    "empty attributes of logs": (_OTLP, _in_scope(_records(field(6, b"")))),
    "arrays of nothing": (_OTLP, _in_scope(_records(field(1, b""), 5, 5))),
    "maps of nothing": (_OTLP, _in_scope(_records(field(1, b""), 5, 6))),
    "empty resources in JSON": (_OTLP, _array(b'{"resourceLogs":[', b"{}", b"]}")),
    "resources that are none": (_OTLP, _array(b'{"resourceLogs":[', b"1", b"]}")),
    "a resource of many attributes": (
        _OTLP,
        lambda size: (
            b'{"resourceLogs":[{"resource":{"attributes":[%s]},"scopeLogs":[{"logRecords":[%s]}]}]}'
            % (_names(min(size, 8 * _MIB), b'{"key":"a%d"}'), b",".join([b'{"body":{"stringValue":"a"}}'] * 9_000))
        ),
    ),
    "brackets in a text": (_OTLP, lambda size: _filled(size, b'"\\"', b'{"resourceLogs":' + _DEEP)),
    "records nested too deeply": (_OTLP, _array(b'{"resourceLogs":[', _DEEP + b"1" + b"}" * 1_200, b"]}")),
    "empty streams": (_LOKI, lambda size: snappy(_nested(field(1, b""))(size))),
    "empty entries": (_LOKI, _loki(_nested(field(2, b"")))),
    "empty metadata": (_LOKI, _loki(_records(field(3, b"")))),
    "a long label": (_LOKI, _loki(_nested(b"a", 1))),
    "labels of spaces": (_LOKI, _loki(_nested(b"a  ", 1))),
    "labels of escapes": (_LOKI, _loki(_nested(b'a="\\', 1))),
    "streams of labels": (_LOKI, lambda size: snappy(field(1, _nested(b'a="\\', 1)(_MIB)) * (size // _MIB))),
    "labels for many entries": (
        _LOKI,
        _loki(lambda size: field(1, _names(min(size, _MIB), b'a%d=""')) + field(2, field(2, b"a")) * 9_000),
    ),
    "empty streams in JSON": (_LOKI, _array(b'{"streams":[', b"{}", b"]}")),
    "streams that are none": (_LOKI, _array(b'{"streams":[', b"1", b"]}")),
    "labels for many values": (
        _LOKI,
        lambda size: (
            b'{"streams":[{"stream":{%s},"values":[%s]}]}'
            % (_names(size, b'"a%d":""'), b",".join([b'["1732270272000000000","a"]'] * 9_000))
        ),
    ),
    "empty records": ("/firehose", _firehose(b"")),
    "records of empty gzip": ("/firehose", _firehose(_EMPTY)),
    "a record of empty gzips": ("/firehose", lambda size: _firehose(_EMPTY * (size // 30))(size)),
    "control messages": ("/firehose", _firehose(b'{"messageType":"CONTROL_MESSAGE"}' * 1_000)),
    "deliveries of nothing": (
        "/firehose",
        _firehose(gzip.compress(b'{"messageType":"DATA_MESSAGE","logGroup":"a","logEvents":[]}' * 9_000)),
    ),
    "deletions": ("/_bulk", _lines(b'{"delete":{}}')),
    "documents that are none": ("/_bulk", _lines(b'{"create":{}}\n1')),
    "empty events": ("/services/collector/event", _lines(b"{}")),
    "empty raw lines": ("/services/collector/raw", _lines(b"\r")),
    "empty lines": ("", _lines(b"\r")),
    "lines nested too deeply": ("", _lines(_DEEP + b"1" + b"}" * 1_200)),
    "lines nested without an end": ("", _lines(_DEEP)),
    "texts nested too deeply": ("", lambda size: _filled(size, b'"\\"', _DEEP)),
    "numbers of thousands of digits": ("", _lines(b'{"a":%s}' % (b"9" * 5_000))),
    "objects of empty objects": ("", lambda size: _array(b'{"a":[', b"{}", b"]}\n")(_MIB - 64) * (size // _MIB)),
    "maps of empty maps in msgpack": (
        "",
        lambda size: (b"\x82\xa7message\xa1m\xa1a\xdd\x00\x07\xa1\x20" + b"\x80" * 500_000) * (size // 500_000),
    ),
}
