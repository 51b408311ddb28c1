"""API keys: what programs sign in with. A key never may more than its owner, nor manage keys."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from functions.api_keys import store
from functions.api_keys.models import ApiKey, IssuedApiKey, NewApiKey
from shared.mockupaws.auth.access import Caller, Scope, scopes_of
from shared.mockupaws.auth.keys import generate_key, present
from shared.mockupaws.contracts.wire import Page
from shared.mockupaws.db import Rows
from shared.mockupaws.errors import ConflictError, ForbiddenError, NotFoundError, UnavailableError
from shared.mockupaws.ids import new_id


def issue(connection: Rows, caller: Caller, body: NewApiKey) -> IssuedApiKey:
    """Makes a key for the caller.

    Raises:
        ForbiddenError: a scope is beyond the caller's role.
    """
    _check_scopes(caller, body.scopes)
    text = generate_key()
    key = store.add_key(
        connection,
        key_id=new_id(),
        user_id=caller.user_id,
        presented=present(text),
        name=body.name,
        scopes=body.scopes,
        expires_at=datetime.now(UTC) + timedelta(days=body.expires_days) if body.expires_days else None,
    )
    if key is None:
        raise UnavailableError("Another key has this one's prefix; try again.")
    return IssuedApiKey(key=text, **key.model_dump())


def list_own(connection: Rows, caller: Caller, *, page: int, page_size: int) -> Page[ApiKey]:
    """The caller's own keys, the newest first."""
    return Page(
        items=store.list_keys(connection, caller.user_id, limit=page_size, offset=(page - 1) * page_size),
        total=store.count_keys(connection, caller.user_id),
        page=page,
        page_size=page_size,
    )


def revoke(connection: Rows, caller: Caller, key_id: UUID) -> None:
    """Makes a key hold for nothing, from the next request on. A superuser may revoke anybody's.

    Raises:
        NotFoundError: there is no such key, or it is another user's.
    """
    if not store.revoke_key(connection, key_id, caller.sees_of):
        raise _no_such_key()


def rotate(connection: Rows, caller: Caller, key_id: UUID) -> IssuedApiKey:
    """Gives one of the caller's own keys another text, of the same name, scopes and expiry; the old one holds no more.

    Not a superuser's on behalf of others: who reads the new text could act as them.

    Raises:
        NotFoundError: there is no such key, or it is another user's.
        ConflictError: it was revoked or has expired.
        ForbiddenError: it has a scope that is beyond the caller's role by now.
    """
    key = store.lock_key(connection, key_id, caller.user_id)
    if key is None:
        raise _no_such_key()
    if not key.is_active:
        raise ConflictError("This key was revoked; make a new one.")
    if key.expires_at is not None and key.expires_at <= datetime.now(UTC):
        raise ConflictError("This key has expired; make a new one.")
    _check_scopes(caller, key.scopes)
    text = generate_key()
    presented = present(text)
    store.replace_secret(connection, key_id, presented)
    return IssuedApiKey(key=text, **key.model_copy(update={"prefix": presented.prefix}).model_dump())


def _check_scopes(caller: Caller, scopes: Sequence[Scope]) -> None:
    beyond = [scope for scope in scopes if scope not in scopes_of(caller.role)]
    if beyond:
        raise ForbiddenError(f"A key can't do more than its owner: the role {caller.role} has no {', '.join(beyond)}.")


def _no_such_key() -> NotFoundError:
    return NotFoundError("There is no such API key.")
