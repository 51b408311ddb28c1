from typing import Any

import pytest

from shared.mockupaws.auth.access import PUBLIC, SCOPES, Access, Caller, Role, reads, scopes_of, session, writes
from shared.mockupaws.contracts.wire import Reply
from shared.mockupaws.errors import ForbiddenError, UnauthorizedError
from shared.mockupaws.http import Api
from shared.mockupaws.ids import new_id

ROLES: tuple[Role, ...] = ("readonly", "user", "superuser")


def outcome(access: Access, caller: Caller | None) -> int:
    try:
        access.check(caller)
    except UnauthorizedError:
        return 401
    except ForbiddenError:
        return 403
    return 200


def by_session(role: Role) -> Caller:
    return Caller(new_id(), role)


def by_key(role: Role, *scopes: str) -> Caller:
    return Caller(new_id(), role, new_id(), frozenset(scopes))


def test_a_public_route_is_anybodys() -> None:
    assert outcome(PUBLIC, None) == outcome(PUBLIC, by_key("readonly")) == 200


@pytest.mark.parametrize("access", [session(), reads("read:metrics"), writes("ingest:logs"), session("superuser")])
def test_no_other_route_is(access: Access) -> None:
    assert outcome(access, None) == 401


@pytest.mark.parametrize("role", ROLES)
def test_a_session_may_what_its_role_may(role: Role) -> None:
    assert outcome(session(), by_session(role)) == 200
    assert outcome(reads("read:metrics"), by_session(role)) == 200
    assert outcome(writes("write:scenarios"), by_session(role)) == (403 if role == "readonly" else 200)
    assert outcome(session("superuser"), by_session(role)) == (200 if role == "superuser" else 403)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("scope", SCOPES)
def test_a_key_may_what_its_scope_and_its_owners_role_both_may(role: Role, scope: Any) -> None:
    others = [other for other in SCOPES if other != scope]
    assert outcome(reads(scope), by_key(role, scope)) == 200
    assert outcome(reads(scope), by_key(role, *others)) == 403
    assert outcome(writes(scope), by_key(role, scope)) == (403 if role == "readonly" else 200)
    assert outcome(session(), by_key(role, *SCOPES)) == 403
    assert outcome(session("superuser"), by_key(role, *SCOPES)) == 403


def test_who_only_reads_gives_keys_that_only_read() -> None:
    assert scopes_of("readonly") == {"read:scenarios", "read:reports", "read:metrics"}
    assert scopes_of("user") == scopes_of("superuser") == set(SCOPES)


def test_a_route_that_forgets_who_may_call_it_does_not_start() -> None:
    api: Any = Api("things")
    with pytest.raises(TypeError, match="access"):

        @api.get("/things")
        def things() -> Reply: ...  # pyright: ignore[reportUnusedFunction]


def test_a_route_that_looks_nobody_up_is_public() -> None:
    with pytest.raises(ValueError, match="needs a limit"):

        @Api("things").get("/things", access=session(), limit=None)
        def things() -> Reply: ...  # pyright: ignore[reportUnusedFunction]
