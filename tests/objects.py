"""An object of each kind that the API's paths, queries and bodies name, for whoever asks for every operation."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from shared.mockupaws.db import Rows
from tests import factories

Json = dict[str, Any]


def _scenario(connection: Rows, owner: UUID, status: str) -> str:
    return str(factories.scenario(connection, user_id=owner, status=status)["id"])


def _scenarios(connection: Rows, owner: UUID, status: str) -> list[str]:
    return [_scenario(connection, owner, status) for _ in range(2)]


def _key(connection: Rows, owner: UUID, _status: str) -> str:
    return str(factories.api_key(connection, user_id=owner, scopes=["read:metrics"])["id"])


def _report(connection: Rows, owner: UUID, status: str) -> str:
    scenario_id = _scenario(connection, owner, status)
    made = {
        "status": "completed",
        "file_path": f"{scenario_id}.pdf",
        "file_size_bytes": 1,
        "generated_at": datetime.now(UTC),
    }
    return str(factories.report(connection, user_id=owner, scenario_id=scenario_id, **made)["id"])


def _schedule(connection: Rows, owner: UUID, status: str) -> str:
    scenario_id = _scenario(connection, owner, status)
    return str(factories.report_schedule(connection, user_id=owner, scenario_id=scenario_id)["id"])


def _price(connection: Rows, owner: UUID, status: str) -> str:
    # A usage that nothing has, so that no estimate is priced by it.
    return str(factories.aws_price(connection, usage_type=_scenario(connection, owner, status))["id"])


def _user(connection: Rows, _owner: UUID, _status: str) -> str:
    return str(factories.user(connection)["id"])


NAMED: Mapping[str, Callable[[Rows, UUID, str], Any]] = {
    "scenario_id": _scenario,
    "ids": _scenarios,
    "key_id": _key,
    "report_id": _report,
    "schedule_id": _schedule,
    "price_id": _price,
    "user_id": _user,
}


def objects(connection: Rows, owner: UUID, names: set[str], *, status: str = "running") -> Json:
    """New objects of an owner's, by the names that the description gives them.

    Args:
        connection: commits each statement.
        owner: whose they are, but for prices and users, who are nobody's.
        names: of which kinds; what no object has is left out.
        status: the scenarios'.
    """
    return {name: NAMED[name](connection, owner, status) for name in NAMED if name in names}
