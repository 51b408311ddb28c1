"""Grafana Loki's push API: JSON, and protobuf in snappy, as Promtail, Alloy and Docker's driver send it.

https://grafana.com/docs/loki/latest/reference/loki-http-api/#ingest-logs
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from google.protobuf.message import DecodeError

from functions.ingest.dialects.fields import compact, level_in, name_of, source_in, text_of
from functions.ingest.dialects.loki_schema import PushRequest
from functions.ingest.dialects.reading import document
from functions.ingest.dialects.snappy import SnappyError, unpack, unpacked_size
from functions.ingest.models import Answer, Decoded, Outcome, Request
from shared.mockupaws.errors import InvalidRequestError, MockupAwsError, PayloadTooLargeError
from shared.mockupaws.intake import Record
from shared.mockupaws.profiling.timestamps import of_epoch
from shared.mockupaws.unpack import MAX_UNPACKED_BYTES

_LABEL = re.compile(r'([a-zA-Z_]\w*)\s*=\s*"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(.)")
# Before the fields that shippers use: what Loki itself calls a stream's origin and its level.
_SOURCES = ("service_name", "job", "app", "container", "container_name", "filename")
_LEVELS = ("detected_level", "level", "severity")


def decode(request: Request, body: bytes) -> Decoded:
    """Reads a push request; see `Dialect.decode`."""
    del request  # told apart by what it is: a snappy block of a protobuf begins with a length, never with a brace
    decoded = Decoded(_reply)
    if body.lstrip()[:1] == b"{":
        _read_json(decoded, body)
    else:
        _read_protobuf(decoded, body)
    return decoded


def _read_json(decoded: Decoded, body: bytes) -> None:
    try:
        streams = cast("list[dict[str, Any]]", document(body)["streams"])
        for stream in streams:
            labels = cast("dict[str, Any]", stream.get("stream") or {})
            for value in cast("list[Any]", stream.get("values") or []):
                _take_json(decoded, labels, value)
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
        raise InvalidRequestError("The body is no push request of Loki in JSON.") from error


def _take_json(decoded: Decoded, labels: dict[str, Any], value: Any) -> None:
    try:
        stamp, line = value[0], value[1]
        metadata = cast("dict[str, Any]", value[2]) if len(value) > 2 and isinstance(value[2], dict) else {}  # noqa: PLR2004
        record = _record(line, {**labels, **metadata}, of_epoch(int(stamp)))
    except (TypeError, KeyError, IndexError, ValueError) as error:
        decoded.refuse(f"not [nanoseconds, line]: {type(error).__name__}", compact(value))
    else:
        decoded.take(record)


def _read_protobuf(decoded: Decoded, body: bytes) -> None:
    try:
        if unpacked_size(body) > MAX_UNPACKED_BYTES:
            raise PayloadTooLargeError(f"The body unpacks to more than {MAX_UNPACKED_BYTES:,} bytes.")
        push = PushRequest.FromString(unpack(body))
    except (SnappyError, DecodeError) as error:
        raise InvalidRequestError(
            "The body is no push request of Loki, neither JSON nor protobuf in snappy."
        ) from error
    for stream in push.streams:
        labels = {name: _ESCAPE.sub(r"\1", value) for name, value in _LABEL.findall(stream.labels)}
        for entry in stream.entries:
            said = labels | {label.name: label.value for label in entry.metadata}
            moment = of_epoch(entry.timestamp.seconds * 10**9 + entry.timestamp.nanos)
            decoded.take(_record(entry.line, said, moment))


def _record(line: object, labels: Mapping[str, Any], moment: datetime | None) -> Record:
    source = next((name for label in _SOURCES if (name := name_of(labels.get(label)))), None)
    level = next((labels[label] for label in _LEVELS if isinstance(labels.get(label), str)), None)
    return Record(text_of(line), source or source_in(labels), level or level_in(labels), moment)


def _reply(outcome: Outcome) -> Answer:
    del outcome  # Loki's clients would drop or repeat the whole push for one line
    return Answer(204, content_type="text/plain")


def failed(request: Request, error: MockupAwsError) -> Answer:
    """Plain text, as Loki answers; see `Dialect.failed`."""
    del request
    return Answer(error.status, error.message, "text/plain; charset=utf-8")
