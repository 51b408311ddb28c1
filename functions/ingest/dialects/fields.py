"""What a record's fields are called by the shippers that send objects."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, cast

from shared.mockupaws.intake import Record
from shared.mockupaws.profiling.levels import normalize_level
from shared.mockupaws.profiling.timestamps import of_epoch, parse_value

_MESSAGE = ("message", "log", "msg", "MESSAGE")
_LEVEL = (
    "level", "level_name", "severity", "log.level", "loglevel", "log_level", "logLevel", "LogLevel", "levelname",
    "Level", "LEVEL", "PRIORITY", "priority",
)  # fmt: skip
_TIME = ("@timestamp", "timestamp", "time", "ts", "date", "datetime", "timegenerated", "ISODATE", "DATE", "R_ISODATE")
# What a log is from is what wrote it; the machine says so only where nothing else does.
_PROGRAM = (
    "source", "service", "service.name", "app", "appname", "app-name", "application", "container_name", "PROGRAM",
    "program", "programname", "syslogtag", "tag", "logger",
)  # fmt: skip
_MACHINE = ("host", "hostname", "HOST", "stream")
NAMES = frozenset((*_LEVEL, *_PROGRAM, *_MACHINE, "kubernetes"))
"""By which `source_in` and `level_in` look."""
# Most objects have few of these, and most records pass here: what none of a set's fields is in is told in C.
_NO_LEVEL, _NO_TIME, _NO_PROGRAM, _NO_MACHINE = (
    frozenset(fields).isdisjoint for fields in (_LEVEL, _TIME, _PROGRAM, _MACHINE)
)


def compact(value: object) -> str:
    """A value as compact JSON, characters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def text_of(value: object) -> str:
    """A message as text: a string without its line's end, anything else as compact JSON."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return value.rstrip("\r\n") if isinstance(value, str) else compact(value)


def level_of(values: Iterable[object]) -> str | None:
    """The first of the values that is a level of ours, as its sender wrote it."""
    for value in values:
        if isinstance(value, str | int) and normalize_level(value) != "unknown":
            return str(value)
    return None


def name_of(value: object) -> str | None:
    """A source's name: a text, or the `name` of an object (ECS's `host` and `service`)."""
    if isinstance(value, dict):
        value = cast("dict[str, Any]", value).get("name")
    return value if isinstance(value, str) and value else None


def source_in(labels: Mapping[str, Any]) -> str | None:
    """Who a set of fields or labels says that a log is from."""
    program = None if _NO_PROGRAM(labels) else _first(labels, _PROGRAM)
    if program or (_NO_MACHINE(labels) and "kubernetes" not in labels):
        return program
    return _container(labels.get("kubernetes")) or _first(labels, _MACHINE)


def _first(labels: Mapping[str, Any], fields: Iterable[str]) -> str | None:
    for field in fields:
        name = name_of(labels.get(field))
        if name:
            return name
    return None


def _container(value: object) -> str | None:
    """Fluent Bit's and Vector's metadata of a container."""
    if not isinstance(value, dict):
        return None
    metadata = cast("dict[str, Any]", value)
    return name_of(metadata.get("container_name")) or name_of(metadata.get("pod_name"))


def level_in(labels: Mapping[str, Any]) -> str | None:
    """What severity a set of fields or labels says."""
    return None if _NO_LEVEL(labels) else level_of(labels[field] for field in _LEVEL if field in labels)


def time_in(value: Mapping[str, Any]) -> datetime | None:
    """The instant that an object's time field says."""
    if _NO_TIME(value):
        return None
    for field in _TIME:
        stamp = value.get(field)
        if isinstance(stamp, str | int | float) and (moment := parse_value(stamp)):
            return moment
    return None


def of_nanoseconds(value: Any) -> datetime | None:
    """The instant that is so many nanoseconds after 1970, written as a number or, as 64-bit ones are in JSON, a text.

    Raises:
        ValueError, TypeError: it is no number.
    """
    if not isinstance(value, str):
        return of_epoch(value)
    float(value)  # raises where it is none; an integer of thousands of digits is one, but none that Python makes
    return parse_value(value)


def _message_field(value: Mapping[str, Any]) -> str | None:
    """Where an object's message stands: the first field with something in it, or else the first there is."""
    empty = None
    for field in _MESSAGE:
        text = value.get(field)
        # ECS's `log` is an object of its own, {"level": …}.
        if text is None or (field == "log" and isinstance(text, dict)):
            continue
        if isinstance(text, str):
            text = text.rstrip("\r\n")
        if text or isinstance(text, int | float):
            return field
        empty = empty or field
    return empty


def record_of(value: dict[str, Any], occurred_at: datetime | None = None) -> Record:
    """The log that an object is.

    The message stands under `message`, `log`, `msg` or `MESSAGE`; where there is none, the object's compact JSON is it.

    Args:
        value: as a shipper sends it.
        occurred_at: the event's time where the framing said it.
    """
    field = _message_field(value)
    level = level_in(value)
    if isinstance(log := value.get("log"), dict):
        level = level or level_of([cast("dict[str, Any]", log).get("level")])
    return Record(
        compact(value) if field is None else text_of(value[field]),
        source_in(value),
        level,
        occurred_at or time_in(value),
    )
