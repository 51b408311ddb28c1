"""Registration, sessions and passwords.

Functions that hash take the database rather than a connection: a quarter of a second of bcrypt belongs in no
transaction, where it would hold one of the proxy's connections.
"""

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

from functions.auth import store
from functions.auth.models import Family, Login, Profile, Registered, Registration, Reset, Secret, Tokens
from shared.mockupaws.auth.access import Caller
from shared.mockupaws.auth.passwords import check_password, hash_password
from shared.mockupaws.auth.tokens import ACCESS_TTL, read_token, sign, signing_keys, token_digest
from shared.mockupaws.auth.users.models import User
from shared.mockupaws.auth.users.store import add_user, end_sessions
from shared.mockupaws.aws import failures, sqs
from shared.mockupaws.db import Database, Rows
from shared.mockupaws.errors import ConflictError, Detail, InvalidRequestError, UnauthorizedError, UnavailableError
from shared.mockupaws.ids import new_id
from shared.mockupaws.invocation import correlation_id
from shared.mockupaws.settings import settings

SESSION_TTL = timedelta(days=7)


def register(database: Database, body: Registration) -> Registered:
    """Makes a user and signs them in.

    Raises:
        ConflictError: the email has an account.
    """
    password_hash = hash_password(body.password)
    with database.transaction() as connection:
        user = add_user(
            connection,
            user_id=new_id(),
            email=body.email,
            password_hash=password_hash,
            full_name=body.full_name,
            role="user",
        )
        if user is None:
            raise ConflictError("This email has an account; sign in, or reset its password.")
        tokens = _new_session(connection, user.id)
    return Registered(user=user, **tokens.model_dump())


def sign_in(database: Database, body: Login) -> Tokens:
    """Opens a session.

    An unknown email, a wrong password and a disabled user take the same steps and get the same answer.

    Raises:
        UnauthorizedError: they don't belong together, or the user is disabled.
    """
    with database.autocommit() as connection:
        secret = store.find_secret(connection, body.email)
    holds = check_password(body.password, secret.password_hash if secret else None)
    if secret is not None and holds and secret.is_active:
        with database.transaction() as connection:
            if store.record_login(connection, secret):
                return _new_session(connection, secret.user_id)
    raise UnauthorizedError("Email and password don't match; check both, or reset the password.")


def refresh(database: Database, refresh_token: str) -> Tokens:
    """Spends a refresh token for the next pair, which ends when the login does.

    Raises:
        UnauthorizedError: the token doesn't hold. If it was spent before, whoever holds its successors is signed out.
    """
    claims = read_token(refresh_token, "refresh")
    # The refusal is raised after the transaction: raised inside, it would undo the revocation.
    with database.transaction() as connection:
        if store.lock_active_user(connection, claims.user_id):
            family = store.use_refresh_token(connection, claims.token_id, token_digest(refresh_token))
            if family is not None:
                return _tokens(connection, claims.user_id, family)
            store.revoke_family(connection, claims.token_id)
    raise UnauthorizedError("This refresh token was used or revoked; sign in again.")


def sign_out(connection: Rows, caller: Caller) -> None:
    """Ends all of the caller's sessions: none can be refreshed any more."""
    if store.lock_active_user(connection, caller.user_id):
        end_sessions(connection, caller.user_id)


def request_reset(email: str) -> None:
    """Has a mail with a reset link sent, if the email has an account.

    Whether it has is looked up by `send_reset`, behind a queue: here, known and unknown are the same work.

    Raises:
        UnavailableError: the queue can't be reached.
    """
    try:
        asked = json.dumps({"email": email, "correlation_id": correlation_id()})
        sqs().send_message(QueueUrl=settings().reset_queue_url, MessageBody=asked)
    except failures() as error:
        raise UnavailableError("The mail can't be sent now; try again.") from error


def reset_password(database: Database, body: Reset) -> None:
    """Sets a new password by a mailed token and ends all sessions.

    Raises:
        InvalidRequestError: the token was used, has expired or never existed.
    """
    token_hash = token_digest(body.token)
    with database.autocommit() as connection:
        secret = store.find_reset(connection, token_hash)
    if secret is None:
        raise _stale_link()
    password_hash = hash_password(body.new_password)
    with database.transaction() as connection:
        # Single use: a reset that ran meanwhile has changed the password that this one found.
        if not _set_password(connection, secret, password_hash):
            raise _stale_link()


def own_profile(connection: Rows, caller: Caller) -> User:
    """The caller, as the API shows them.

    Raises:
        UnauthorizedError: they were deleted a moment ago.
    """
    user = store.find_user(connection, caller.user_id)
    if user is None:
        raise UnauthorizedError("This account is gone.")
    return user


def change_profile(database: Database, caller: Caller, body: Profile) -> User:
    """Changes the caller's name or password; another password ends all sessions.

    Raises:
        InvalidRequestError: the current password is missing or wrong.
    """
    change = _password_change(database, caller, body) if body.password is not None else None
    with database.transaction() as connection:
        if change is not None and not _set_password(connection, *change):
            raise _wrong_password()
        if body.full_name is not None:
            store.rename(connection, caller.user_id, body.full_name)
        return own_profile(connection, caller)


def _password_change(database: Database, caller: Caller, body: Profile) -> tuple[Secret, str]:
    with database.autocommit() as connection:
        secret = store.find_own_secret(connection, caller.user_id)
    if secret is None or not check_password(body.current_password or "", secret.password_hash):
        raise _wrong_password()
    return secret, hash_password(body.password or "")


def _set_password(connection: Rows, secret: Secret, password_hash: str) -> bool:
    if not store.replace_password(connection, secret, password_hash):
        return False
    end_sessions(connection, secret.user_id)
    store.spend_resets(connection, secret.user_id)
    return True


def _new_session(connection: Rows, user_id: UUID) -> Tokens:
    return _tokens(connection, user_id, Family(new_id(), datetime.now(UTC) + SESSION_TTL))


def _tokens(connection: Rows, user_id: UUID, family: Family) -> Tokens:
    keys, now, token_id = signing_keys(), datetime.now(UTC), new_id()
    refresh_token = sign(keys, user_id, "refresh", expires_at=family.expires_at, now=now, token_id=token_id)
    store.add_refresh_token(
        connection, token_id=token_id, user_id=user_id, family=family, token_hash=token_digest(refresh_token)
    )
    return Tokens(
        access_token=sign(keys, user_id, "access", expires_at=now + ACCESS_TTL, now=now),
        refresh_token=refresh_token,
        expires_in=int(ACCESS_TTL.total_seconds()),
    )


def _stale_link() -> InvalidRequestError:
    message = "This link was used or has expired; ask for a new one."
    return InvalidRequestError(message, details=(Detail("body.token", message),))


def _wrong_password() -> InvalidRequestError:
    message = "The current password is missing or wrong."
    return InvalidRequestError(message, details=(Detail("body.current_password", message),))
