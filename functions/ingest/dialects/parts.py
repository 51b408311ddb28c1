"""Where what is wrong with one part of a body becomes the refusal of that part, and of nothing else."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from functions.ingest.dialects.fields import text_of
from functions.ingest.models import Decoded
from shared.mockupaws.intake import Record

_WRONG = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError)
WRONG = (*_WRONG, RecursionError)
"""What reading a part comes to where something isn't as it should be."""
_SAMPLED_LEVELS = 8
_Read = TypeVar("_Read")


class UnreadablePartError(ValueError):
    """What is wrong with a part, in words that quote nothing of it: they are kept as they are."""


def read_part(decoded: Decoded, form: str, read: Callable[..., _Read], part: object, *more: object) -> _Read | None:
    """What a function reads from a part of a body; None where it can't, and the part is refused.

    Args:
        decoded: where the refusal goes.
        form: what the part should have been, for the reason.
        read: raises `UnreadablePartError`, or what its code comes to where something isn't as it should be.
        part: what it reads.
        more: what else it is given.

    Raises:
        PayloadTooLargeError: it is over a limit, and nothing of the request is taken.
    """
    try:
        return read(part, *more)
    except UnreadablePartError as error:
        reason = str(error)
    except RecursionError:
        reason = "it is nested too deeply"
    except _WRONG as error:
        # Its kind only: its text may quote what is wrong.
        reason = type(error).__name__
    decoded.refuse(f"not {form}: {reason}", sample_of(part))
    return None


def take_part(decoded: Decoded, form: str, read: Callable[..., Record], part: object, *more: object) -> None:
    """Adds the log that a function reads from a part of a body; see `read_part`."""
    record = read_part(decoded, form, read, part, *more)
    if record is not None:
        decoded.take(record)


def sample_of(part: object) -> str:
    """A part as text, its upper levels only where it has too many."""
    try:
        return text_of(part)
    except RecursionError:
        return text_of(_upper(part, _SAMPLED_LEVELS))


def _upper(part: object, levels: int) -> object:
    if isinstance(part, dict):
        items = cast("dict[str, Any]", part).items()
        return {name: _upper(value, levels - 1) for name, value in items} if levels else "…"
    if isinstance(part, list):
        return [_upper(value, levels - 1) for value in cast("list[Any]", part)] if levels else "…"
    return part
