from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest

from functions.users import service
from functions.users.handler import api, handler
from functions.users.models import UserChange
from shared.mockupaws.db import Database, Rows
from shared.mockupaws.errors import ConflictError
from shared.mockupaws.ids import new_id
from tests import factories
from tests.gateway import Gateway
from tests.sessions import access_token

pytestmark = pytest.mark.usefixtures("stage")


@pytest.fixture
def users() -> Gateway:
    return Gateway(handler, api.routes)


@pytest.fixture
def root(connection: Rows) -> UUID:
    return factories.user(connection, email="root@example.com", full_name="Root", role="superuser")["id"]


@pytest.fixture
def token(root: UUID) -> str:
    return access_token(root)


def test_users_are_found_by_part_of_name_or_email_role_and_state(users: Gateway, connection: Rows, token: str) -> None:
    factories.user(connection, email="ada@example.com", full_name="Ada 100% Lovelace")
    factories.user(connection, email="grace@example.org", full_name="Grace Hopper", role="readonly", is_active=False)

    def found(**query: str | int) -> list[str]:
        reply = users.get("/users", query=query, token=token)
        assert reply.json["total"] == len(reply.json["items"])
        return [user["email"] for user in reply.json["items"]]

    assert found() == ["grace@example.org", "ada@example.com", "root@example.com"]
    assert found(q="LOVELACE") == ["ada@example.com"]
    assert found(q="example.ORG") == ["grace@example.org"]
    assert found(q="100%") == ["ada@example.com"]
    assert found(q="%") == ["ada@example.com"]
    assert found(q="_") == []
    assert found(role="readonly") == ["grace@example.org"]
    assert found(is_active="true", role="user") == ["ada@example.com"]
    assert "password" not in users.get("/users", token=token).text


def test_the_list_has_pages(users: Gateway, connection: Rows, token: str) -> None:
    factories.user(connection)
    page = users.get("/users", query={"page": 2, "page_size": 1}, token=token).json
    assert [user["email"] for user in page["items"]] == ["root@example.com"]
    assert (page["total"], page["page"], page["page_size"]) == (2, 2, 1)


def test_who_is_disabled_is_out_at_once(users: Gateway, connection: Rows, token: str) -> None:
    user_id = factories.user(connection, role="superuser")["id"]
    refresh_token = factories.refresh_token(connection, user_id=user_id)["id"]
    key = factories.api_key(connection, user_id=user_id)["key"]
    session = access_token(user_id)
    assert users.get("/users", token=session).status == 200
    disabled = users.put(f"/users/{user_id}", {"is_active": False}, token=token)
    assert disabled.status == 200
    assert disabled.json["is_active"] is False
    assert users.get("/users", token=session).status == 401
    assert users.get("/users", key=key).status == 401
    assert connection.execute(
        "SELECT revoked_at IS NOT NULL FROM refresh_tokens WHERE id = %s", (refresh_token,)
    ).fetchone() == (True,)


def test_a_role_counts_from_the_next_request_on(users: Gateway, connection: Rows, token: str) -> None:
    user_id = factories.user(connection)["id"]
    session = access_token(user_id)
    assert users.get("/users", token=session).status == 403
    promoted = users.put(f"/users/{user_id}", {"role": "superuser"}, token=token)
    assert (promoted.json["role"], promoted.json["is_superuser"]) == ("superuser", True)
    assert users.get("/users", token=session).status == 200


@pytest.mark.parametrize("change", [{"role": "user"}, {"is_active": False}, {"role": "readonly", "is_active": True}])
def test_the_last_superuser_stays(users: Gateway, root: UUID, token: str, change: dict[str, object]) -> None:
    refused = users.put(f"/users/{root}", change, token=token)
    assert refused.status == 409
    assert users.put(f"/users/{root}", {}, token=token).json["role"] == "superuser"


@pytest.mark.parametrize(
    "body", [{"role": "god"}, {"email": "new@example.com"}, {"is_active": "maybe"}, {"is_active": 0}, []]
)
def test_nothing_else_is_changed(users: Gateway, root: UUID, token: str, body: object) -> None:
    assert users.put(f"/users/{root}", body, token=token).status == 400


def test_an_unknown_user_is_not_found(users: Gateway, token: str) -> None:
    assert users.put(f"/users/{new_id()}", {"role": "user"}, token=token).status == 404
    assert users.put("/users/nobody", {"role": "user"}, token=token).status == 400


def test_two_superusers_who_demote_each_other_leave_one(connection: Rows) -> None:
    ids = [factories.user(connection, role="superuser")["id"] for _ in range(2)]
    together = Barrier(2)

    def demote(user_id: UUID) -> bool:
        own = Database()
        try:
            with own.transaction() as transaction:
                together.wait()
                service.change(transaction, user_id, UserChange(role="user"))
        except ConflictError:
            return False
        finally:
            own.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(demote, ids)) == [False, True]
