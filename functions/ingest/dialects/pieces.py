"""What a body is cut into, beside texts and objects, and how large a piece may be."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from functions.ingest.models import RecordTooLargeError

MAX_VALUE_BYTES = 1024 * 1024
# Of what is refused much more than is kept: it is cut after masking, for a card's first half would not be masked.
SAMPLE_BYTES = 16 * 1024
THE_REST = "; what follows can't be told apart"


@dataclass(frozen=True, slots=True)
class Damaged:
    """A part that begins like a value and isn't one.

    Attributes:
        error: what is wrong.
        text: the part.
    """

    error: str
    text: str


@dataclass(frozen=True, slots=True)
class Stamped:
    """An object that came with its time before it, as Fluent Bit frames msgpack.

    Attributes:
        occurred_at: UTC.
        value: the object.
    """

    occurred_at: datetime | None
    value: dict[str, Any]


def sample(body: bytes, position: int) -> str:
    """The beginning of what is refused from a position on."""
    return body[position : position + SAMPLE_BYTES].decode("utf-8", "replace")


def too_large() -> RecordTooLargeError:
    """The error that says so."""
    return RecordTooLargeError(
        f"A record has more than {MAX_VALUE_BYTES:,} bytes; nothing of the request was taken. Send smaller records."
    )


def check_size(size: int) -> None:
    """Whether a record of so many bytes is read.

    Raises:
        RecordTooLargeError: it has too many.
    """
    if size > MAX_VALUE_BYTES:
        raise too_large()
