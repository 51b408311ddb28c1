"""Every command in the README and the docs is run by a test, or says here why it can't be, and is right as far as seen.

Blocks marked `<!-- test: NAME -->` are run as they stand by tests/e2e; docs/shippers.md has tests of its own.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import botocore.session
import pytest
from typer.testing import CliRunner

from shared.cli.main import app

ROOT = Path(__file__).parents[3]
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "ARCHITECTURE.md")),
    *(path for path in sorted((ROOT / "docs").rglob("*.md")) if path.name != "shippers.md"),
]
_BLOCK = re.compile(r"(<!-- test: \w+ -->\n)?```(?:sh|bash|console)\n(.*?)```", re.DOTALL)

# Run elsewhere, by whom.
ELSEWHERE = {
    "make install": "CI's first step",
    "make install dashboard": "CI's `make test` begins with both",
    "make dashboard": "the same",
    "make up": "tests/e2e bring the stack up as it does",
    "make down": "tests/e2e take it down",
    "make test": "is what runs this",
    "make check": "a part of it",
    "make bench": "measures for minutes: by hand, before a release",
    "make lock": "asks the registries; the locks' use is checked by each install",
    ".venv/bin/mockupaws status --json": "tests/e2e/test_demo.py",
    ".venv/bin/python -m infra.sam": "tests/infra/test_sam.py",
    ".venv/bin/pytest -n 0 tests/unit/costing": "a part of what runs this",
    "git pull": "git's own",
}
# The aws command has names of its own for some.
_EVERYWHERE = {"--region", "--output", "--query", "--endpoint-url", "--cli-input-json"}
_RENAMED = {"--notification-endpoint": "--endpoint"}
_SERVICES = {"s3api": "s3"}
# Can't be run here, why.
NEEDS = {
    "npx aws-cdk@2": "an AWS account; the stacks' and parameters' names are looked up in the templates",
    "aws": "an AWS account; service, operation and options are looked up in AWS's own models",
    ".venv/bin/python -m infra.publish": "an AWS account; tests/infra/test_edge.py",
    ".venv/bin/mockupaws create-superuser": "a deployed stage; tests/integration/cli",
    ".venv/bin/mockupaws redrive": "a deployed stage's queues; tests/integration/cli",
    ".venv/bin/mockupaws redrive-stream": "a deployed stage's stream; tests/integration/cli",
    ".venv/bin/mockupaws pricing": "a deployed stage; tests/integration/cli",
    "sam local": "Docker",
    "sam validate": "aws-sam-cli, which wants an environment of its own; cfn-lint, which it asks, runs in `make check`",
}


def commands() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for marked, block in _BLOCK.findall(page.read_text()):
            if marked:
                continue
            for line in re.sub(r"\\\n\s*", "", block).splitlines():
                if command := re.sub(r"\s+#.*", "", line).strip():
                    yield page.name, command


COMMANDS = [*commands()]
by_command = pytest.mark.parametrize(("page", "command"), COMMANDS, ids=[f"{p}: {c[:60]}" for p, c in COMMANDS])


def _needs(command: str) -> str | None:
    return next((start for start in NEEDS if command == start or command.startswith(f"{start} ")), None)


@by_command
def test_a_command_of_the_docs_works(page: str, command: str, tmp_path: Path) -> None:
    if command in ELSEWHERE or command.startswith("#"):
        return
    start = _needs(command)
    if start is None:
        _run(command, tmp_path)
    elif start == "aws":
        _known_to_aws(shlex.split(command)[1:])
    elif start == "npx aws-cdk@2":
        _known_to_the_app(shlex.split(command)[2:])
    elif "mockupaws" in start and "python" not in start:
        _known_to_the_command_line(shlex.split(command)[1:])
    del page


def _run(command: str, folder: Path) -> None:
    """Run it in a folder that has what it speaks of."""
    lines = "".join(f"2026-10-01T00:{n // 60:02}:{n % 60:02}Z INFO request {n} served\n" for n in range(600))
    (folder / "app.log").write_text(lines)
    (folder / "system.log").write_text(lines)
    command = command.removeprefix("uv run ").replace("/var/log/", "./").replace(".venv/bin/", "")
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    run = subprocess.run(
        ["bash", "-euc", command],  # noqa: S607 - whichever there is
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    # Over its budget is an answer, too.
    assert run.returncode in {0, 3}, run.stdout + run.stderr


def _known_to_aws(words: list[str]) -> None:
    service, operation, *options = words
    model = botocore.session.get_session().get_service_model(_SERVICES.get(service, service))
    name = "".join(part.capitalize() for part in operation.split("-"))
    (known,) = [each for each in model.operation_names if each.lower() == name.lower()]
    shape = model.operation_model(known).input_shape
    assert shape
    members = {member.lower() for member in shape.members}
    for option in options:
        if option.startswith("--") and option not in {
            "--region",
            "--output",
            "--query",
            "--endpoint-url",
            "--cli-input-json",
        }:
            bare = _RENAMED.get(option, option).removeprefix("--")
            names = {bare.replace("-", ""), bare.removeprefix("no-").replace("-", "")}
            assert names & members, option


def _known_to_the_app(words: list[str]) -> None:
    action, *rest = words
    assert action in {"bootstrap", "deploy", "diff", "destroy"}
    stacks = {
        f"{stage}/{stack}" for stage in ("dev", "prod") for stack in ("Data", "App", "Edge", "Firewall", "Firehose")
    }
    sources = "".join(path.read_text() for path in (ROOT / "infra").glob("*_stack.py"))
    given = [rest[at + 1] for at, word in enumerate(rest) if word == "--parameters"]
    for parameter in given:
        stack, _, name = parameter.partition("=")[0].partition(":")
        assert stack.removeprefix("mockupaws-prod-").capitalize() in {stack.split("/")[1] for stack in stacks}
        assert f'"{name}"' in sources
    context = [rest[at + 1] for at, word in enumerate(rest) if word == "--context"]
    assert all(each.startswith("scenario=") for each in context)
    assert context or not any(word.endswith("/Firehose") for word in rest)
    named = [word for word in rest if word not in [*given, *context] and not word.startswith(("--", "aws://"))]
    assert all(word in stacks or word == "dev/*" for word in named)


def _known_to_the_command_line(words: list[str]) -> None:
    depth = 2 if words[0] == "pricing" else 1
    result = CliRunner().invoke(app, [*words[:depth], "--help"], env={"COLUMNS": "200"})
    assert result.exit_code == 0
    for option in words:
        if option.startswith("--"):
            assert option in result.output, option
