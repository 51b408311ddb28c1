"""UUIDv7 identifiers: they sort by the time they were made (RFC 9562)."""

from uuid import UUID

import uuid_utils


def new_id() -> UUID:
    """A new UUIDv7."""
    return UUID(int=uuid_utils.uuid7().int)
