from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from functions.api_keys.handler import api, handler
from shared.mockupaws.auth.access import SCOPES
from shared.mockupaws.db import Rows
from shared.mockupaws.ids import new_id
from tests import factories
from tests.gateway import Gateway
from tests.sessions import access_token

pytestmark = pytest.mark.usefixtures("stage")


@pytest.fixture
def keys() -> Gateway:
    return Gateway(handler, api.routes)


@pytest.fixture
def owner(connection: Rows) -> UUID:
    return factories.user(connection)["id"]


@pytest.fixture
def token(owner: UUID) -> str:
    return access_token(owner)


def works(connection: Rows, key: str) -> bool:
    """Whether a route that takes keys lets this one in: here 403, since the key may not manage keys, else 401."""
    connection.execute("DELETE FROM rate_limits")
    return {403: True, 401: False}[Gateway(handler, api.routes).get("/api-keys", key=key).status]


def test_a_key_is_shown_once(keys: Gateway, token: str, connection: Rows) -> None:
    made = keys.post("/api-keys", {"name": "ci", "scopes": ["read:metrics", "read:metrics"]}, token=token)
    assert made.status == 201
    assert made.json["key"].startswith(f"mk_{made.json['prefix']}_")
    assert len(made.json["key"]) == 44
    assert made.json["scopes"] == ["read:metrics"]
    assert made.json["expires_at"] is None
    assert works(connection, made.json["key"])

    listed = keys.get("/api-keys", token=token)
    assert listed.json["total"] == 1
    assert listed.json["items"][0]["prefix"] == made.json["prefix"]
    assert made.json["key"] not in listed.text
    assert "key" not in listed.json["items"][0]
    assert "key_hash" not in listed.text


def test_a_key_is_called_what_is_between_the_space(keys: Gateway, token: str) -> None:
    assert keys.post("/api-keys", {"name": " ci\n"}, token=token).json["name"] == "ci"


def test_a_key_expires_on_its_day(keys: Gateway, token: str, connection: Rows) -> None:
    made = keys.post("/api-keys", {"name": "short", "expires_days": 1}, token=token).json
    left = datetime.fromisoformat(made["expires_at"]) - datetime.now(UTC)
    assert timedelta(hours=23, minutes=59) < left <= timedelta(days=1)
    assert works(connection, made["key"])
    connection.execute("UPDATE api_keys SET expires_at = now()")
    assert not works(connection, made["key"])


@pytest.mark.parametrize(
    "body",
    [{}, {"name": ""}, {"name": " \t\u3000"},
     {"name": "a" * 256}, {"name": "a", "scopes": ["admin"]}, {"name": "a", "expires_days": 366},
     {"name": "a", "expires_days": 0}, {"name": "a", "user_id": str(new_id())}, {"name": "a\x00"}],
)  # fmt: skip
def test_what_no_key_can_be(keys: Gateway, token: str, body: dict[str, object]) -> None:
    assert keys.post("/api-keys", body, token=token).status == 400


def test_a_readonly_user_gives_no_scope_beyond_reading(keys: Gateway, connection: Rows) -> None:
    token = access_token(factories.user(connection, role="readonly")["id"])
    reading = [scope for scope in SCOPES if scope.startswith("read:")]
    assert keys.post("/api-keys", {"name": "read", "scopes": reading}, token=token).status == 201
    for scope in set(SCOPES) - set(reading):
        refused = keys.post("/api-keys", {"name": "write", "scopes": [*reading, scope]}, token=token)
        assert refused.status == 403
        assert scope in refused.json["message"]


def test_no_key_manages_keys(keys: Gateway, connection: Rows, owner: UUID) -> None:
    row = factories.api_key(connection, user_id=owner)
    assert keys.get("/api-keys", key=row["key"]).status == 403
    assert keys.post("/api-keys", {"name": "more"}, key=row["key"]).status == 403
    assert keys.post(f"/api-keys/{row['id']}/rotate", key=row["key"]).status == 403
    assert keys.delete(f"/api-keys/{row['id']}", key=row["key"]).status == 403


def test_a_revoked_key_holds_for_nothing_at_the_next_request(
    keys: Gateway, connection: Rows, owner: UUID, token: str
) -> None:
    row = factories.api_key(connection, user_id=owner)
    assert works(connection, row["key"])
    revoked = keys.delete(f"/api-keys/{row['id']}", token=token)
    assert (revoked.status, revoked.text) == (204, "")
    assert not works(connection, row["key"])
    assert keys.get("/api-keys", token=token).json["items"][0]["is_active"] is False
    assert keys.delete(f"/api-keys/{row['id']}", token=token).status == 204
    assert keys.post(f"/api-keys/{row['id']}/rotate", token=token).status == 409


def test_a_rotated_key_has_another_text_and_the_old_one_is_dead(
    keys: Gateway, connection: Rows, owner: UUID, token: str
) -> None:
    row = factories.api_key(connection, user_id=owner, scopes=["read:metrics"])
    rotated = keys.post(f"/api-keys/{row['id']}/rotate", token=token)
    assert rotated.status == 200
    assert rotated.json["id"] == str(row["id"])
    assert rotated.json["scopes"] == ["read:metrics"]
    assert rotated.json["key"] != row["key"]
    assert rotated.json["key"].startswith(f"mk_{rotated.json['prefix']}_")
    assert works(connection, rotated.json["key"])
    assert not works(connection, row["key"])


def test_an_expired_key_is_not_rotated(keys: Gateway, connection: Rows, owner: UUID, token: str) -> None:
    row = factories.api_key(connection, user_id=owner, expires_at=datetime.now(UTC))
    assert keys.post(f"/api-keys/{row['id']}/rotate", token=token).status == 409


def test_rotation_gives_no_scope_that_the_owner_has_lost(
    keys: Gateway, connection: Rows, owner: UUID, token: str
) -> None:
    row = factories.api_key(connection, user_id=owner)
    connection.execute("UPDATE users SET role = 'readonly'")
    assert keys.post(f"/api-keys/{row['id']}/rotate", token=token).status == 403


def test_another_users_keys_do_not_exist(keys: Gateway, connection: Rows, token: str) -> None:
    row = factories.api_key(connection)
    assert keys.get("/api-keys", token=token).json["total"] == 0
    assert keys.delete(f"/api-keys/{row['id']}", token=token).status == 404
    assert keys.post(f"/api-keys/{row['id']}/rotate", token=token).status == 404
    assert works(connection, row["key"])


def test_a_superuser_revokes_anybodys_key_and_learns_nobodys(keys: Gateway, connection: Rows) -> None:
    token = access_token(factories.user(connection, role="superuser")["id"])
    row = factories.api_key(connection)
    assert keys.post(f"/api-keys/{row['id']}/rotate", token=token).status == 404
    assert keys.delete(f"/api-keys/{row['id']}", token=token).status == 204
    assert not works(connection, row["key"])


def test_the_list_has_pages(keys: Gateway, connection: Rows, owner: UUID, token: str) -> None:
    for number in range(3):
        factories.api_key(connection, user_id=owner, name=f"key {number}")
    page = keys.get("/api-keys", query={"page": 2, "page_size": 2}, token=token).json
    assert [item["name"] for item in page["items"]] == ["key 0"]
    assert (page["total"], page["page"], page["page_size"]) == (3, 2, 2)
    assert keys.get("/api-keys", query={"page_size": 101}, token=token).status == 400
