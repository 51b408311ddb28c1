"""Tokens and keys that nobody issued, or not for this, open nothing."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import boto3
import pytest

from functions.auth.handler import api, handler
from shared.mockupaws.auth.keys import generate_key
from shared.mockupaws.auth.tokens import sign, signing_keys
from shared.mockupaws.db import Rows
from shared.mockupaws.ids import new_id
from shared.mockupaws.secrets import read_secret
from shared.mockupaws.settings import settings
from tests import factories
from tests.gateway import Gateway
from tests.sessions import access_token

pytestmark = pytest.mark.usefixtures("stage")

Json = dict[str, Any]
Forgery = Callable[[Json, Json, bytes], str]


def encode(part: Any) -> str:
    raw = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def signed(header: Any, claims: Any, key: bytes, digest: str = "sha256") -> str:
    text = f"{encode(header)}.{encode(claims)}"
    return f"{text}.{encode(hmac.digest(key, text.encode(), digest))}"


def with_claims(**changes: Any) -> Forgery:
    return lambda header, claims, key: signed(header, claims | changes, key)


def without_claim(name: str) -> Forgery:
    return lambda header, claims, key: signed(header, {n: v for n, v in claims.items() if n != name}, key)


def with_header(**changes: Any) -> Forgery:
    return lambda header, claims, key: signed(header | changes, claims, key)


def written(token: str) -> Forgery:
    return lambda _header, _claims, _key: token


def ago(**delta: float) -> int:
    return int((datetime.now(UTC) - timedelta(**delta)).timestamp())


PUBLIC_KEY = b"-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----\n"

FORGERIES: dict[str, Forgery] = {
    "algorithm none": lambda h, c, _: f"{encode(h | {'alg': 'none'})}.{encode(c)}.",
    "algorithm None": lambda h, c, _: f"{encode(h | {'alg': 'None'})}.{encode(c)}.",
    "algorithm none, signed": with_header(alg="none"),
    "algorithm HS512": lambda h, c, key: signed(h | {"alg": "HS512"}, c, key, "sha512"),
    "algorithm HS384": lambda h, c, key: signed(h | {"alg": "HS384"}, c, key, "sha384"),
    "algorithm RS256": with_header(alg="RS256"),
    "algorithm missing": lambda h, c, key: signed({"kid": h["kid"], "typ": "JWT"}, c, key),
    "algorithm a list": with_header(alg=["HS256"]),
    "signed with a public key": lambda h, c, _: signed(h, c, PUBLIC_KEY),
    "signed with nothing": lambda h, c, _: signed(h, c, b""),
    "signature missing": lambda h, c, key: signed(h, c, key).rpartition(".")[0] + ".",
    "signature of another token": lambda h, c, key: (
        f"{encode(h)}.{encode(c | {'jti': str(new_id())})}." + signed(h, c, key).rpartition(".")[2]
    ),
    "signature cut": lambda h, c, key: signed(h, c, key)[:-2],
    "key id unknown": with_header(kid="then"),
    "key id missing": lambda _, c, key: signed({"alg": "HS256"}, c, key),
    "key id null": with_header(kid=None),
    "key id a path": with_header(kid="../../../../dev/null"),
    "key id a number": with_header(kid=1),
    "key in the header": lambda h, c, _: signed(
        h | {"kid": "mine", "jwk": {"kty": "oct", "kid": "mine", "k": encode(b"k" * 32)}}, c, b"k" * 32
    ),
    "key by address": with_header(kid="mine", jku="https://example.com/keys.json"),
    "a critical extension": with_header(crit=["exp2"], exp2=1),
    "another audience": with_claims(aud="another-api"),
    "another issuer": with_claims(iss="https://example.com"),
    "issuer in a list": with_claims(iss=["mockupaws"]),
    "audience null": with_claims(aud=None),
    "expired": with_claims(exp=ago(seconds=1)),
    "expiry a word": with_claims(exp="never"),
    "expiry null": with_claims(exp=None),
    "issued tomorrow": with_claims(iat=ago(days=-1)),
    "valid from tomorrow": with_claims(nbf=ago(days=-1)),
    "a refresh token": with_claims(typ="refresh"),
    "no type": with_claims(typ=None),
    "type in a list": with_claims(typ=["access"]),
    "subject a number": with_claims(sub=1),
    "subject no id": with_claims(sub="admin"),
    "subject nobody": with_claims(sub=str(new_id())),
    "subject injected": with_claims(sub="' OR 1=1 --"),
    "token id a number": with_claims(jti=1),
    **{f"without {name}": without_claim(name) for name in ("iss", "aud", "sub", "exp", "iat", "typ", "jti")},
    "claims a list": lambda h, _, key: signed(h, [], key),
    "claims no JSON": lambda h, _, key: signed(h, b"{", key),
    "header a list": lambda _, c, key: signed([], c, key),
    "header nested deeply": lambda _, c, key: signed(b"[" * 7_000 + b"]" * 7_000, c, key),
    "claims nested deeply": lambda h, _, key: signed(h, b"[" * 7_000 + b"]" * 7_000, key),
    "header a long number": lambda _, c, key: signed(b"9" * 5_000, c, key),
    "header no base64": lambda _, c, key: "é." + signed({}, c, key),
    "two parts": lambda h, c, _: f"{encode(h)}.{encode(c)}",
    "four parts": lambda h, c, key: signed(h, c, key) + ".more",
    "empty parts": written(".."),
    "a word": written("token"),
}


@pytest.fixture
def auth() -> Gateway:
    return Gateway(handler, api.routes)


@pytest.fixture
def user_id(connection: Rows) -> UUID:
    return factories.user(connection, role="superuser")["id"]


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES)
def test_a_forged_token_is_a_401(auth: Gateway, user_id: UUID, forgery: Forgery) -> None:
    genuine = access_token(user_id)
    header, claims = (json.loads(base64.urlsafe_b64decode(part + "==")) for part in genuine.split(".")[:2])
    keys = signing_keys()
    forged = forgery(header, claims, keys.by_kid[keys.current])
    refused = auth.get("/auth/me", token=forged)
    assert (refused.status, refused.json["error"]) == (401, "unauthorized")
    assert refused.json["message"] == auth.get("/auth/me").json["message"]
    assert auth.get("/auth/me", token=genuine).status == 200


def test_a_session_is_presented_as_a_bearer_only(auth: Gateway, user_id: UUID) -> None:
    genuine = access_token(user_id)
    basic = base64.b64encode(f"user:{genuine}".encode()).decode()
    for headers in (
        {"Authorization": genuine},
        {"Authorization": f"Basic {basic}"},
        {"Authorization": f"Splunk {genuine}"},
        {"X-API-Key": genuine},
        {"Cookie": f"access_token={genuine}"},
    ):
        assert auth.get("/auth/me", headers=headers).status == 401
    assert auth.get("/auth/me", query={"access_token": genuine}).status == 401
    assert auth.get("/auth/me", headers={"Authorization": f"bearer  {genuine} "}).status == 200


@pytest.mark.parametrize(
    "key",
    ["", "mk_", "mk_abcdefgh_", "mk_ABCDEFGH_" + "a" * 32, "mk_abcdefgh_" + "a" * 33, "mk_abcdefgh_" + "é" * 32,
     "MK_abcdefgh_" + "a" * 32, "mk_abcdefgh_" + "a" * 32, "mk_abcd'--h_" + "a" * 32, "\x00"],
)  # fmt: skip
def test_what_is_no_key_is_a_401(auth: Gateway, key: str) -> None:
    assert auth.get("/auth/me", key=key).status == 401


def test_the_right_prefix_alone_opens_nothing_and_spends_nothing(auth: Gateway, connection: Rows) -> None:
    row = factories.api_key(connection)
    guess = f"mk_{row['key_prefix']}_{generate_key()[12:]}"
    assert auth.get("/auth/me", key=guess).status == 401
    assert connection.execute("SELECT identity FROM rate_limits").fetchall() == [("203.0.113.7",)]
    # The database compares first; the comparison that counts is in constant time, here in Python.
    connection.execute("UPDATE api_keys SET key_hash = %s", (hashlib.sha256(guess.encode()).digest(),))
    assert auth.get("/auth/me", key=guess).status == 403


def rotate_signing_key(secret: Json) -> None:
    boto3.client("secretsmanager").put_secret_value(SecretId=settings().jwt_secret_arn, SecretString=json.dumps(secret))
    read_secret(settings().jwt_secret_arn, max_age_s=0)


def test_a_rotated_signing_key_signs_nobody_out_until_it_is_retired(auth: Gateway, user_id: UUID) -> None:
    old = signing_keys()
    before = access_token(user_id)
    previous = {"kid": old.current, "key": old.by_kid[old.current].decode()}
    rotate_signing_key({"kid": "next", "key": "n" * 32, "previous": previous})
    after = access_token(user_id)
    assert auth.get("/auth/me", token=before).status == 200
    assert auth.get("/auth/me", token=after).status == 200
    rotate_signing_key({"kid": "next", "key": "n" * 32})
    assert auth.get("/auth/me", token=before).status == 401
    assert auth.get("/auth/me", token=after).status == 200


@pytest.mark.parametrize("weak", [{"key": "k" * 31}, {"key": "n" * 32, "previous": {"kid": "now", "key": "k" * 31}}])
def test_with_a_short_signing_key_nobody_gets_in(auth: Gateway, user_id: UUID, weak: Json) -> None:
    now = datetime.now(UTC)
    token = sign(signing_keys(), user_id, "access", expires_at=now + timedelta(minutes=1), now=now)
    rotate_signing_key({"kid": "now", **weak})
    assert auth.get("/auth/me", token=token).status == 500
    body = {"email": "ada@example.com", "password": "Correct-Horse-7!", "full_name": "Ada"}
    assert auth.post("/auth/register", body).status == 500
    rotate_signing_key({"kid": "now", "key": "k" * 32})
    assert auth.post("/auth/register", body).status == 201
