"""From a request's headers to its caller: credential, allowance and access, in one round trip, before any parsing."""

import base64
import binascii
import hmac
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple
from uuid import UUID

from shared.mockupaws.auth.access import Access, Caller
from shared.mockupaws.auth.addresses import client_address
from shared.mockupaws.auth.keys import PresentedKey, parse_key
from shared.mockupaws.auth.limits import Limit
from shared.mockupaws.auth.store import Admission, admit
from shared.mockupaws.auth.tokens import read_token
from shared.mockupaws.db import Database
from shared.mockupaws.errors import RateLimitedError, UnauthorizedError


class Credential(NamedTuple):
    """What a request presents.

    Attributes:
        user_id: from a session token that verified.
        key: an API key of the right form.
    """

    user_id: UUID | None = None
    key: PresentedKey | None = None


class Pass(NamedTuple):
    """An admitted request.

    Attributes:
        caller: who it is, None on a public route, whatever credential came along.
        remaining: requests left in the window, None where the route has no limit.
        reset_seconds: until the window ends.
    """

    caller: Caller | None
    remaining: int | None = None
    reset_seconds: int | None = None


def read_credential(headers: Mapping[str, str]) -> Credential:
    """The credential in the headers (names in lower case), without asking the database.

    An API key comes in `X-API-Key`, or as a Bearer token, Basic's password, `Splunk <key>` or Firehose's access key;
    a session token as a Bearer token. What holds for nothing is no credential.
    """
    presented = headers.get("x-api-key") or headers.get("x-amz-firehose-access-key")
    scheme, _, value = headers.get("authorization", "").partition(" ")
    scheme, value = scheme.lower(), value.strip()
    if presented is None and scheme == "basic":
        presented = _basic_password(value)
    elif presented is None and (scheme == "splunk" or value.startswith("mk_")):
        presented = value
    if presented is not None:
        return Credential(key=parse_key(presented.strip()))
    if scheme == "bearer":
        with suppress(UnauthorizedError):
            return Credential(user_id=read_token(value, "access").user_id)
    return Credential()


def _basic_password(value: str) -> str:
    try:
        return base64.b64decode(value, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def caller_of(admission: Admission, credential: Credential) -> Caller | None:
    """The caller that the database vouches for."""
    if admission.user_id is None or admission.role is None:
        return None
    if credential.key is None:
        return Caller(admission.user_id, admission.role)
    if admission.key_hash is None or not hmac.compare_digest(admission.key_hash, credential.key.digest):
        return None
    return Caller(admission.user_id, admission.role, admission.key_id, frozenset(admission.scopes or ()))


def let_in(database: Database, headers: Mapping[str, str], source_ip: str, access: Access, limit: Limit | None) -> Pass:
    """Admits a request or says why not.

    Args:
        database: keeps keys, users and counters.
        headers: names in lower case.
        source_ip: whoever opened the connection, as API Gateway saw it.
        access: what the route asks of its caller.
        limit: the allowance that the request spends; None for a route that must answer without a database.

    Raises:
        RateLimitedError: the allowance is used up.
        UnauthorizedError: the route needs a credential, and there is none that holds.
        ForbiddenError: the caller may not.
        UnavailableError: the database can't be asked.
    """
    if limit is None:
        access.check(None)
        return Pass(None)
    # On a public route, signing in under many accounts would otherwise be many allowances to guess passwords with.
    credential = Credential() if access.role is None else read_credential(headers)
    with database.autocommit() as connection:
        admission = admit(
            connection,
            limit_class=limit.name,
            limit=limit.per_minute,
            address=client_address(headers, source_ip),
            user_id=credential.user_id,
            key_prefix=credential.key.prefix if credential.key else None,
            key_hash=credential.key.digest if credential.key else None,
        )
    if not admission.allowed:
        raise RateLimitedError(limit=limit.per_minute, reset_seconds=admission.reset_seconds)
    caller = caller_of(admission, credential)
    access.check(caller)
    return Pass(caller, admission.remaining, admission.reset_seconds)
