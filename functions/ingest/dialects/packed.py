"""Records out of msgpack, as Fluent Bit and Fluentd frame them, one at a time.

A stream of `[time, record]` or of records, an array of either, and Fluentd's forward protocol without its packing:
https://github.com/fluent/fluentd/wiki/Forward-Protocol-Specification-v1
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple, cast

import msgpack as untyped_msgpack

from functions.ingest.dialects.pieces import MAX_VALUE_BYTES, THE_REST, Damaged, Stamped, check_size, sample

_EMPTY = b"\x90"  # an array of nothing
_ARRAYS = frozenset((*range(0x90, 0xA0), 0xDC, 0xDD))
_MAPS = frozenset((*range(0x80, 0x90), 0xDE, 0xDF))
_TEXTS = frozenset((*range(0xA0, 0xC0), 0xD9, 0xDA, 0xDB))
_NIL = 0xC0
_PAIR = 2
_NO_RECORD = "not msgpack of records: neither an object nor [time, object]" + THE_REST
_msgpack = cast("Any", untyped_msgpack)
_ERRORS = (_msgpack.exceptions.UnpackException, ValueError, TypeError, RecursionError)


class _Batch(NamedTuple):
    """An array of records.

    Attributes:
        first: where the first record begins.
        length: how many there are.
        behind: how many values are behind them, options that are no records.
    """

    first: int
    length: int
    behind: int


def is_msgpack(body: bytes) -> bool:
    """Whether a body begins with a record in msgpack.

    Its first byte alone doesn't say: in cp1252 it is a `„` or a `€`, and in Latin-1 an `Ü`.
    """
    if len(body) < 2:  # noqa: PLR2004
        return body == _EMPTY
    # 0xdc to 0xdf begin UTF-8, too, but not before a byte below 0x80.
    if (body[0] not in _ARRAYS and body[0] not in _MAPS) or (body[0] >= 0xDC and 0x80 <= body[1] < 0xC0):  # noqa: PLR2004
        return False
    batch = _batch_at(body, 0)
    first = batch.first if batch else 0
    end = _end_of(body, first)
    if end is None:
        # One that is too large to be read is for `records` to refuse.
        name = first + {0xDE: 3, 0xDF: 5}.get(body[first], 1)
        return body[first] in _MAPS and len(body) - first > MAX_VALUE_BYTES and body[name] in _TEXTS
    try:
        record = _framed(_msgpack.unpackb(body[first:end], strict_map_key=False, unicode_errors="replace"))
    except _ERRORS:
        return False
    if isinstance(record, Stamped):
        # Without a field it is a record by its time: text has letters there, which are seconds of 1970.
        return _is_named(record.value) or not (record.value or _is_old(record.occurred_at))
    return (
        isinstance(record, dict)
        and _is_named(fields := cast("dict[Any, Any]", record))
        and (_goes_on(body, end) or _has_text(fields))
    )


def _goes_on(body: bytes, position: int) -> bool:
    """Whether another record may stand at a position, or the body's end: text there makes text of what is before."""
    return position == len(body) or body[position] in _ARRAYS or body[position] in _MAPS or body[position] == _NIL


def _has_text(record: dict[Any, Any]) -> bool:
    """Whether an object has a field with a text, which is no accident."""
    return any(name and text and isinstance(text, str) for name, text in record.items())


def _is_old(moment: datetime | None) -> bool:
    return moment is None or moment.timestamp() < 1 << 16


def _is_named(record: dict[Any, Any]) -> bool:
    """Whether an object has names for keys: those that text makes have numbers."""
    return bool(record) and all(isinstance(key, str | bytes) for key in record)


def records(body: bytes) -> Iterator[object]:
    """The records in a body, until something is none.

    What is no record is refused once: in what is damaged, each byte may be a value.
    """
    reader = _msgpack.Unpacker(max_buffer_size=len(body) + 1)
    reader.feed(body)
    position = left = behind = 0
    may_be_batch = True
    while position < len(body) and body != _EMPTY:
        if may_be_batch and not left and not behind and (batch := _batch_at(body, position)) is not None:
            position, left, behind = batch
            continue
        try:
            if reader.tell() < position:
                reader.read_bytes(position - reader.tell())
            reader.skip()
            end: int = reader.tell()
        except _ERRORS as error:
            yield Damaged(f"not msgpack: {type(error).__name__}{THE_REST}", sample(body, position))
            return
        if behind and not left:
            behind -= 1
        else:
            check_size(end - position)
            value = _record_in(body, position, end)
            if not isinstance(value, dict | Stamped | Damaged) and not (left and isinstance(value, str)):
                yield Damaged(_NO_RECORD, sample(body, position))
                return
            yield value
            may_be_batch = left > 0
            left = max(left - 1, 0)
        position = end


def _record_in(body: bytes, position: int, end: int) -> object:
    try:
        return _framed(
            _msgpack.unpackb(
                body[position:end], strict_map_key=False, unicode_errors="replace", object_pairs_hook=_named
            )
        )
    except _ERRORS as error:
        return Damaged(f"not msgpack: {type(error).__name__}", sample(body[position:end], 0))


def _named(pairs: list[tuple[object, object]]) -> dict[str, object]:
    """A map with names for keys, as JSON has them: msgpack's may be anything."""
    return {key.decode("utf-8", "replace") if isinstance(key, bytes) else str(key): value for key, value in pairs}


def _batch_at(body: bytes, position: int) -> _Batch | None:
    """The array of records that begins at a position; None where none does."""
    length, first = _array_at(body, position)
    if not length or first >= len(body):
        return None
    if body[first] in _MAPS:
        return _Batch(first, length, 0)
    if body[first] in _TEXTS:
        return _forwarded(body, length, first)
    if body[first] not in _ARRAYS:
        return None
    if length == _PAIR:
        # [[time, metadata], record] is one record, [[time, record], [time, record]] are two.
        second = _end_of(body, first)
        if second is None or second >= len(body) or body[second] in _MAPS:
            return None
    return _Batch(first, length, 0)


def _forwarded(body: bytes, length: int, tag: int) -> _Batch | None:
    """The records in [tag, records, options], of which the options may be missing."""
    array = _end_of(body, tag)
    if array is None or array >= len(body) or body[array] not in _ARRAYS:
        return None
    entries, first = _array_at(body, array)
    return _Batch(first, entries, length - _PAIR)


def _array_at(body: bytes, position: int) -> tuple[int, int]:
    """How many values an array has, and where the first begins; none where no array begins here."""
    head = body[position]
    if head not in _ARRAYS:
        return 0, position
    size = {0xDC: 2, 0xDD: 4}.get(head, 0)
    first = position + 1 + size
    return int.from_bytes(body[position + 1 : first], "big") if size else head & 0x0F, first


def _end_of(body: bytes, position: int) -> int | None:
    """Where a value ends; None where it does not, or is too large."""
    reader = _msgpack.Unpacker()
    reader.feed(body[position : position + MAX_VALUE_BYTES + 1])
    try:
        reader.skip()
    except _ERRORS:
        return None
    return position + cast("int", reader.tell())


def _framed(value: object) -> object:
    """A record with its time: [time, record], [[time, metadata], record], [tag, time, record, options]."""
    if not isinstance(value, list):
        return value
    parts = cast("list[object]", value)
    if len(parts) > _PAIR and isinstance(parts[0], str):
        parts = parts[1:3]
    if len(parts) != _PAIR or not isinstance(parts[1], dict):
        return parts
    stamp = parts[0]
    if isinstance(stamp, list):
        stamp = next(iter(cast("list[object]", stamp)), None)
    return Stamped(_event_time(stamp), cast("dict[str, Any]", parts[1]))


def _event_time(stamp: Any) -> datetime | None:
    """Fluentd's EventTime (extension 0: seconds and nanoseconds), or seconds as a number."""
    try:
        if isinstance(stamp, _msgpack.ExtType) and stamp.code == 0 and len(stamp.data) == 8:  # noqa: PLR2004
            seconds = int.from_bytes(stamp.data[:4], "big") + int.from_bytes(stamp.data[4:], "big") / 1e9
            return datetime.fromtimestamp(seconds, UTC)
        if isinstance(stamp, _msgpack.Timestamp):
            return cast("datetime", stamp.to_datetime())
        if isinstance(stamp, int | float):
            return datetime.fromtimestamp(stamp, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return None
