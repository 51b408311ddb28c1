"""The deployed stack for end-to-end and browser tests: brought up once a run, in a folder and on ports of its own.

Tests that use it belong to one worker: `pytestmark = pytest.mark.xdist_group("e2e")`.
"""

import os
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psycopg
import pytest
from rich.console import Console

from infra.local.stack import Ports, Stack
from layers.vocabulary import ROOT
from shared.cli.demo import Demo, noted, show
from tests.databases import run_folder


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """Give the running stack: `api_url`, `database_url`, `cloud` and `outputs` say where what is."""
    try:
        (run_folder() / "stack").touch(exist_ok=False)
    except FileExistsError:
        # It would be slow, and say nothing of it.
        pytest.fail("another worker has a stack: --dist loadgroup doesn't keep the group e2e together")
    with tempfile.TemporaryDirectory(prefix="mockupaws-e2e-", ignore_cleanup_errors=True) as folder:
        # As root PostgreSQL runs as somebody else, who has to reach its data.
        Path(folder).chmod(0o711)
        try:
            # By the commands, as everybody does it.
            typed(Path(folder), "mockupaws", "up", "--no-demo")
            yield Stack(Path(folder), Ports())
        finally:
            typed(Path(folder), "mockupaws", "down")


def typed(folder: Path, *command: str, code: int = 0) -> str:
    """Type a command about the stack in a folder, see how it ends, and give what it prints on standard output."""
    outer = {name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}}
    programs = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    # A file, not a pipe: what the command leaves running could keep a pipe open.
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        run = subprocess.run(
            command,
            cwd=ROOT,
            env={**outer, "PATH": programs, "MOCKUPAWS_STATE_DIR": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            timeout=600,
            check=False,
        )
        out.seek(0)
        err.seek(0)
        printed = out.read()
        assert run.returncode == code, printed + err.read()
    return printed


@pytest.fixture(autouse=True)
def fresh_allowances(stack: Stack) -> None:
    """Begin as if nobody had asked for anything."""
    forget_allowances(stack)


def forget_allowances(stack: Stack) -> None:
    """Forget what tests before asked for: they all come from one address, which may sign in five times a minute."""
    with psycopg.connect(stack.database_url) as connection:
        connection.execute("DELETE FROM rate_limits")


@pytest.fixture
def api(stack: Stack) -> Iterator[httpx.Client]:
    """Give a client of the API, for paths below /api/v1."""
    with httpx.Client(base_url=stack.api_url, timeout=60) as client:
        yield client


@pytest.fixture(scope="session")
def newcomer(stack: Stack) -> Callable[[], dict[str, str]]:
    """Give what registers a new user: the header that they are signed in by."""

    def register() -> dict[str, str]:
        account = {"email": f"{uuid.uuid4()}@example.com", "password": "Passw0rd!x", "full_name": "Somebody"}
        answer = httpx.post(f"{stack.api_url}/auth/register", json=account, timeout=60)
        answer.raise_for_status()
        return {"Authorization": f"Bearer {answer.json()['access_token']}"}

    return register


@pytest.fixture(scope="session")
def demo(stack: Stack) -> Demo:
    """Give the demo of `mockupaws up`: a user, an API key with every scope, and a scenario that holds its logs."""
    show(stack.folder, stack.api_url, silent, Console(quiet=True))
    made = noted(stack.folder)
    assert made is not None
    return made


def silent(_step: str) -> None:
    """Say nothing of what is being done."""
