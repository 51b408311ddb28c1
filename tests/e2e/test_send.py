"""`mockupaws send` against the deployed stack: killed again and again, it counts every line once."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import psycopg
import pytest

from infra.local.stack import Stack
from tests.integration.sums import check_sums

pytestmark = pytest.mark.xdist_group("e2e")

LINES = 60_000  # twelve requests
KILLS = 4


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
        return max((json.loads(kept.read_text())["offset"] for kept in tmp_path.glob("**/send/*.json")), default=-1)

    for _ in range(KILLS):
        before = taken()
        process = started()
        wait_for(lambda: taken() > before)  # noqa: B023 - called at once
        time.sleep(random.uniform(0, 0.2))  # noqa: S311 - chance, not secrets
        process.kill()
        process.wait()
        # Once it is through it has forgotten the file, and whoever sends that again means it.
        assert taken() >= 0, "the command was through before it was killed"
    assert started().wait(120) == 0
    with psycopg.connect(stack.database_url, autocommit=True) as connection:
        count = "SELECT count(*), count(DISTINCT message_hash) FROM scenario_logs WHERE scenario_id = %s"
        wait_for(lambda: (connection.execute(count, [scenario_id]).fetchone() or (0,))[0] >= LINES)
        assert connection.execute(count, [scenario_id]).fetchone() == (LINES, LINES)
        check_sums(connection, scenario_id)


def wait_for(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not happened() and time.monotonic() < deadline:
        time.sleep(0.1)
