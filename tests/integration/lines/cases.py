"""For each function, real events that it handles well and some that it refuses, with what must be in no log line."""

import gzip
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from infra.catalog import FUNCTIONS
from shared.mockupaws.auth.passwords import hash_password
from shared.mockupaws.db import Rows
from shared.mockupaws.invocation import Outcome
from tests import factories
from tests.batches import Made, batch, kinesis_event, sqs_event, sqs_record
from tests.gateway import Gateway, Invocation
from tests.jobs import job
from tests.sessions import access_token

EMAIL, NAME, PASSWORD = "zaphod.beeblebrox@example.org", "Zaphod Beeblebrox", "Pan-Galactic-7!"
TEXT = "paid by 4556 7375 8689 9855 of trillian@example.org"
# Whatever a function is sent, it says none of these.
PLANTED = (EMAIL, NAME, PASSWORD, TEXT, "zaphod", "Beeblebrox", "4556 7375", "trillian")

REQUEST_ID = "RVx5wgYpjoEEMZw="  # as in tests/events/http_api.json
INVOCATION_ID = Invocation().aws_request_id
TICK: dict[str, Any] = json.loads((Path(__file__).parents[2] / "events" / "eventbridge_schedule.json").read_text())


@dataclass(frozen=True)
class Case:
    """One event.

    Attributes:
        event: the payload.
        outcome: how it must end.
        correlation_id: what its lines are found by.
    """

    event: Any
    outcome: Outcome = "ok"
    correlation_id: str = REQUEST_ID


@dataclass(frozen=True)
class Setting:
    """A user with all roles, a scenario that records, and a key.

    Attributes:
        connection: to the database.
        user_id: the user.
        scenario_id: their running scenario, which takes all log groups.
        key: their API key, of every scope.
        token: of their session.
    """

    connection: Rows
    user_id: UUID
    scenario_id: UUID
    key: str
    token: str

    @property
    def secrets(self) -> tuple[str, ...]:
        """What opens doors, and its parts."""
        return self.key, self.key[12:], self.token, self.token.rpartition(".")[2]

    def request(self, function: str, method: str, path: str, body: Any = None, **headers: str) -> dict[str, Any]:
        """API Gateway's event, signed in by session unless a key is given."""
        routes = [route.key for each in FUNCTIONS if each.name == function for route in each.routes]
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if "x-api-key" not in sent:
            sent["authorization"] = f"Bearer {self.token}"
        encoded = None if body is None else json.dumps(body).encode()
        return Gateway(_nobody, routes).event(
            method, path, encoded, {}, {"content-type": "application/json", "x-note": TEXT, **sent}
        )


def setting(connection: Rows) -> Setting:
    """Make it."""
    user_id = factories.user(connection, email=EMAIL, full_name=NAME, password_hash=_password_hash(), role="superuser")[
        "id"
    ]
    scenario = factories.scenario(connection, user_id=user_id, status="running", name=NAME, log_groups=["*"])
    key = factories.api_key(connection, user_id=user_id)["key"]
    return Setting(connection, user_id, scenario["id"], key, access_token(user_id))


@cache
def _password_hash() -> str:
    return hash_password(PASSWORD[::-1])


def _nobody(_event: Any, _context: Any) -> dict[str, Any]:
    pytest.fail("the gateway only makes events here")


def _reset(body: str) -> dict[str, Any]:
    return {"Records": [sqs_record(body)]}


def _delivery(*messages: str) -> bytes:
    """What CloudWatch Logs writes."""
    delivery = {
        "messageType": "DATA_MESSAGE",
        "owner": "123456789012",
        "logGroup": "/aws/lambda/pay",
        "logStream": "2026/11/22/[$LATEST]8f1c",
        "subscriptionFilters": ["all"],
        "logEvents": [{"id": "1" * 56, "timestamp": 1790367712123, "message": message} for message in messages],
    }
    return gzip.compress(json.dumps(delivery).encode())


def _auth(at: Setting) -> list[Case]:
    def call(path: str, **body: str) -> dict[str, Any]:
        return at.request("auth", "POST", path, body)

    return [
        Case(call("/auth/register", email=f"x{EMAIL}", password=PASSWORD, full_name=NAME)),
        Case(call("/auth/register", email=EMAIL, password=PASSWORD, full_name=NAME), "refused"),
        Case(call("/auth/login", email=EMAIL, password=PASSWORD), "refused"),
        Case(call("/auth/login", email=f"{EMAIL} {PASSWORD}", password=NAME, note=TEXT), "refused"),
        Case(call("/auth/reset-password-request", email=EMAIL)),
        Case(call("/auth/reset-password", token=PASSWORD, new_password=PASSWORD), "refused"),
    ]


def _ingest(at: Setting) -> list[Case]:
    def send(path: str, key: str, body: Any) -> dict[str, Any]:
        return at.request("ingest", "POST", path, body, x_api_key=key, x_scenario_id=str(at.scenario_id))

    return [
        Case(send("/ingest", at.key, {"message": TEXT, "source": EMAIL})),
        Case(send("/ingest", at.key, [{"message": TEXT}, 17, None])),
        Case(send("/ingest/loki/api/v1/push", at.key, {"streams": TEXT}), "refused"),
        Case(send(f"/ingest/{EMAIL}", at.key, {"message": TEXT}), "refused"),
        Case(send("/ingest", f"mk_{'a' * 8}_{PASSWORD}", {"message": TEXT}), "refused"),
    ]


def _log_stream(_at: Setting) -> list[Case]:
    garbled = gzip.compress(json.dumps(TEXT).encode()[:-1] + b'\xff"')
    return [
        Case(kinesis_event(_delivery(TEXT)), correlation_id=INVOCATION_ID),
        Case(kinesis_event(garbled, _delivery(TEXT, "")), "failed", INVOCATION_ID),
    ]


def _store_logs(at: Setting) -> list[Case]:
    factories.price_list(at.connection)
    good = batch(at.scenario_id, [Made(TEXT), Made(TEXT)])
    poison = {"Records": [sqs_record(json.dumps({"v": 1, "batch_id": EMAIL, "data": TEXT}))]}
    return [Case(sqs_event(good), correlation_id=INVOCATION_ID), Case(poison, "failed", INVOCATION_ID)]


def _send_reset(_at: Setting) -> list[Case]:
    return [
        Case(_reset(json.dumps({"email": EMAIL, "correlation_id": REQUEST_ID})), correlation_id=INVOCATION_ID),
        Case(_reset(json.dumps({"address": EMAIL})), "failed", INVOCATION_ID),
        Case(_reset(json.dumps({"email": "nobody@" + "x" * 70 + EMAIL})), correlation_id=INVOCATION_ID),
    ]


def _render_report(at: Setting) -> list[Case]:
    factories.price_list(at.connection)
    report = factories.report(at.connection, scenario_id=at.scenario_id, format="csv")["id"]
    broken = job(report) | {"Records": [sqs_record(json.dumps({"report_id": EMAIL}))]}
    return [Case(job(report), correlation_id=INVOCATION_ID), Case(broken, "failed", INVOCATION_ID)]


def _create_superuser(_at: Setting) -> list[Case]:
    wish = {"email": f"y{EMAIL}", "full_name": NAME, "password_hash": _password_hash()}
    return [
        Case(wish, correlation_id=INVOCATION_ID),
        Case({"email": EMAIL, "password": PASSWORD, "full_name": TEXT}, "failed", INVOCATION_ID),
    ]


def _gets(path: str) -> Callable[[str], Callable[[Setting], list[Case]]]:
    """A function that answers a GET, and refuses one of the same by a key that nobody has."""

    def of(function: str) -> Callable[[Setting], list[Case]]:
        def cases(at: Setting) -> list[Case]:
            factories.price_list(at.connection)
            here = path.format(at.scenario_id)
            unknown = at.request(function, "GET", here, x_api_key=f"mk_{'a' * 8}_{PASSWORD}")
            wrong = at.request(function, "POST", here, {"name": NAME, "text": TEXT, "region": EMAIL})
            return [Case(at.request(function, "GET", here)), Case(unknown, "refused"), Case(wrong, "refused")]

        return cases

    return of


def _ticks(event: Any = TICK, correlation_id: str = TICK["id"]) -> Callable[[Setting], list[Case]]:
    return lambda _at: [Case(event, correlation_id=correlation_id)]


def _docs(at: Setting) -> list[Case]:
    found = Case(at.request("docs", "GET", "/health"))
    return [found, Case(at.request("docs", "GET", f"/{EMAIL}"), "refused")]


CASES: Mapping[str, Callable[[Setting], list[Case]]] = {
    "auth": _auth,
    "ingest": _ingest,
    "log_stream": _log_stream,
    "store_logs": _store_logs,
    "send_reset": _send_reset,
    "render_report": _render_report,
    "create_superuser": _create_superuser,
    "docs": _docs,
    "api_keys": _gets("/api-keys")("api_keys"),
    "users": _gets("/users")("users"),
    "scenarios": _gets("/scenarios")("scenarios"),
    "metrics": _gets("/scenarios/{}/metrics")("metrics"),
    "estimates": _gets("/scenarios/{}/estimate")("estimates"),
    "reports": _gets("/reports")("reports"),
    "schedules": _gets("/schedules")("schedules"),
    "pricing": _gets("/pricing")("pricing"),
    "retain": _ticks(),
    "run_schedules": _ticks(),
    "refresh_pricing": _ticks({"correlation_id": REQUEST_ID}, REQUEST_ID),
    "fetch_prices": _ticks({"offer": "AWSLambda", "region": "eu-west-1", "correlation_id": "r-1"}, "r-1"),
    "migrate": _ticks({}, INVOCATION_ID),
}
