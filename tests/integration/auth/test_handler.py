import base64
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3
import jwt
import pytest

from functions.auth import service
from functions.auth.handler import api, handler
from shared.mockupaws.auth import passwords
from shared.mockupaws.auth.access import Caller
from shared.mockupaws.auth.tokens import token_digest
from shared.mockupaws.db import Database, Rows
from shared.mockupaws.errors import UnauthorizedError
from shared.mockupaws.settings import settings
from tests import factories
from tests.gateway import Gateway, HttpReply

PASSWORD = "Correct-Horse-7!"
OTHER = "Another-Horse-8!"

pytestmark = pytest.mark.usefixtures("stage")


@pytest.fixture
def auth(connection: Rows, monkeypatch: pytest.MonkeyPatch) -> "Patient":
    monkeypatch.setattr(passwords, "BCRYPT_COST", 4)  # what a password costs is tested elsewhere
    return Patient(connection)


class Patient(Gateway):
    """A client who waits as long as the rate limit asks."""

    def __init__(self, connection: Rows) -> None:
        super().__init__(handler, api.routes)
        self._connection = connection

    def request(self, method: str, path: str, **options: Any) -> HttpReply:
        self._connection.execute("DELETE FROM rate_limits")
        return super().request(method, path, **options)


def register(auth: Gateway, email: str = "ada@example.com", password: str = PASSWORD) -> HttpReply:
    return auth.post("/auth/register", {"email": email, "password": password, "full_name": "Ada Lovelace"})


def sign_in(auth: Gateway, email: str = "ada@example.com", password: str = PASSWORD) -> HttpReply:
    return auth.post("/auth/login", {"email": email, "password": password})


def refresh(auth: Gateway, token: str) -> HttpReply:
    return auth.post("/auth/refresh", {"refresh_token": token})


def claims(token: str) -> dict[str, Any]:
    return json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))


class TestRegister:
    def test_who_registers_is_signed_in_and_can_sign_in_again(self, auth: Gateway) -> None:
        registered = register(auth, "Ada@Example.com")
        assert registered.status == 201
        assert registered.json["user"]["email"] == "ada@example.com"
        assert registered.json["user"]["role"] == "user"
        assert registered.json["user"]["is_superuser"] is False
        assert registered.json["token_type"] == "bearer"
        assert auth.get("/auth/me", token=registered.json["access_token"]).json["full_name"] == "Ada Lovelace"

        signed_in = sign_in(auth, "ADA@example.com")
        assert signed_in.status == 200
        assert set(signed_in.json) == {"access_token", "refresh_token", "token_type", "expires_in"}
        me = auth.get("/auth/me", token=signed_in.json["access_token"])
        assert me.status == 200
        assert me.json["last_login"].endswith("Z")
        assert me.json["updated_at"] == me.json["created_at"]
        assert "password_hash" not in me.json

    def test_an_email_registers_once_in_whatever_case(self, auth: Gateway) -> None:
        assert register(auth, "ada@example.com").status == 201
        again = register(auth, "ADA@EXAMPLE.COM")
        assert again.status == 409
        assert again.json["error"] == "conflict"

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("email", "ada"),
            ("email", "ada@localhost"),
            ("email", "\N{KELVIN SIGN}@example.com"),
            ("password", "Sh0rt!x"),
            ("password", "A1!" + "a" * 126),
            ("password", "no-upper-case-7!"),
            ("password", "NO-LOWER-CASE-7!"),
            ("password", "No-Digit-Here!"),
            ("password", "NoSpecial7Here"),
            ("full_name", ""),
            ("full_name", "   "),
            ("full_name", "a" * 256),
            ("role", "superuser"),
        ],
    )
    def test_what_is_wrong_with_a_field_is_said(self, auth: Gateway, field: str, value: str) -> None:
        body = {"email": "ada@example.com", "password": PASSWORD, "full_name": "Ada"} | {field: value}
        refused = auth.post("/auth/register", body)
        assert refused.status == 400
        assert refused.json["error"] == "validation_error"
        assert field in refused.json["details"][0]["field"]
        assert value not in refused.text or value == ""


class TestSignIn:
    def test_every_refusal_is_the_same(self, auth: Gateway, connection: Rows) -> None:
        register(auth)
        register(auth, "gone@example.com")
        connection.execute("UPDATE users SET is_active = false WHERE email = 'gone@example.com'")
        refusals = [
            sign_in(auth, password=OTHER),
            sign_in(auth, "nobody@example.com"),
            sign_in(auth, "gone@example.com"),
            sign_in(auth, "gone@example.com", OTHER),
        ]
        assert {refusal.status for refusal in refusals} == {401}
        assert len({(r.json["error"], r.json["message"]) for r in refusals}) == 1
        assert len({tuple(sorted(r.headers)) for r in refusals}) == 1

    def test_a_password_that_changes_while_it_is_checked_opens_nothing(
        self, auth: Gateway, connection: Rows, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        register(auth)

        def meanwhile(*_: str | None) -> bool:
            connection.execute("UPDATE users SET password_hash = 'another'")
            return True

        monkeypatch.setattr(service, "check_password", meanwhile)
        assert sign_in(auth).status == 401


class TestRefresh:
    def test_a_refresh_token_buys_the_next_pair_until_the_login_ends(self, auth: Gateway) -> None:
        first = register(auth).json
        second = refresh(auth, first["refresh_token"])
        assert second.status == 200
        third = refresh(auth, second.json["refresh_token"])
        assert third.status == 200
        assert auth.get("/auth/me", token=third.json["access_token"]).status == 200
        assert claims(third.json["refresh_token"])["exp"] == claims(first["refresh_token"])["exp"]
        assert claims(first["refresh_token"])["exp"] - claims(first["refresh_token"])["iat"] in (604799, 604800)
        assert claims(third.json["access_token"])["exp"] - claims(third.json["access_token"])["iat"] == 1800

    def test_a_used_one_ends_the_login_for_whoever_holds_its_successors(self, auth: Gateway) -> None:
        register(auth)
        stolen, other_login = sign_in(auth).json["refresh_token"], sign_in(auth).json["refresh_token"]
        successor = refresh(auth, stolen).json["refresh_token"]
        assert refresh(auth, stolen).status == 401
        assert refresh(auth, successor).status == 401
        assert refresh(auth, other_login).status == 200

    def test_an_access_token_buys_nothing(self, auth: Gateway) -> None:
        assert refresh(auth, register(auth).json["access_token"]).status == 401

    def test_of_twenty_at_once_one_wins_and_the_login_ends(self, auth: Gateway, connection: Rows) -> None:
        token = register(auth).json["refresh_token"]
        databases = [Database() for _ in range(20)]

        def spend(own: Database) -> str | None:
            try:
                return service.refresh(own, token).refresh_token
            except UnauthorizedError:
                return None
            finally:
                own.close()

        with ThreadPoolExecutor(20) as pool:
            won = [successor for successor in pool.map(spend, databases) if successor]
        assert len(won) == 1
        assert refresh(auth, won[0]).status == 401
        assert connection.execute("SELECT count(*) FROM refresh_tokens WHERE revoked_at IS NULL").fetchone() == (0,)

    def test_no_refresh_slips_past_a_sign_out_that_is_under_way(self, auth: Gateway, connection: Rows) -> None:
        registered = register(auth).json
        user_id = claims(registered["access_token"])["sub"]
        own = Database()
        with ThreadPoolExecutor(1) as pool:
            with own.transaction() as transaction:
                service.sign_out(transaction, Caller(user_id, "user"))
                late = pool.submit(refresh, auth, registered["refresh_token"])
                while not connection.execute(
                    "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
                ).fetchone():
                    assert not late.done()
            assert late.result().status == 401
        own.close()
        assert connection.execute("SELECT count(*) FROM refresh_tokens WHERE revoked_at IS NULL").fetchone() == (0,)


class TestSignOut:
    def test_no_session_can_be_refreshed_any_more(self, auth: Gateway) -> None:
        register(auth)
        here, elsewhere = sign_in(auth).json, sign_in(auth).json
        assert auth.post("/auth/logout", token=here["access_token"]).status == 200
        assert refresh(auth, here["refresh_token"]).status == 401
        assert refresh(auth, elsewhere["refresh_token"]).status == 401

    def test_no_key_signs_out(self, auth: Gateway, connection: Rows) -> None:
        assert auth.post("/auth/logout", key=factories.api_key(connection)["key"]).status == 403


class TestProfile:
    def test_a_name_is_changed_without_a_password(self, auth: Gateway) -> None:
        token = register(auth).json["access_token"]
        changed = auth.put("/auth/me", {"full_name": " Augusta Ada King "}, token=token)
        assert changed.status == 200
        assert changed.json["full_name"] == "Augusta Ada King"
        assert auth.put("/auth/me", {"full_name": "\u2003"}, token=token).status == 400
        assert sign_in(auth).status == 200

    def test_another_password_ends_every_session(self, auth: Gateway) -> None:
        session = register(auth).json
        change = {"password": OTHER, "current_password": PASSWORD}
        assert auth.put("/auth/me", change, token=session["access_token"]).status == 200
        assert refresh(auth, session["refresh_token"]).status == 401
        assert sign_in(auth).status == 401
        assert sign_in(auth, password=OTHER).status == 200

    @pytest.mark.parametrize("current", [{}, {"current_password": OTHER}])
    def test_the_current_password_is_needed(self, auth: Gateway, current: dict[str, str]) -> None:
        session = register(auth).json
        refused = auth.put("/auth/me", {"password": OTHER} | current, token=session["access_token"])
        assert refused.status == 400
        assert refused.json["details"][0]["field"] == "body.current_password"
        assert refresh(auth, session["refresh_token"]).status == 200


@pytest.fixture
def reset_queue(monkeypatch: pytest.MonkeyPatch) -> str:
    url = boto3.client("sqs").create_queue(QueueName="resets")["QueueUrl"]
    monkeypatch.setenv("RESET_QUEUE_URL", url)
    settings.cache_clear()
    return url


class TestReset:
    def test_known_and_unknown_emails_are_the_same_work(self, auth: Gateway, reset_queue: str) -> None:
        register(auth)
        known = auth.post("/auth/reset-password-request", {"email": "Ada@example.com"})
        unknown = auth.post("/auth/reset-password-request", {"email": "nobody@example.com"})
        assert known.status == unknown.status == 202
        assert known.text == unknown.text
        received = boto3.client("sqs").receive_message(QueueUrl=reset_queue, MaxNumberOfMessages=10).get("Messages", [])
        bodies = {message.get("Body") for message in received}
        assert bodies == {
            '{"email": "ada@example.com", "correlation_id": "RVx5wgYpjoEEMZw="}',
            '{"email": "nobody@example.com", "correlation_id": "RVx5wgYpjoEEMZw="}',
        }

    def test_a_queue_that_is_gone_is_a_503(self, auth: Gateway, reset_queue: str) -> None:
        boto3.client("sqs").delete_queue(QueueUrl=reset_queue)
        assert auth.post("/auth/reset-password-request", {"email": "ada@example.com"}).status == 503

    def test_a_token_sets_a_password_once_and_ends_every_session(self, auth: Gateway, connection: Rows) -> None:
        session = register(auth).json
        user_id = claims(session["access_token"])["sub"]
        for token in ("mailed-first", "mailed-second"):
            factories.password_reset_token(connection, user_id=user_id, token_hash=token_digest(token))
        assert auth.post("/auth/reset-password", {"token": "mailed-first", "new_password": OTHER}).status == 200
        assert sign_in(auth, password=OTHER).status == 200
        assert refresh(auth, session["refresh_token"]).status == 401
        for token in ("mailed-first", "mailed-second", "never-mailed"):
            assert auth.post("/auth/reset-password", {"token": token, "new_password": PASSWORD}).status == 400
        assert sign_in(auth, password=OTHER).status == 200

    def test_an_expired_token_or_a_disabled_user_sets_nothing(self, auth: Gateway, connection: Rows) -> None:
        user_id = register(auth).json["user"]["id"]
        token = factories.password_reset_token(connection, user_id=user_id, token_hash=token_digest("mailed"))
        body = {"token": "mailed", "new_password": OTHER}
        connection.execute("UPDATE users SET is_active = false")
        assert auth.post("/auth/reset-password", body).status == 400
        connection.execute("UPDATE users SET is_active = true")
        connection.execute("UPDATE password_reset_tokens SET expires_at = now() WHERE id = %s", (token["id"],))
        assert auth.post("/auth/reset-password", body).status == 400

    def test_of_two_that_use_a_token_at_once_one_wins(self, auth: Gateway, connection: Rows) -> None:
        user_id = register(auth).json["user"]["id"]
        factories.password_reset_token(connection, user_id=user_id, token_hash=token_digest("mailed"))
        bodies = [service.Reset(token="mailed", new_password=f"{OTHER}{n}") for n in range(2)]

        def use(body: service.Reset) -> bool:
            own = Database()
            try:
                service.reset_password(own, body)
            except service.InvalidRequestError:
                return False
            finally:
                own.close()
            return True

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(use, bodies)) == [False, True]


def test_the_limit_is_spent_before_any_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str | None] = []

    def wrong(*presented: str | None) -> bool:
        hashed.extend(presented[:1])
        return False

    monkeypatch.setattr(service, "check_password", wrong)
    auth = Gateway(handler, api.routes)
    replies = [sign_in(auth) for _ in range(7)]
    assert [reply.status for reply in replies] == [401] * 5 + [429] * 2
    assert len(hashed) == 5
    assert replies[0].headers["ratelimit-limit"] == "5"
    assert 1 <= int(replies[-1].headers["retry-after"]) <= 60


def test_the_tokens_are_signed_with_hs256_and_name_their_key(auth: Gateway) -> None:
    header = jwt.get_unverified_header(register(auth).json["access_token"])
    assert header == {"alg": "HS256", "typ": "JWT", "kid": "now"}
