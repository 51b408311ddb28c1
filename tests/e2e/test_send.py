"""`mockupaws send` against the deployed stack: killed again and again, it counts every line once."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import httpx
import psycopg
import pytest

from infra.local.stack import Stack
from tests.integration.sums import check_sums
from tests.waiting import until

pytestmark = pytest.mark.xdist_group("e2e")

LINES = 90_000  # eighteen requests
KILLS = 4
LEAST_KILLS = 2


def test_a_command_that_is_killed_goes_on_where_it_was(
    stack: Stack, api: httpx.Client, newcomer: Callable[[], dict[str, str]], tmp_path: Path
) -> None:
    mine = newcomer()
    scenario_id = api.post("/scenarios", json={"name": "sent", "region": "us-east-1"}, headers=mine).json()["id"]
    api.post(f"/scenarios/{scenario_id}/start", headers=mine).raise_for_status()
    key = api.post("/api-keys", json={"name": "sent", "scopes": ["ingest:logs"]}, headers=mine).json()["key"]
    (tmp_path / "app.log").write_text("".join(f"order {i:06} placed\n" for i in range(LINES)))
    options = ["--url", stack.url, "--key", key, "--scenario", scenario_id]
    command = [str(Path(sys.executable).with_name("mockupaws")), "send", "app.log", *options]
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config")}

    def started() -> "subprocess.Popen[bytes]":
        return subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.DEVNULL)

    def taken() -> int:
        """How far the command has noted that it came, in bytes; -1 before it began and once it is through."""
        offsets = [-1]
        for kept in tmp_path.glob("**/send/*.json"):
            with suppress(FileNotFoundError):
                offsets.append(json.loads(kept.read_text())["offset"])
        return max(offsets)

    for kills in range(KILLS):
        before = taken()
        process = started()
        until(lambda: taken() > before or process.poll() is not None)  # noqa: B023 - called at once
        time.sleep(random.uniform(0, 0.2))  # noqa: S311 - chance, not secrets
        process.kill()
        process.wait()
        if taken() < 0:
            # It was through sooner than these kills, and has forgotten the file: it would send it anew.
            assert kills >= LEAST_KILLS
            break
    else:
        assert started().wait(120) == 0
    with psycopg.connect(stack.database_url, autocommit=True) as connection:
        count = "SELECT count(*), count(DISTINCT message_hash) FROM scenario_logs WHERE scenario_id = %s"
        until(lambda: (connection.execute(count, [scenario_id]).fetchone() or (0,))[0] >= LINES)
        assert connection.execute(count, [scenario_id]).fetchone() == (LINES, LINES)
        check_sums(connection, scenario_id)
