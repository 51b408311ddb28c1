"""Values out of a body, one at a time: JSON in its several framings, msgpack, or lines.

Each value is cut out before it is parsed and none may be large, so that a small body can't become a heap of objects.
"""

import codecs
import json
import re
from collections.abc import Callable, Generator, Iterator
from typing import Any, TypeVar, cast

from functions.ingest.dialects.encodings import as_utf8
from functions.ingest.dialects.packed import is_msgpack, records
from functions.ingest.dialects.pieces import MAX_VALUE_BYTES, THE_REST, Damaged, check_size, sample, too_large
from functions.ingest.models import MAX_LOGS, Decoded
from shared.mockupaws.errors import PayloadTooLargeError

_FIRST_WINDOW = 4096
_SPACES = re.compile(rb"[ \t\r\n]*")
_BLANK = re.compile(r"[ \t\r\n]*+").match
_OBJECT_END = re.compile(rb"[ \t\r]*+(?:[\n{]|\Z)")
# Apache's error log begins with a bracket too. An array of ours holds objects, or nothing, or texts.
_OPENING_ARRAY = re.compile(rb'\[[ \t\r\n]*+[{"\]]')
_OPENING_VALUE = rb'(?=\{|\[[ \t\r\n]*+[{"\]])'
_VALUE_END = re.compile(rb"[ \t\r]*+(?:\n|\Z|" + _OPENING_VALUE + rb")")
_JSON_GOES_ON = re.compile(rb"[ \t\r]*+(?:\Z|(\n)[ \t\r\n]*+(?:\Z|" + _OPENING_VALUE + rb")|" + _OPENING_VALUE + rb")")
# So many values of the first line are read to see whether text is behind them.
_LOOKED_AT = 100

_decoder = json.JSONDecoder()
# A number of thousands of digits is none that Python makes of them: it stays text.
_keeping_digits = json.JSONDecoder(parse_int=str)
_TOKENS = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
_OPENING, _CLOSING = "[{", "]}"
_MAX_DEPTH = 100
_TOO_DEEP = "not JSON that can be read: it is nested too deeply"
_Read = TypeVar("_Read")


def document(decoded: Decoded, body: bytes) -> Any:
    """The one JSON value that a body is, for senders that frame all their logs in one.

    Raises:
        PayloadTooLargeError: it has more objects and arrays than so many logs have, and would fill the memory.
        ValueError: it is no JSON.
    """
    text = _held(decoded, body)
    try:
        return _decode(json.JSONDecoder.decode, text)
    except RecursionError:
        return _decode(json.JSONDecoder.decode, _upper_levels(text))


def documents(decoded: Decoded, body: bytes) -> list[Any]:
    """The JSON values that a body is, one behind the other.

    Raises:
        PayloadTooLargeError: they have more objects and arrays than so many logs have, and would fill the memory.
        ValueError: they aren't JSON alone.
    """
    text = _held(decoded, body)
    found: list[Any] = []
    position = 0
    while blank := _BLANK(text, position):
        begins = blank.end()
        if begins == len(text):
            break
        value, position = _decode(lambda decoder, text, at=begins: decoder.raw_decode(text, at), text)
        found.append(value)
    return found


def _held(decoded: Decoded, body: bytes) -> str:
    body = body.removeprefix(codecs.BOM_UTF8)
    decoded.hold(body.count(b"{") + body.count(b"["))
    return text_in(body)


def _decode(read: Callable[[json.JSONDecoder, str], _Read], text: str) -> _Read:
    """What a method of the decoder reads, numbers of thousands of digits as texts."""
    try:
        return read(_decoder, text)
    except json.JSONDecodeError:
        raise
    except ValueError:
        return read(_keeping_digits, text)


def _upper_levels(text: str) -> str:
    """JSON without what is nested too deeply, which its readers refuse for being a text where an object should be."""
    parts: list[str] = []
    start = depth = 0
    for token in _TOKENS.finditer(text):
        if token[0] in _OPENING:
            depth += 1
            if depth == _MAX_DEPTH:
                parts.append(text[start : token.start()])
                start = len(text)
        elif token[0] in _CLOSING:
            depth -= 1
            if depth == _MAX_DEPTH - 1:
                parts.append('"nested too deeply"')
                start = token.end()
    return "".join(parts) + text[start:]


def text_in(body: bytes) -> str:
    """A body as text that JSON is read from. A byte that is no UTF-8 is a lone surrogate, so that none is lost.

    What is kept or answered goes through `profiling.unicode.utf8`, which has U+FFFD for it.
    """
    return body.decode("utf-8", "surrogateescape")


def values(body: bytes) -> Iterator[object]:
    """The values in a body, in order: JSON values, lines of text, `Stamped` objects, `Damaged` parts.

    Args:
        body: text or msgpack, of whatever framing.

    Raises:
        PayloadTooLargeError: one of them is too large.
    """
    body = as_utf8(body)
    if is_msgpack(body):
        return records(body)
    start = _skip_space(body, 0)
    if body[start : start + 1] == b"[":
        whole = _small_array(body)
        return _lines(body, arrays=_holds_arrays(body, start)) if whole is None else iter(whole)
    return _lines(body)


def _skip_space(body: bytes, position: int) -> int:
    found = _SPACES.match(body, position)
    return found.end() if found else position


def _value_at(body: bytes, position: int, limit: int) -> tuple[Any, int] | Damaged:
    """The JSON value that begins at a position, and where it ends, no further than the limit.

    It is parsed from a window that grows only where the window's end may be what cut the value.
    """
    size = _FIRST_WINDOW
    while True:
        text = text_in(body[position : min(position + size, limit)])
        cut = position + size < limit
        try:
            value, end = _decode(json.JSONDecoder.raw_decode, text)
        except json.JSONDecodeError as error:
            at_the_end = error.pos >= len(text) - 16 or error.msg.startswith("Unterminated string")
            if not (cut and at_the_end):
                return Damaged(f"not JSON: {error.msg} at character {error.pos + 1}", text)
        except RecursionError:
            return _too_deep(body, position, min(position + MAX_VALUE_BYTES, limit))
        else:
            if not (cut and end == len(text)):
                return value, position + (end if text.isascii() else len(text[:end].encode("utf-8", "surrogateescape")))
        if size >= MAX_VALUE_BYTES:
            raise too_large()
        size = min(size * 8, MAX_VALUE_BYTES)


def _too_deep(body: bytes, position: int, limit: int) -> tuple[Damaged, int] | Damaged:
    """What is nested too deeply to be read, and where it ends, if it does."""
    text = text_in(body[position:limit])
    depth = 0
    for token in _TOKENS.finditer(text):
        depth += (token[0] in _OPENING) - (token[0] in _CLOSING)
        if not depth:
            deep = text[: token.end()]
            return Damaged(_TOO_DEEP, deep), position + len(deep.encode("utf-8", "surrogateescape"))
    return Damaged(_TOO_DEEP, text)


def _small_array(body: bytes) -> list[object] | None:
    """All of an array at once, which takes a third of the time; None where it is large, or where something is wrong."""
    if len(body) > MAX_VALUE_BYTES:
        return None
    try:
        return cast("list[object]", _decoder.decode(text_in(body)))
    except (ValueError, RecursionError):
        return None


def _holds_arrays(body: bytes, position: int) -> bool:
    """Whether a body that begins with a bracket begins with an array, and not with lines of text.

    Text behind the array, or on the next line, makes text of all: a line of a log may be a list and more.
    """
    if not _OPENING_ARRAY.match(body, position):
        return False
    first = _skip_space(body, position + 1)
    if body[first] != ord("]") and isinstance(_value_at(body, first, len(body)), Damaged):
        return False
    for number in range(_LOOKED_AT):
        try:
            read = _value_at(body, position, len(body))
        except PayloadTooLargeError:
            break
        if isinstance(read, Damaged):
            return number == 0 and (body[first] == ord("{") or not _breaks_in_its_line(body, position))
        goes_on = _JSON_GOES_ON.match(body, read[1])
        if goes_on is None:
            return False
        position = goes_on.end()
        if goes_on[1] or position == len(body):
            break
    return True


def _breaks_in_its_line(body: bytes, position: int) -> bool:
    """Whether what is no JSON is so by its first line alone."""
    line = text_in(body[position : min(_line_end(body, position), position + MAX_VALUE_BYTES)]).rstrip()
    try:
        _decode(json.JSONDecoder.raw_decode, line)
    except json.JSONDecodeError as error:
        return error.pos < len(line)
    except RecursionError:
        pass
    return False


def _array(body: bytes, position: int) -> Generator[object, None, int]:
    """The values of an array from its first one on, one by one. It returns where the array ends, or the body."""
    while body[position : position + 1] != b"]":
        read = _value_at(body, position, len(body))
        if isinstance(read, Damaged):
            yield Damaged(read.error + THE_REST, sample(body, position))
            return len(body)
        value, position = read
        yield value
        position = _skip_space(body, position)
        if body[position : position + 1] == b",":
            position = _skip_space(body, position + 1)
        elif body[position : position + 1] != b"]":
            yield Damaged("the array ends too early" + THE_REST, sample(body, position))
            return len(body)
    return position + 1


def _line_end(body: bytes, position: int) -> int:
    end = body.find(b"\n", position)
    return len(body) if end < 0 else end


def _lines(body: bytes, *, arrays: bool = False) -> Iterator[object]:
    """NDJSON, concatenated JSON and plain text, in any mixture, and where a body begins with an array, arrays too.

    A line that begins like a value and isn't one is text, until the first value was read: then it is a damaged one.
    A value may go over several lines, until one was tried that isn't one: else each line might be read to the end.
    """
    ends_a_value = (_VALUE_END if arrays else _OBJECT_END).match
    values, several_lines = False, True
    count = position = 0
    end = -1
    while (begins := _skip_space(body, position)) < len(body):
        if end < begins:  # looked for once a line: thousands of objects may stand on one
            end = _line_end(body, begins)
        read = None
        if body[begins] == ord("{"):
            read = _value_at(body, begins, len(body) if several_lines else end)
        elif arrays and _OPENING_ARRAY.match(body, begins):
            count = _one_more(count)
            read = _array_at(body, begins, len(body) if several_lines else end)
            if read is None or (isinstance(read, Damaged) and not values):
                position = yield from _large_array(body, begins)
                values = True
                continue
        if isinstance(read, tuple) and ends_a_value(body, read[1]):
            yield from read[0] if body[begins] == ord("[") else (read[0],)
            values = True
            position = read[1]
            continue
        several_lines = several_lines and read is None
        if values and isinstance(read, Damaged):
            yield Damaged(read.error, _line(body, begins, end))
        else:
            # Indentation is the line's own: a stack trace's.
            yield _line(body, max(position, body.rfind(b"\n", position, begins) + 1), end)
        position = end


def _one_more(arrays: int) -> int:
    """Counts arrays, of which any number may hold nothing, and so no log that is counted."""
    if arrays >= MAX_LOGS:
        raise PayloadTooLargeError(
            f"More than {MAX_LOGS:,} arrays in a request; nothing of it was taken. Send smaller batches."
        )
    return arrays + 1


def _array_at(body: bytes, position: int, limit: int) -> tuple[list[object], int] | Damaged | None:
    """The array that begins at a position, and where it ends; None where it must be read value by value.

    It is too large to be read at once, or something in it is nested too deeply.
    """
    try:
        read = _value_at(body, position, limit)
    except PayloadTooLargeError:
        return None
    return None if isinstance(read, tuple) and not isinstance(read[0], list) else read


def _large_array(body: bytes, position: int) -> Generator[object, None, int]:
    """An array value by value, and the refusal of text behind it. It returns where that ends."""
    position = yield from _array(body, _skip_space(body, position + 1))
    if _VALUE_END.match(body, position):
        return position
    end = _line_end(body, position)
    yield Damaged("text behind an array", _line(body, position, end))
    return end


def _line(body: bytes, start: int, end: int) -> str:
    check_size(end - start)
    return body[start:end].decode("utf-8", "replace").rstrip("\r")
