"""The same logs in each dialect's framings, as bytes, so that one of them can be whatever a sender may do wrong."""

import base64
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import cramjam

from functions.ingest.models import Decoded
from tests.unit.ingest.requests import dialect, request


@dataclass(frozen=True)
class Framing:
    """How a dialect frames logs.

    Attributes:
        path: of its door.
        log: the record of a message; in JSON the message is what stands between quotation marks.
        body: the request's body with these records.
        content_type: of the body.
    """

    path: str
    log: Callable[[bytes], bytes]
    body: Callable[[Iterable[bytes]], bytes]
    content_type: str = "application/json"

    def decode(self, records: Iterable[bytes]) -> Decoded:
        """What the door reads of them."""
        return dialect(self.path).decode(request(self.path, content_type=self.content_type), self.body(records))


def _joined(joint: bytes, before: bytes = b"", after: bytes = b"") -> Callable[[Iterable[bytes]], bytes]:
    return lambda records: before + joint.join(records) + after


def _delivery(parts: Iterable[bytes]) -> bytes:
    data = b",".join(b'{"data":"' + base64.b64encode(part) + b'"}' for part in parts)
    return b'{"requestId":"id-1","timestamp":1,"records":[' + data + b"]}"


def _object(text: bytes) -> bytes:
    return b'{"message":"' + text + b'"}'


_lines = _joined(b"\n")
IN_JSON = {
    "array": Framing("", _object, _joined(b", ", b"[", b"]")),
    "large array": Framing("", _object, _joined(b", ", b"[" + (b'"' + b"x" * 200_000 + b'",') * 6, b"]")),
    "NDJSON": Framing("", _object, _lines),
    "concatenated": Framing("", _object, _joined(b"")),
    "bulk": Framing("/_bulk", _object, lambda records: b"".join(b'{"create":{}}\n' + r + b"\n" for r in records)),
    "HEC": Framing("/services/collector/event", lambda text: b'{"event":"' + text + b'"}', _joined(b"")),
    "Firehose": Framing("/firehose", _object, _delivery),
    "Firehose, one record": Framing("/firehose", _object, lambda records: _delivery([_lines(records)])),
    "Loki": Framing(
        "/loki/api/v1/push",
        lambda text: b'["1732270272000000000","' + text + b'"]',
        _joined(b",", b'{"streams":[{"stream":{"app":"a"},"values":[', b"]}]}"),
    ),
    "OTLP": Framing(
        "/otlp/v1/logs",
        lambda text: b'{"body":{"stringValue":"' + text + b'"}}',
        _joined(b",", b'{"resourceLogs":[{"scopeLogs":[{"logRecords":[', b"]}]}]}"),
    ),
}


def field(number: int, data: bytes) -> bytes:
    """A text, a message or bytes, as protobuf has them in a message."""
    size, length = len(data), b""
    while size > 127:
        length += bytes([size & 127 | 128])
        size >>= 7
    return bytes([number << 3 | 2]) + length + bytes([size]) + data


def _fields(number: int, each: Iterable[bytes]) -> bytes:
    return b"".join(field(number, data) for data in each)


def snappy(data: bytes) -> bytes:
    """As Loki's clients pack it."""
    return bytes(cramjam.snappy.compress_raw(data))


IN_PROTOBUF = {
    "Loki, protobuf": Framing(
        "/loki/api/v1/push",
        lambda text: field(2, text),
        lambda records: snappy(field(1, field(1, b'{app="a"}') + _fields(2, records))),
        "application/x-protobuf",
    ),
    "OTLP, protobuf": Framing(
        "/otlp/v1/logs",
        lambda text: field(5, field(1, text)),
        lambda records: field(1, field(2, _fields(2, records))),
        "application/x-protobuf",
    ),
}
FRAMINGS = {**IN_JSON, **IN_PROTOBUF}
