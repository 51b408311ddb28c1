"""What the API's description must say of who may do what (the matrix of tests/integration/access shows that it's true).

Whoever adds an operation that is none of these kinds has to say so here.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from shared.mockupaws.auth.access import SCOPES

DOCUMENT: dict[str, Any] = json.loads((Path(__file__).parents[3] / "openapi.json").read_text())

OPERATIONS: dict[str, tuple[str, dict[str, Any]]] = {
    operation["operationId"]: (method, operation)
    for item in DOCUMENT["paths"].values()
    for method, operation in item.items()
}

PUBLIC = {
    *("register", "login", "refresh", "request_password_reset", "reset_password"),
    *("get_openapi", "get_docs", "get_health", "check_door", "greet_door"),
}
# POST, because what they ask takes a body; they change nothing.
COMPUTING = {"preview_schedule", "price_usage", "what_if"}
SESSION_AREAS = {"auth", "api keys", "users"}


def demands(operation: dict[str, Any]) -> tuple[str | None, set[str]]:
    """The least role of a session, and the scopes that a key may come with."""
    role, scopes = None, set[str]()
    for one in operation.get("security", ()):
        for scheme, named in one.items():
            assert len(named) == 1, "each way in names its one role or scope"
            if scheme == "BearerAuth":
                role = named[0]
            else:
                scopes.add(named[0])
    return role, scopes


def test_these_and_no_others_are_public() -> None:
    assert {name for name, (_, operation) in OPERATIONS.items() if not operation.get("security")} == PUBLIC


@pytest.mark.parametrize("name", sorted(OPERATIONS.keys() - PUBLIC))
def test_an_operation_asks_for_what_its_kind_asks_for(name: str) -> None:
    method, operation = OPERATIONS[name]
    role, scopes = demands(operation)
    (area,) = operation["tags"]
    if area == "users" or (area == "pricing" and method != "get"):
        assert (role, scopes) == ("superuser", set())
    elif area in SESSION_AREAS:
        assert (role, scopes) == ("readonly", set())
    elif area == "ingest":
        assert scopes == {"ingest:logs"}
        assert role in ("user", None)
    else:
        (scope,) = scopes
        assert scope in SCOPES
        reading = method == "get" or name in COMPUTING
        assert role == ("readonly" if reading else "user")
        assert scope.startswith("read:") == reading
