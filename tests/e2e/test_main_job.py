"""The main job over HTTP: what is accepted is what metrics say is what is stored; what is wrong is told so."""

import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from infra.local.stack import Stack
from tests.integration.sums import check_sums
from tests.waiting import until

pytestmark = pytest.mark.xdist_group("e2e")

LOGHUB = Path(__file__).parents[3] / "shared" / "data" / "loghub"
SCOPES = ["read:scenarios", "write:scenarios", "delete:scenarios", "read:metrics", "ingest:logs"]


@dataclass
class Owner:
    """A user with a key and a running scenario."""

    api: httpx.Client
    key: str
    scenario_id: str

    def ingest(self, body: Any, **headers: str) -> httpx.Response:
        sent = {"X-API-Key": self.key, "X-Scenario-ID": self.scenario_id, **headers}
        return self.api.post("/ingest", content=body, headers=sent)

    def get(self, path: str) -> Any:
        answer = self.api.get(path.format(self.scenario_id), headers={"X-API-Key": self.key})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def summary_of(self, logs: int) -> dict[str, Any]:
        """The summary when it has so many logs."""

        def summary() -> dict[str, Any]:
            return self.get("/scenarios/{}/metrics")["summary"]

        until(lambda: summary()["total_requests"] >= logs)
        found = summary()
        assert found["total_requests"] == logs
        return found


@pytest.fixture(scope="module")
def owner(stack: Stack, newcomer: Callable[[], dict[str, str]]) -> Iterator[Owner]:
    with httpx.Client(base_url=stack.api_url, timeout=60) as api:
        key = api.post("/api-keys", json={"name": "e2e", "scopes": SCOPES}, headers=newcomer()).json()["key"]
        mine = {"X-API-Key": key}
        scenario = api.post("/scenarios", json={"name": "main job", "region": "us-east-1"}, headers=mine).json()["id"]
        assert api.post(f"/scenarios/{scenario}/start", headers=mine).status_code == 200
        yield Owner(api, key, scenario)


def test_what_is_accepted_is_what_metrics_say_is_what_is_stored(owner: Owner, stack: Stack) -> None:
    accepted = 0
    for file in sorted(LOGHUB.glob("*.log")):
        text = file.read_bytes()
        answer = owner.ingest(text, **{"Content-Type": "text/plain"})
        assert answer.status_code == 202
        assert answer.json()["accepted"] == len([line for line in text.splitlines() if line.strip()])
        accepted += answer.json()["accepted"]
    records = [{"message": f"order {i} of ada@example.com", "level": "info"} for i in range(500)]
    bodies = [json.dumps(records), "\n".join(map(json.dumps, records)), json.dumps(records[0])]
    for body in bodies:
        assert owner.ingest(body).status_code == 202
    accepted += 1001
    summary = owner.summary_of(accepted)
    assert summary["by_pii_type"]["email"] >= 1001
    assert summary["duplicates"] >= 501
    with psycopg.connect(stack.database_url) as connection:
        rows = connection.execute("SELECT count(*) FROM scenario_logs WHERE scenario_id = %s", [owner.scenario_id])
        assert rows.fetchone() == (accepted,)
        check_sums(connection, owner.scenario_id)
    scenario = owner.get("/scenarios/{}")
    estimate = owner.get("/scenarios/{}/estimate")
    assert scenario["total_requests"] == accepted
    assert scenario["total_cost_estimate"] == estimate["observed"]["total_usd"] == summary["total_cost_usd"]


@pytest.mark.parametrize(
    ("body", "headers", "status", "code"),
    [
        (b"", {}, 400, "validation_error"),
        (b'{"message": "x"}', {"X-Scenario-ID": str(uuid.uuid4())}, 400, "validation_error"),
        (b'{"message": "x"}', {"X-API-Key": ""}, 401, "unauthorized"),
        (b"x" * (7 * 1024 * 1024), {"Content-Type": "text/plain"}, 413, "payload_too_large"),
    ],
    ids=["nothing", "unknown scenario", "no key", "7 MB"],
)
def test_bad_input_gets_its_error_and_nothing_is_lost(
    owner: Owner, body: bytes, headers: dict[str, str], status: int, code: str
) -> None:
    before = owner.get("/scenarios/{}/metrics")["summary"]["total_requests"]
    answer = owner.ingest(body, **headers)
    assert (answer.status_code, answer.json()["error"]) == (status, code)
    assert set(answer.json()) >= {"error", "message", "timestamp", "request_id"}
    assert owner.ingest(b'{"message": "after"}').status_code == 202
    owner.summary_of(before + 1)


def test_no_json_where_json_is_needed_is_a_400(owner: Owner) -> None:
    sent = {"X-API-Key": owner.key, "Content-Type": "application/json"}
    answer = owner.api.post("/scenarios", content=b"{not json", headers=sent)
    assert (answer.status_code, answer.json()["error"]) == (400, "validation_error")


def test_a_stopped_scenario_takes_nothing_and_keeps_what_it_has(owner: Owner) -> None:
    before = owner.get("/scenarios/{}/metrics")["summary"]["total_requests"]
    key = {"X-API-Key": owner.key}
    assert owner.api.post(f"/scenarios/{owner.scenario_id}/stop", headers=key).json()["status"] == "completed"
    assert owner.ingest(b'{"message": "late"}').status_code == 400
    assert owner.get("/scenarios/{}/metrics")["summary"]["total_requests"] == before
    assert owner.api.post(f"/scenarios/{owner.scenario_id}/start", headers=key).json()["status"] == "running"
