"""Signed-in users without a detour through `auth`."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from shared.mockupaws.auth.tokens import sign, signing_keys


def access_token(user_id: UUID) -> str:
    """A token as `auth` gives it to who signs in."""
    now = datetime.now(UTC)
    return sign(signing_keys(), user_id, "access", expires_at=now + timedelta(minutes=30), now=now)
