"""Session tokens: JWT, HS256, with the key's id in the header so that keys rotate without signing anyone out."""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple
from uuid import UUID

from shared.mockupaws.errors import UnauthorizedError, UnavailableError
from shared.mockupaws.ids import new_id
from shared.mockupaws.secrets import TTL_SECONDS, read_secret
from shared.mockupaws.settings import settings

ISSUER = "mockupaws"
AUDIENCE = "mockupaws-api"
ACCESS_TTL = timedelta(minutes=30)
ALGORITHM = "HS256"
MIN_SECRET_BYTES = 32
# A key that nobody knows here may be a new one. Forged ones don't make Secrets Manager's bill: it is asked this rarely.
UNKNOWN_KEY_AGE_S = 10.0

TokenType = Literal["access", "refresh"]


class WeakSecretError(RuntimeError):
    """The signing key is too short to sign with: nothing starts with it."""


@dataclass(frozen=True, slots=True)
class SigningKeys:
    """The keys that tokens are signed and checked with.

    Attributes:
        current: id of the key that signs.
        by_kid: every key that is still believed, by id: the current one and, while rotating, the previous.
    """

    current: str
    by_kid: Mapping[str, bytes]

    def __post_init__(self) -> None:
        for kid, key in self.by_kid.items():
            if len(key) < MIN_SECRET_BYTES:
                raise WeakSecretError(f"JWT key {kid!r} has {len(key)} bytes; at least {MIN_SECRET_BYTES} are needed.")


class Claims(NamedTuple):
    """What a valid token says.

    Attributes:
        user_id: whose it is.
        token_id: the token's own id; for a refresh token, its row's.
    """

    user_id: UUID
    token_id: UUID


def signing_keys(*, max_age_s: float = TTL_SECONDS) -> SigningKeys:
    """The keys from Secrets Manager: `{"kid": …, "key": …, "previous": {"kid": …, "key": …}}`.

    Args:
        max_age_s: how long ago they may have been read.

    Raises:
        UnavailableError: they can't be read.
        WeakSecretError: a key has fewer than 32 bytes.
    """
    secret = read_secret(settings().jwt_secret_arn, max_age_s=max_age_s)
    by_kid = {str(secret["kid"]): str(secret["key"]).encode()}
    if previous := secret.get("previous"):
        by_kid[str(previous["kid"])] = str(previous["key"]).encode()
    return SigningKeys(str(secret["kid"]), by_kid)


def start_with_keys() -> None:
    """Reads the keys while a function starts, where it is told of any; the first token doesn't wait for them then.

    While they can't be read the function starts nevertheless: whoever comes with a token is told to try again.

    Raises:
        WeakSecretError: a key has fewer than 32 bytes: the function doesn't start.
    """
    if settings().jwt_secret_arn:
        with suppress(UnavailableError):
            signing_keys()


def token_digest(token: str) -> bytes:
    """What is stored of a refresh or a reset token: enough to know it again, not to use it."""
    return hashlib.sha256(token.encode()).digest()


def sign(
    keys: SigningKeys,
    user_id: UUID,
    typ: TokenType,
    *,
    expires_at: datetime,
    now: datetime,
    token_id: UUID | None = None,
) -> str:
    """A token for the user.

    Args:
        keys: signs with the current one.
        user_id: whose it is.
        typ: an access token opens the API, a refresh token only buys the next pair.
        expires_at: UTC.
        now: UTC.
        token_id: the id to carry, a new one if None.
    """
    import jwt  # noqa: PLC0415 - the doors know the keys and no token: they never load it

    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": str(user_id),
        "typ": typ,
        "jti": str(token_id or new_id()),
        "iat": now,
        "exp": expires_at,
    }
    return jwt.encode(claims, keys.by_kid[keys.current], algorithm=ALGORITHM, headers={"kid": keys.current})


def read_token(token: str, typ: TokenType) -> Claims:
    """What a token says, by the keys of this stage.

    Raises:
        UnauthorizedError: it isn't ours, not of this type, or has expired; which of them is not told.
        UnavailableError: the keys can't be read.
    """
    keys = signing_keys()
    if _key_id(token) not in keys.by_kid:
        keys = signing_keys(max_age_s=UNKNOWN_KEY_AGE_S)
    return verify(keys, token, typ)


def verify(keys: SigningKeys, token: str, typ: TokenType) -> Claims:
    """What the token says, if it is ours, of the type asked for, and not expired.

    Raises:
        UnauthorizedError: it isn't; which of the checks failed is not told.
    """
    import jwt  # noqa: PLC0415 - see above

    try:
        key = keys.by_kid[_key_id(token)]
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            issuer=ISSUER,
            options={"require": ["iss", "aud", "sub", "exp", "iat", "typ", "jti"]},
        )
        known = Claims(UUID(claims["sub"]), UUID(claims["jti"]))
    # Of what nobody signed, anything may be anything: brackets nested too deeply are a RecursionError.
    except (jwt.InvalidTokenError, LookupError, ValueError, RecursionError) as error:
        raise _invalid() from error
    if claims["typ"] != typ:
        raise _invalid()
    return known


def _invalid() -> UnauthorizedError:
    return UnauthorizedError("The token is invalid or has expired; sign in again.")


def _key_id(token: str) -> str:
    import jwt  # noqa: PLC0415 - see above

    try:
        return str(jwt.get_unverified_header(token)["kid"])
    except (jwt.InvalidTokenError, LookupError, ValueError, RecursionError) as error:
        raise _invalid() from error
