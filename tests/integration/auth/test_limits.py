"""An allowance is spent exactly, by whoever spends it."""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, LiteralString

import pytest

from shared.mockupaws import db
from shared.mockupaws.auth.access import PUBLIC, reads, writes
from shared.mockupaws.auth.admission import let_in
from shared.mockupaws.auth.limits import API_KEYS, AUTH, GENERAL, INGEST, REPORTS, Limit
from shared.mockupaws.db import Database, Rows
from shared.mockupaws.errors import ForbiddenError, RateLimitedError, UnauthorizedError
from tests import factories
from tests.sessions import access_token

pytestmark = pytest.mark.usefixtures("stage")

ADDRESS = "203.0.113.7"
CLIENTS = 16
READING = reads("read:scenarios")


@pytest.fixture
def own() -> Iterator[Database]:
    database = Database()
    yield database
    database.close()


def passes(database: Database, limit: Limit, headers: dict[str, str], times: int) -> Counter[type]:
    """How often each outcome came of asking so often."""
    outcomes: Counter[type] = Counter()
    for _ in range(times):
        try:
            let_in(database, headers, ADDRESS, READING, limit)
            outcomes[type(None)] += 1
        except (RateLimitedError, UnauthorizedError) as error:
            outcomes[type(error)] += 1
    return outcomes


@pytest.mark.parametrize("limit", [AUTH, API_KEYS, GENERAL, Limit("general", 333)], ids=lambda limit: limit.per_minute)
def test_of_sixteen_clients_at_once_exactly_the_limit_passes(connection: Rows, limit: Limit) -> None:
    user_id = factories.user(connection)["id"]
    # One user with as many credentials: a session, and keys.
    headers = [{"authorization": f"Bearer {access_token(user_id)}"}]
    headers += [{"x-api-key": factories.api_key(connection, user_id=user_id)["key"]} for _ in range(CLIENTS - 1)]
    together = threading.Barrier(CLIENTS)

    def hammer(credential: dict[str, str]) -> Counter[type]:
        database = Database()
        try:
            together.wait()
            return passes(database, limit, credential, limit.per_minute // 8 + 4)
        finally:
            database.close()

    with ThreadPoolExecutor(CLIENTS) as pool:
        outcomes = sum(pool.map(hammer, headers), Counter[type]())
    assert outcomes.total() == CLIENTS * (limit.per_minute // 8 + 4)
    assert outcomes[type(None)] == limit.per_minute


def test_strangers_share_their_addresss_allowance_whatever_they_claim(own: Database) -> None:
    for number in range(AUTH.per_minute):
        let_in(own, {"x-forwarded-for": f"198.51.100.{number}", "x-real-ip": "::1"}, ADDRESS, PUBLIC, AUTH)
    with pytest.raises(RateLimitedError) as refused:
        let_in(own, {"x-forwarded-for": "198.51.100.99", "forwarded": "for=1.2.3.4"}, ADDRESS, PUBLIC, AUTH)
    assert 0 < refused.value.reset_seconds <= 60
    let_in(own, {}, "203.0.113.8", PUBLIC, AUTH)


def test_credentials_that_hold_for_nothing_spend_the_addresss(own: Database, connection: Rows) -> None:
    gone = factories.user(connection, is_active=False)["id"]
    key = factories.api_key(connection)
    wrong = [
        {"authorization": f"Bearer {access_token(gone)}"},
        {"x-api-key": f"mk_{key['key_prefix']}_{'a' * 32}"},
        {"x-api-key": "no key"},
        {"authorization": "Bearer no.token.this"},
        {},
    ]
    for headers in wrong:
        with pytest.raises(UnauthorizedError):
            let_in(own, headers, ADDRESS, READING, AUTH)
    with pytest.raises(RateLimitedError):
        let_in(own, {}, ADDRESS, READING, AUTH)
    # Whose key was guessed at hasn't lost anything.
    assert let_in(own, {"x-api-key": key["key"]}, ADDRESS, READING, AUTH).remaining == AUTH.per_minute - 1


def test_classes_and_users_have_allowances_of_their_own(own: Database, connection: Rows) -> None:
    ada, grace = ({"x-api-key": factories.api_key(connection)["key"]} for _ in range(2))
    assert passes(own, AUTH, ada, 6)[RateLimitedError] == 1
    for limit in (API_KEYS, REPORTS, GENERAL, INGEST):
        assert let_in(own, ada, ADDRESS, READING, limit).remaining == limit.per_minute - 1
    assert let_in(own, grace, ADDRESS, READING, AUTH).remaining == AUTH.per_minute - 1


def test_a_minute_after_the_first_request_the_allowance_is_whole(own: Database, connection: Rows) -> None:
    headers = {"x-api-key": factories.api_key(connection)["key"]}
    assert passes(own, AUTH, headers, 9) == {type(None): 5, RateLimitedError: 4}
    connection.execute("UPDATE rate_limits SET window_started_at = window_started_at - %s", (timedelta(seconds=30),))
    with pytest.raises(RateLimitedError) as refused:
        let_in(own, headers, ADDRESS, READING, AUTH)
    assert 0 < refused.value.reset_seconds <= 30
    connection.execute("UPDATE rate_limits SET window_started_at = window_started_at - %s", (timedelta(seconds=30),))
    assert passes(own, AUTH, headers, 6) == {type(None): 5, RateLimitedError: 1}


def test_a_refusal_costs_an_allowance_too(own: Database, connection: Rows) -> None:
    headers = {"x-api-key": factories.api_key(connection, scopes=[])["key"]}
    for _ in range(AUTH.per_minute):
        with pytest.raises(ForbiddenError):
            let_in(own, headers, ADDRESS, READING, AUTH)
    with pytest.raises(RateLimitedError):
        let_in(own, headers, ADDRESS, READING, AUTH)


def test_admission_is_one_round_trip(own: Database, connection: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    headers = {"x-api-key": factories.api_key(connection)["key"]}
    trips: list[object] = []
    with own.autocommit() as kept:
        wait = kept.wait

        def counted(answer: Any, *timing: Any) -> Any:
            trips.append(answer)
            return wait(answer, *timing)

        monkeypatch.setattr(kept, "wait", counted)
        monkeypatch.setattr(db, "IDLE_CHECK_S", 3_600)
    let_in(own, headers, ADDRESS, READING, GENERAL)
    assert len(trips) == 1


def test_a_warm_container_honours_what_changed_at_the_next_request(own: Database, connection: Rows) -> None:
    row = factories.api_key(connection, scopes=["read:scenarios"])
    headers = {"x-api-key": row["key"]}

    def role() -> str:
        caller = let_in(own, headers, ADDRESS, READING, GENERAL).caller
        assert caller is not None
        return caller.role

    assert role() == "user"
    changes: list[tuple[LiteralString, LiteralString, type[Exception]]] = [
        ("UPDATE api_keys SET is_active = false", "UPDATE api_keys SET is_active = true", UnauthorizedError),
        ("UPDATE users SET is_active = false", "UPDATE users SET is_active = true", UnauthorizedError),
        ("UPDATE api_keys SET expires_at = now()", "UPDATE api_keys SET expires_at = NULL", UnauthorizedError),
        ("UPDATE api_keys SET scopes = '{ingest:logs}'", "UPDATE api_keys SET scopes = %s", ForbiddenError),
    ]
    for away, back, error in changes:
        connection.execute(away)
        with pytest.raises(error):
            role()
        connection.execute(back, (row["scopes"],) if "%s" in back else None)
        assert role() == "user"
    connection.execute("UPDATE users SET role = 'readonly'")
    assert role() == "readonly"
    with pytest.raises(ForbiddenError):
        let_in(own, headers, ADDRESS, writes("read:scenarios"), GENERAL)


def test_use_is_noted_at_most_once_a_minute(own: Database, connection: Rows) -> None:
    row = factories.api_key(connection)

    def last_used() -> object:
        return connection.execute("SELECT last_used_at FROM api_keys WHERE id = %s", (row["id"],)).fetchone()

    assert last_used() == (None,)
    passes(own, GENERAL, {"x-api-key": row["key"]}, 1)
    first = last_used()
    assert first != (None,)
    passes(own, GENERAL, {"x-api-key": row["key"]}, 3)
    assert last_used() == first
    connection.execute("UPDATE api_keys SET last_used_at = last_used_at - interval '61 s'")
    passes(own, GENERAL, {"x-api-key": row["key"]}, 1)
    assert last_used() > first  # pyright: ignore[reportOperatorIssue]
