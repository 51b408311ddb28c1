"""Where a page of logs ended, as an opaque word that the client hands back."""

import base64
import binascii
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from shared.mockupaws.errors import Detail, InvalidRequestError

_FORM = struct.Struct(">q16s")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a scenario's logs, which are ordered by time and then id.

    Attributes:
        received_at: UTC, to the microsecond, as PostgreSQL keeps it.
        log_id: the log's.
    """

    received_at: datetime
    log_id: UUID


def write_cursor(position: Position) -> str:
    """The word for a place."""
    microseconds = (position.received_at - _EPOCH) // _MICROSECOND
    return base64.urlsafe_b64encode(_FORM.pack(microseconds, position.log_id.bytes)).decode()


def read_cursor(cursor: str) -> Position:
    """The place that a word stands for.

    Raises:
        InvalidRequestError: it isn't a word of `write_cursor`.
    """
    try:
        microseconds, log_id = _FORM.unpack(base64.b64decode(cursor, altchars=b"-_", validate=True))
        return Position(_EPOCH + microseconds * _MICROSECOND, UUID(bytes=log_id))
    except (binascii.Error, struct.error, OverflowError, ValueError) as error:
        detail = Detail("query.cursor", "use `next_cursor` of a reply as it is, or none to begin at the newest")
        raise InvalidRequestError("The cursor is not one of ours.", details=(detail,)) from error
