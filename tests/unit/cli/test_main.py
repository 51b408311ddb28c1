"""The command as a whole: what it offers, and what of it is loaded for what."""

import re
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from shared.cli.main import app

COMMANDS = [
    "up", "down", "status", "estimate", "calibrate", "send", "redrive", "redrive-stream", "create-superuser", "pricing",
]  # fmt: skip
# What takes long to load, and has nothing to do with a folder of logs.
_DEAR = ("boto3", "botocore", "infra", "psycopg", "httpx", "psutil")
_LOADED = f"""
import sys
from shared.cli.main import app
try:
    app(sys.argv[1:])
finally:
    print("loaded:", *(name for name in {_DEAR} if name in sys.modules), file=sys.stderr)
"""


def loaded(*arguments: str) -> list[str]:
    command = [sys.executable, "-c", _LOADED, *arguments]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return run.stderr.rpartition("loaded:")[2].split()


def test_help_has_every_command_in_its_order_with_what_it_does() -> None:
    result = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200"})
    assert result.exit_code == 0
    lines = re.findall(r"^│ ([a-z-]+) +([A-Z].+?) +│$", result.output, re.MULTILINE)
    assert [name for name, _ in lines] == COMMANDS
    assert all(said for _, said in lines)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_is_there(command: str) -> None:
    result = CliRunner().invoke(app, [command, "--help"])
    assert result.exit_code == 0, result.output
    assert f"mockupaws {command}" in result.output


def test_nothing_asked_is_help_and_a_slip_is_told() -> None:
    nothing = CliRunner().invoke(app, [])
    assert nothing.exit_code == 2
    assert "Commands" in nothing.output
    assert CliRunner().invoke(app, ["pricing"]).exit_code == 2
    slip = CliRunner().invoke(app, ["estimat"])
    assert slip.exit_code == 2
    assert "Did you mean 'estimate'" in slip.output


def test_a_bill_needs_neither_the_sdk_nor_the_stack() -> None:
    assert loaded("estimate", "--help") == []
