"""What `make up` ends with: the demo's logs, each once, and their bill."""

import httpx
import psycopg
import pytest

from infra.local.stack import Stack
from shared.cli.demo import LOGS, Demo

pytestmark = pytest.mark.xdist_group("e2e")


def test_what_was_accepted_is_in_the_metrics_and_in_the_rows(api: httpx.Client, stack: Stack, demo: Demo) -> None:
    assert demo.complete
    key = {"X-API-Key": demo.api_key}
    summary = api.get(f"/scenarios/{demo.scenario_id}/metrics", headers=key).json()["summary"]
    assert summary["total_requests"] == LOGS
    with psycopg.connect(stack.database_url) as connection:
        rows = connection.execute(
            "SELECT count(*), count(*) FILTER (WHERE has_pii) FROM scenario_logs WHERE scenario_id = %s",
            [demo.scenario_id],
        ).fetchone()
        total = connection.execute("SELECT total_requests FROM scenarios WHERE id = %s", [demo.scenario_id]).fetchone()
    assert rows is not None
    assert rows[0] == LOGS
    assert 0 < rows[1] < LOGS / 2
    assert total == (LOGS,)


def test_the_logs_stand_at_their_own_times(api: httpx.Client, demo: Demo) -> None:
    key = {"X-API-Key": demo.api_key}
    metrics = api.get(f"/scenarios/{demo.scenario_id}/metrics?interval=day", headers=key).json()
    days = {point["timestamp"][:10] for point in metrics["timeseries"]}
    assert 7 <= len(days) <= 8
