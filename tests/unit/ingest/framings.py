"""The same logs in each dialect's framings, as bytes, so that one of them can be whatever a sender may do wrong."""

import base64
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from functions.ingest.models import Decoded
from tests.unit.ingest.requests import dialect, request


@dataclass(frozen=True)
class Framing:
    """How a dialect frames logs in JSON.

    Attributes:
        path: of its door.
        log: the record of a message that is JSON's inside of a string.
        body: the request's body with these records.
    """

    path: str
    log: Callable[[bytes], bytes]
    body: Callable[[Iterable[bytes]], bytes]

    def decode(self, records: Iterable[bytes]) -> Decoded:
        """What the door reads of them."""
        return dialect(self.path).decode(request(self.path, content_type="application/json"), self.body(records))


def _joined(joint: bytes, before: bytes = b"", after: bytes = b"") -> Callable[[Iterable[bytes]], bytes]:
    return lambda records: before + joint.join(records) + after


def _delivery(parts: Iterable[bytes]) -> bytes:
    data = b",".join(b'{"data":"' + base64.b64encode(part) + b'"}' for part in parts)
    return b'{"requestId":"id-1","timestamp":1,"records":[' + data + b"]}"


def _object(text: bytes) -> bytes:
    return b'{"message":"' + text + b'"}'


_lines = _joined(b"\n")
FRAMINGS = {
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
