"""docs/cost-of-running.md is what its script writes, from the price table and the catalogue as they are."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_the_page_is_not_stale() -> None:
    command = [sys.executable, "scripts/cost_of_running.py", "--check"]
    run = subprocess.run(command, cwd=ROOT, env={"PYTHONPATH": "."}, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
