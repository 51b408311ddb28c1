"""Grafana Loki's push API: JSON, and protobuf in snappy, as Promtail, Alloy and Docker's driver send it.

https://grafana.com/docs/loki/latest/reference/loki-http-api/#ingest-logs
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, cast

from functions.ingest.dialects.fields import NAMES, level_in, level_of, name_of, of_nanoseconds, source_in, text_of
from functions.ingest.dialects.loki_schema import Entry, PushRequest, Stream
from functions.ingest.dialects.parts import UnreadablePartError, read_part, take_part
from functions.ingest.dialects.pieces import check_size
from functions.ingest.dialects.protobuf import parsed, parsed_log, text
from functions.ingest.dialects.reading import document
from functions.ingest.models import Answer, Decoded, Outcome, Request
from functions.ingest.snappy import SnappyError, unpack, unpacked_size
from shared.mockupaws.errors import InvalidRequestError, MockupAwsError, PayloadTooLargeError
from shared.mockupaws.intake import Record
from shared.mockupaws.profiling.timestamps import of_epoch, parse_value
from shared.mockupaws.unpack import MAX_UNPACKED_BYTES

# Read in linear time whatever it is: a name is tried from its beginning alone, and nothing is given back.
_LABEL = re.compile(r'(?<!\w)([a-zA-Z_]\w*+)\s*+=\s*+"((?:[^"\\]++|\\.)*+)"')
# A snappy block begins with a length, which may be a brace's 123; but a quotation mark after it would say to repeat
# what isn't there yet.
_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*["}]')
_ESCAPE = re.compile(r"\\(.)")
# Before the fields that shippers use: what Loki itself calls a stream's origin and its level.
_SOURCES = ("service_name", "job", "app", "container", "container_name", "filename")
_LEVELS = ("detected_level", "level", "severity")
_TELLING = {*_SOURCES, *_LEVELS, *NAMES}
_NO_PUSH_IN_JSON = "The body is no push request of Loki in JSON."
_Labels = Mapping[str, Any]


def decode(request: Request, body: bytes) -> Decoded:
    """Reads a push request; see `Dialect.decode`."""
    del request  # told apart by what it is
    decoded = Decoded(_reply)
    if _OBJECT.match(body):
        _read_json(decoded, body)
    else:
        _read_protobuf(decoded, body)
    return decoded


def _read_json(decoded: Decoded, body: bytes) -> None:
    try:
        streams: object = document(decoded, body)["streams"]
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidRequestError(_NO_PUSH_IN_JSON) from error
    if not isinstance(streams, list):
        raise InvalidRequestError(_NO_PUSH_IN_JSON)
    for stream in cast("list[object]", streams):
        labels, values = read_part(decoded, "a stream", _json_stream, stream) or ({}, [])
        for value in values:
            take_part(decoded, "[nanoseconds, line]", _json_record, value, labels)


def _json_stream(stream: dict[str, Any]) -> tuple[_Labels, list[Any]]:
    if "entries" in stream:
        return _first_form(stream)
    labels: object = stream.get("stream") or {}
    values: object = stream.get("values") or []
    if not isinstance(labels, dict) or not isinstance(values, list):
        raise UnreadablePartError("its labels are no object, or its values no list")
    return _telling(cast("_Labels", labels)), cast("list[Any]", values)


def _first_form(stream: dict[str, Any]) -> tuple[_Labels, list[Any]]:
    """A stream in the JSON of Loki before 1.0, which python-logging-loki writes unless it is told a version."""
    labels, entries = stream.get("labels"), stream["entries"]
    if not isinstance(labels, str) or not isinstance(entries, list):
        raise UnreadablePartError("its labels are no text, or its entries no list")
    return _telling(_labels_in(labels)), cast("list[Any]", entries)


def _labels_in(text: str) -> dict[str, str]:
    return {name: _ESCAPE.sub(r"\1", value) for name, value in _LABEL.findall(text)}


def _json_record(value: object, labels: _Labels) -> Record:
    if isinstance(value, dict) and "line" in value:
        entry = cast("dict[str, Any]", value)
        return _record(entry["line"], labels, parse_value(entry["ts"]) if "ts" in entry else None)
    if not isinstance(value, list):
        raise UnreadablePartError("it is no list")
    stamp, line, *more = cast("list[Any]", value)
    if more and isinstance(more[0], dict):
        labels = {**labels, **cast("_Labels", more[0])}
    return _record(line, labels, of_nanoseconds(stamp))


def _read_protobuf(decoded: Decoded, body: bytes) -> None:
    try:
        if unpacked_size(body) > MAX_UNPACKED_BYTES:
            raise PayloadTooLargeError(f"The body unpacks to more than {MAX_UNPACKED_BYTES:,} bytes.")
        push = parsed(unpack(body), PushRequest)
    except (SnappyError, UnreadablePartError) as error:
        raise InvalidRequestError(
            "The body is no push request of Loki, neither JSON nor protobuf in snappy."
        ) from error
    decoded.hold(len(push.streams))
    for part in push.streams:
        labels, entries = read_part(decoded, "a stream", _stream_in, part, decoded) or ({}, [])
        for entry in entries:
            take_part(decoded, "an entry", _record_in, entry, decoded, labels)


def _stream_in(data: bytes, decoded: Decoded) -> tuple[_Labels, Iterable[bytes]]:
    stream = parsed(data, Stream)
    check_size(len(stream.labels))
    labels = _labels_in(text(stream.labels))
    decoded.hold(len(labels))
    return _telling(labels), stream.entries


def _record_in(data: bytes, decoded: Decoded, labels: _Labels) -> Record:
    entry = parsed_log(data, Entry)
    decoded.hold(len(entry.metadata))
    said = {**labels, **{text(label.name): text(label.value) for label in entry.metadata}}
    return _record(text(entry.line), said, of_epoch(entry.timestamp.seconds * 10**9 + entry.timestamp.nanos))


def _telling(labels: _Labels) -> _Labels:
    """Those that say something of a log: they are looked through for each, and there may be any number of others."""
    return {name: labels[name] for name in _TELLING if name in labels}


def _record(line: object, labels: _Labels, moment: datetime | None) -> Record:
    source = next((name for label in _SOURCES if (name := name_of(labels.get(label)))), None)
    level = level_of(map(labels.get, _LEVELS))
    return Record(text_of(line), source or source_in(labels), level or level_in(labels), moment)


def _reply(outcome: Outcome) -> Answer:
    del outcome  # Loki's clients would drop or repeat the whole push for one line
    return Answer(204, content_type="text/plain")


def failed(request: Request, error: MockupAwsError) -> Answer:
    """Plain text, as Loki answers; see `Dialect.failed`."""
    del request
    return Answer(error.status, error.message, "text/plain; charset=utf-8")
