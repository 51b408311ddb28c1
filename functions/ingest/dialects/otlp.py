"""OTLP/HTTP logs, in protobuf and in JSON, answered in the encoding that came.

https://opentelemetry.io/docs/specs/otlp/#otlphttp
"""

import base64
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import (
    ExportLogsPartialSuccess,
    ExportLogsServiceResponse,
)
from opentelemetry.proto.logs.v1.logs_pb2 import SeverityNumber

from functions.ingest.dialects.fields import compact, level_in, level_of, name_of, of_nanoseconds, source_in, text_of
from functions.ingest.dialects.otlp_schema import Export, LogRecord, Resource, ResourceLogs, Scope, ScopeLogs
from functions.ingest.dialects.parts import WRONG, UnreadablePartError, read_part, take_part
from functions.ingest.dialects.protobuf import parsed, parsed_log, text
from functions.ingest.dialects.reading import document
from functions.ingest.models import Answer, Decoded, Outcome, Request
from shared.mockupaws.errors import InvalidRequestError, MockupAwsError
from shared.mockupaws.intake import Record
from shared.mockupaws.profiling.levels import of_otlp_severity
from shared.mockupaws.profiling.timestamps import of_epoch

_JSON = "application/json"
_PROTOBUF = "application/x-protobuf"
_Json = dict[str, Any]
_SEVERITIES = range(1, 25)


def decode(request: Request, body: bytes) -> Decoded:
    """Reads an ExportLogsServiceRequest; see `Dialect.decode`."""
    if _content_type(request, body) == _JSON:
        decoded = Decoded(_reply_json)
        _read_json(decoded, body)
    else:
        decoded = Decoded(_reply_protobuf)
        _read_protobuf(decoded, body)
    return decoded


def _content_type(request: Request, body: bytes | None = None) -> str:
    said = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if said in (_JSON, _PROTOBUF) or body is None:
        return said
    # A protobuf request begins with 0x0a (field 1, a message), which is white space to JSON: no stripping here.
    return _JSON if body[:1] == b"{" else _PROTOBUF


def _read_protobuf(decoded: Decoded, body: bytes) -> None:
    try:
        export = parsed(body, Export)
    except UnreadablePartError as error:
        raise InvalidRequestError("The body is no ExportLogsServiceRequest in protobuf.") from error
    decoded.hold(len(export.resource_logs))
    values = _Values(decoded)
    for resource_logs in export.resource_logs:
        source, scopes = read_part(decoded, "OTLP's resource_logs", _resource, resource_logs, values) or (None, [])
        decoded.hold(len(scopes))
        for scope_logs in scopes:
            scope, logs = read_part(decoded, "OTLP's scope_logs", _scope, scope_logs) or (None, [])
            for log in logs:
                take_part(decoded, "an OTLP log record", _record, log, values, source or scope)


def _resource(data: bytes, values: "_Values") -> tuple[str | None, Sequence[bytes]]:
    """Who a resource's logs are from, and its scopes."""
    resource_logs = parsed(data, ResourceLogs)
    try:
        source = source_in(values.attributes(parsed(resource_logs.resource, Resource).attributes))
    except UnreadablePartError:
        source = None
    return source, resource_logs.scope_logs


def _scope(data: bytes) -> tuple[str | None, Sequence[bytes]]:
    """A scope's name, and its logs."""
    scope_logs = parsed(data, ScopeLogs)
    try:
        scope = text(parsed(scope_logs.scope, Scope).name) or None
    except UnreadablePartError:
        scope = None
    return scope, scope_logs.log_records


def _record(data: bytes, values: "_Values", source: str | None) -> Record:
    log = parsed_log(data, LogRecord)
    attributes = values.attributes(log.attributes)
    body = values.any(log.body) if log.HasField("body") else None
    return Record(
        compact(attributes) if body is None else text_of(body),
        source or source_in(attributes),
        _level(text(log.severity_text), log.severity_number, attributes),
        of_epoch(log.time_unix_nano) or of_epoch(log.observed_time_unix_nano),
    )


class _Values:
    """Protobuf's values as Python's, counted.

    Args:
        decoded: where they are counted.
    """

    def __init__(self, decoded: Decoded) -> None:
        self._decoded = decoded

    def attributes(self, pairs: Sequence[Any]) -> dict[str, Any]:
        self._decoded.hold(len(pairs))
        return {text(pair.key): self.any(pair.value) for pair in pairs}

    def any(self, value: Any) -> Any:
        kind = value.WhichOneof("value")
        if kind == "string_value":
            return text(value.string_value)
        if kind == "array_value":
            self._decoded.hold(len(value.array_value.values))
            return [self.any(item) for item in value.array_value.values]
        if kind == "kvlist_value":
            return self.attributes(value.kvlist_value.values)
        return getattr(value, kind) if kind else None


def _level(text: str, number: int, attributes: Mapping[str, Any]) -> str | None:
    level = of_otlp_severity(number)
    return level if level != "unknown" else level_of([text]) or level_in(attributes)


def _read_json(decoded: Decoded, body: bytes) -> None:
    try:
        resources = _list(document(decoded, body), "resourceLogs")
    except ValueError as error:
        raise InvalidRequestError("The body is no ExportLogsServiceRequest in JSON.") from error
    for resource_logs in resources:
        source, scopes = read_part(decoded, "OTLP's resourceLogs", _json_resource, resource_logs) or (None, [])
        for scope_logs in scopes:
            scope, logs = read_part(decoded, "OTLP's scopeLogs", _json_scope, scope_logs) or (None, [])
            for log in logs:
                take_part(decoded, "an OTLP log record", _json_record, log, source or scope)


def _json_resource(resource_logs: object) -> tuple[str | None, list[object]]:
    """Who a resource's logs are from, and its scopes."""
    scopes = _list(resource_logs, "scopeLogs")
    if not scopes:
        _json_attributes(_object(resource_logs, "resource"))
    return source_in(_told(_field(resource_logs, "resource"))), scopes


def _json_scope(scope_logs: object) -> tuple[str | None, list[object]]:
    """A scope's name, and its logs."""
    logs = _list(scope_logs, "logRecords")
    if not logs:
        _object(scope_logs, "scope")
    return name_of(_field(scope_logs, "scope")), logs


def _json_record(log: object, source: str | None) -> Record:
    body = _json_any(_object(log, "body"))
    # Without a body they are the message, of which nothing may be missing.
    attributes = _json_attributes(log) if body is None else _told(log)
    said = _field(log, "severityText")
    return Record(
        compact(attributes) if body is None else text_of(body),
        source or source_in(attributes),
        _level(said if isinstance(said, str) else "", _severity(_field(log, "severityNumber")), attributes),
        _moment(log, "timeUnixNano") or _moment(log, "observedTimeUnixNano"),
    )


def _moment(log: object, name: str) -> datetime | None:
    """The time in a field; None where it can't be read, which is no reason to be without the log."""
    try:
        return of_nanoseconds(_field(log, name) or 0)
    except WRONG:
        return None


def _told(parent: object) -> _Json:
    """The attributes that can be read: what else is told of a log is no reason to be without it."""
    try:
        return _json_attributes(parent)
    except WRONG:
        pass
    attributes: _Json = {}
    for pair in _pairs(parent):
        try:
            attributes[_key(pair)] = _json_any(_object(pair, "value"))
        except WRONG:
            continue
    return attributes


def _pairs(parent: object) -> list[object]:
    try:
        return _list(parent, "attributes")
    except UnreadablePartError:
        return []


def _field(parent: object, name: str) -> Any:
    if not isinstance(parent, dict):
        raise UnreadablePartError("an object is missing")
    return cast("_Json", parent).get(name)


def _list(parent: object, name: str) -> list[object]:
    """The list in a field; an empty one where there is no such field."""
    found: object = _field(parent, name) or []
    if not isinstance(found, list):
        raise UnreadablePartError(f"{name} is no list")
    return cast("list[object]", found)


def _object(parent: object, name: str) -> _Json:
    """The object in a field; an empty one where there is no such field."""
    found: object = _field(parent, name) or {}
    if not isinstance(found, dict):
        raise UnreadablePartError(f"{name} is no object")
    return cast("_Json", found)


def _severity(value: object) -> int:
    try:
        if isinstance(value, str) and not value.isdigit():
            return SeverityNumber.Value(value)
        number = float(cast("float", value or 0))
    except WRONG:
        return 0
    return int(number) if number in _SEVERITIES else 0


def _json_attributes(parent: object, name: str = "attributes") -> _Json:
    return {_key(pair): _json_any(_object(pair, "value")) for pair in _list(parent, name)}


def _key(pair: object) -> str:
    key = _field(pair, "key")
    if not isinstance(key, str):
        raise UnreadablePartError("an attribute has no key")
    return key


def _json_any(value: object) -> Any:
    if not isinstance(value, dict):
        raise UnreadablePartError("a value is no object")
    value = cast("_Json", value)
    if "arrayValue" in value:
        return [_json_any(item) for item in _list(value["arrayValue"], "values")]
    if "kvlistValue" in value:
        return _json_attributes(_object(value, "kvlistValue"), "values")
    if "intValue" in value:
        return int(value["intValue"])  # 64-bit numbers are strings in protobuf's JSON
    if "bytesValue" in value:
        return base64.b64decode(value["bytesValue"])
    return next(iter(value.values()), None)


def _response(outcome: Outcome) -> ExportLogsServiceResponse:
    if not outcome.rejects:
        return ExportLogsServiceResponse()
    error = "; ".join(dict.fromkeys(reject.error for reject in outcome.rejects))
    partial = ExportLogsPartialSuccess(rejected_log_records=len(outcome.rejects), error_message=error[:1000])
    return ExportLogsServiceResponse(partial_success=partial)


def _reply_protobuf(outcome: Outcome) -> Answer:
    return Answer(200, _response(outcome).SerializeToString(), _PROTOBUF)


def _reply_json(outcome: Outcome) -> Answer:
    partial = _response(outcome).partial_success
    if not outcome.rejects:
        return Answer(200, "{}")
    said = {"rejectedLogRecords": str(partial.rejected_log_records), "errorMessage": partial.error_message}
    return Answer(200, compact({"partialSuccess": said}))


def failed(request: Request, error: MockupAwsError) -> Answer:
    """A google.rpc.Status; see `Dialect.failed`."""
    if _content_type(request) == _PROTOBUF:
        # Status has the same two first fields on the wire: 1 is a number, 2 a text.
        status = ExportLogsPartialSuccess(rejected_log_records=_code(error), error_message=error.message)
        return Answer(error.status, status.SerializeToString(), _PROTOBUF)
    return Answer(error.status, compact({"code": _code(error), "message": error.message}))


def _code(error: MockupAwsError) -> int:
    """google.rpc.Code for our errors."""
    return {
        400: 3,  # INVALID_ARGUMENT
        401: 16,  # UNAUTHENTICATED
        403: 7,  # PERMISSION_DENIED
        404: 5,  # NOT_FOUND
        409: 10,  # ABORTED
        413: 3,
        429: 8,  # RESOURCE_EXHAUSTED
        503: 14,  # UNAVAILABLE
    }.get(error.status, 13)  # INTERNAL
