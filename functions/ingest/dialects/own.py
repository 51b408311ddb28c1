"""The door's own dialect: one JSON object, an array, NDJSON or lines of plain text, told apart by what they are."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, cast

from functions.ingest.models import Answer, Decoded, Outcome, Request
from shared.mockupaws.contracts.money import plain
from shared.mockupaws.errors import InvalidRequestError, MockupAwsError
from shared.mockupaws.http import error_reply
from shared.mockupaws.intake import Record, Unreadable

_MESSAGE_FIELDS = ("message", "log", "msg", "MESSAGE")
_SOURCE_FIELDS = ("source", "service", "host", "hostname", "logger", "HOST", "PROGRAM")
_LEVEL_FIELDS = ("level", "severity", "log_level", "LEVEL", "PRIORITY")
_TIME_FIELDS = ("timestamp", "@timestamp", "time", "date", "ISODATE")
_MILLISECONDS_FROM = 1e11


def decode(request: Request, body: bytes) -> Decoded:
    """Reads the body by what it is; see `Dialect.decode`."""
    del request  # the Content-Type is not believed: syslog-ng and curl send lines as a form
    text = body.decode("utf-8", "replace").lstrip("\ufeff")
    stripped = text.strip()
    if not stripped:
        raise InvalidRequestError("The body is empty; send a JSON object, an array, NDJSON or lines of text.")
    if stripped[0] in "[{":
        try:
            value: Any = json.loads(stripped)
        except ValueError:
            value = None
        if isinstance(value, dict):
            decoded = _records([value])
            decoded.single = True
            return decoded
        if isinstance(value, list):
            return _records(cast("list[Any]", value))
    lines = (line.rstrip("\r") for line in text.split("\n"))
    return _records(_line_values(line for line in lines if line.strip()))


def _line_values(lines: Iterable[str]) -> Iterator[Any]:
    for line in lines:
        if line.lstrip().startswith("{"):
            try:
                yield json.loads(line)
                continue
            except ValueError:
                pass  # a line that only looks like JSON is text
        yield line


def _records(values: Iterable[Any]) -> Decoded:
    decoded = Decoded()
    for position, value in enumerate(values):
        if isinstance(value, str):
            record = Record(value)
        elif isinstance(value, dict):
            record = _record(cast("dict[str, Any]", value))
        else:
            decoded.unreadable.append(Unreadable(position, 'not an object or a text; send {"message": …}', str(value)))
            continue
        if record.message:
            decoded.records.append(record)
        else:
            decoded.unreadable.append(Unreadable(position, "the message is empty", ""))
    return decoded


def _record(value: dict[str, Any]) -> Record:
    message = next((value[name] for name in _MESSAGE_FIELDS if isinstance(value.get(name), str)), None)
    source = next((value[name] for name in _SOURCE_FIELDS if isinstance(value.get(name), str)), None)
    level = next((str(value[name]) for name in _LEVEL_FIELDS if isinstance(value.get(name), str | int)), None)
    if message is None:
        message = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Record(message, source, level, _occurred_at(value))


def _occurred_at(value: dict[str, Any]) -> datetime | None:
    stamp = next((value[name] for name in _TIME_FIELDS if name in value), None)
    try:
        if isinstance(stamp, str):
            parsed = datetime.fromisoformat(stamp)
            return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
        if isinstance(stamp, int | float):
            return datetime.fromtimestamp(stamp / 1000 if stamp > _MILLISECONDS_FROM else stamp, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return None


def accepted(request: Request, outcome: Outcome) -> Answer:
    """202, as the seed has it; see `Dialect.accepted`."""
    del request
    impact = plain(outcome.cost_impact_usd)
    if outcome.single and outcome.accepted:
        body: dict[str, Any] = {"status": "accepted", "log_id": str(outcome.first_log_id)}
    else:
        body = {
            "status": "accepted",
            "accepted": outcome.accepted,
            "rejected": [{"index": reject.position, "error": reject.error} for reject in outcome.rejects],
        }
    return Answer(202, json.dumps({**body, "estimated_cost_impact": impact}, separators=(",", ":")))


def failed(request: Request, error: MockupAwsError) -> Answer:
    """The API's error format; see `Dialect.failed`."""
    return Answer(error.status, error_reply(error, request.request_id).model_dump_json(exclude_none=True))
