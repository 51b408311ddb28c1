"""Splunk's HTTP event collector, events and raw lines.

https://docs.splunk.com/Documentation/Splunk/latest/Data/HECExamples
"""

import re
from typing import Any, cast

from functions.ingest.dialects.encodings import as_utf8
from functions.ingest.dialects.fields import compact, level_in, record_of, source_in, text_of
from functions.ingest.dialects.own import take_value
from functions.ingest.dialects.parts import UnreadablePartError, take_part
from functions.ingest.dialects.pieces import Damaged
from functions.ingest.dialects.reading import values
from functions.ingest.models import Answer, Decoded, Outcome, Request
from shared.mockupaws.errors import InvalidRequestError, MockupAwsError
from shared.mockupaws.intake import Record
from shared.mockupaws.profiling.timestamps import parse_value

_LINE = re.compile(rb"[^\n]+")


def decode(request: Request, body: bytes) -> Decoded:
    """Reads events, one JSON object after another, or lines; see `Dialect.decode`."""
    decoded = Decoded(_reply)
    if "/raw" in request.path:
        source = source_in(request.query)
        for found in _LINE.finditer(as_utf8(body)):
            line = found[0].decode("utf-8", "replace").rstrip("\r")
            if line.strip():
                decoded.take(Record(line, source))
    else:
        for value in values(body):
            _take_event(decoded, value)
    if not decoded.position:
        raise InvalidRequestError("No data")
    return decoded


def _take_event(decoded: Decoded, value: object) -> None:
    if isinstance(value, Damaged):
        take_value(decoded, value)
    else:
        take_part(decoded, "an event", _record, value)


def _record(value: object) -> Record:
    envelope = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
    event = envelope.get("event")
    if event is None or event == "":
        raise UnreadablePartError("no `event` in it")
    stamp = envelope.get("time")
    moment = parse_value(stamp) if isinstance(stamp, str | int | float) else None
    fields = envelope.get("fields")
    labels = cast("dict[str, Any]", fields) if isinstance(fields, dict) else {}
    source = source_in(envelope) or source_in(labels)
    if not isinstance(event, dict):
        return Record(text_of(event), source, level_in(labels), moment)
    record = record_of(cast("dict[str, Any]", event), moment)
    return record._replace(source=source or record.source, level=record.level or level_in(labels))


def _reply(outcome: Outcome) -> Answer:
    del outcome
    return Answer(200, '{"text":"Success","code":0}')


def failed(request: Request, error: MockupAwsError) -> Answer:
    """HEC's codes; see `Dialect.failed`."""
    del request
    code = {400: 6, 401: 4, 403: 4, 404: 404, 413: 27, 429: 9, 503: 9}.get(error.status, 8)
    if error.message == "No data":
        code = 5
    return Answer(error.status, compact({"text": error.message, "code": code}))
