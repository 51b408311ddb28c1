"""Every command in the README and the docs is run by a test, or says here why it can't be, and is right as far as seen.

What stands within a sentence isn't run, but there are such options, targets, functions and files. Blocks marked
`<!-- test: NAME -->` are run as they stand by tests that look for them; docs/shippers.md has tests of its own.
"""

import base64
import gzip
import importlib.util
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import botocore.session
import pytest
from typer.testing import CliRunner

from infra.catalog import FUNCTIONS
from shared.cli.main import app

ROOT = Path(__file__).parents[3]
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "ARCHITECTURE.md")),
    *(path for path in sorted((ROOT / "docs").rglob("*.md")) if path.name != "shippers.md"),
]
_BLOCK = re.compile(r"(<!-- test: \w+ -->\n)?```(?:sh|bash|console)\n(.*?)```", re.DOTALL)

_PROGRAMS = r"aws|cdk|make|mockupaws|pytest|python|sam|\.venv/bin/\w+"
_WITHIN = re.compile(rf"(?<!`)`((?:[A-Z_]+=\S+ )?(?:{_PROGRAMS}) [^`\n]+)`")

# Run elsewhere: the file that runs it, and how it stands there.
ELSEWHERE = {
    "make install": ("Makefile", "\ncheck: install "),
    "make install dashboard": ("Makefile", "\ntest: check dashboard "),
    "make up": ("tests/e2e/test_commands.py", '"make", "up"'),
    "make down": ("tests/e2e/test_stack.py", 'typed(stack.folder, "make", "down")'),
    ".venv/bin/mockupaws status --json": (
        "tests/e2e/test_commands.py",
        'typed(stack.folder, "mockupaws", "status", "--json")',
    ),
    ".venv/bin/python -m infra.sam": ("tests/infra/test_sam.py", '"-m", "infra.sam"'),
    "sam validate --lint --region eu-west-1 --template build/cdk.sam/assembly-local/localApp*.template.json": (
        "tests/infra/test_sam.py",
        '[SAM, "validate", "--lint", "--region", "eu-west-1", "--template", path]',
    ),
    # A part of what runs this.
    ".venv/bin/pytest -n 0 tests/unit/costing": ("Makefile", "\n\tpytest -n 3 --dist loadgroup"),
}
# The aws command has names of its own for some.
_EVERYWHERE = {"--region", "--output", "--query", "--endpoint-url", "--cli-input-json", "--cli-read-timeout"}
_RENAMED = {"--notification-endpoint": "--endpoint"}
_SERVICES = {"s3api": "s3"}
# Can't be run here, why.
NEEDS = {
    "git pull": "a remote with a branch that this one follows",
    "npx aws-cdk@2": "an AWS account; the stacks' and parameters' names are looked up in the templates",
    "aws": "an AWS account; service, operation and options are looked up in AWS's own models",
    ".venv/bin/python -m infra.publish": "an AWS account; tests/infra/test_edge.py",
    ".venv/bin/mockupaws create-superuser": "a deployed stage; tests/integration/cli/test_superuser.py",
    ".venv/bin/mockupaws redrive": "a deployed stage's queues; tests/integration/cli/test_redrive.py",
    ".venv/bin/mockupaws redrive-stream": "a deployed stage's stream; tests/integration/cli/test_redrive_stream.py",
    "sam local": "Docker; functions and events are looked up, and tests/infra/test_sam.py has the template",
}


def commands() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for marked, block in _BLOCK.findall(page.read_text()):
            if marked:
                continue
            for line in re.sub(r"\\\n\s*", "", block).splitlines():
                if command := re.sub(r"\s+#.*", "", line).strip():
                    yield page.name, command


def within() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for command in _WITHIN.findall(page.read_text()):
            yield page.name, command


def _by_command(commands: Iterable[tuple[str, str]]) -> pytest.MarkDecorator:
    found = sorted({*commands})
    return pytest.mark.parametrize(("page", "command"), found, ids=[f"{page}: {it[:60]}" for page, it in found])


def _needs(command: str) -> str | None:
    return next((start for start in NEEDS if command == start or command.startswith(f"{start} ")), None)


@_by_command(commands())
def test_a_command_of_the_docs_works(page: str, command: str, tmp_path: Path) -> None:
    del page
    if command in ELSEWHERE or _needs(command):
        _check(command)
    else:
        _run(command, tmp_path)


@_by_command(within())
def test_a_command_within_a_sentence_is_right(page: str, command: str) -> None:
    del page
    _check(command)


def test_no_reason_is_left_over_and_who_is_said_to_run_a_command_is_there() -> None:
    used = {command for _, command in commands()}
    assert set(ELSEWHERE) <= used
    assert set(NEEDS) <= {_needs(command) for command in used}
    named = re.findall(r"tests/[\w/.]+\w", " ".join(NEEDS.values()))
    assert len(named) >= 5
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("command", ELSEWHERE)
def test_who_is_said_to_run_a_command_has_it(command: str) -> None:
    file, as_it_stands = ELSEWHERE[command]
    assert as_it_stands in (ROOT / file).read_text()


def test_make_up_and_down_are_the_command_line_s() -> None:
    """Where what the tests run on is stale, `mockupaws up` stands in for the former (tests/e2e/test_commands.py)."""
    for target in ("up", "down"):
        command = ["make", "-n", "--no-print-directory", target]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        assert f"mockupaws {target}" in run.stdout.splitlines()[-1]


def test_what_firehose_could_not_deliver_is_taken_apart_as_the_runbook_says(tmp_path: Path) -> None:
    (command,) = re.findall(r"`(gunzip [^`]+)`", (ROOT / "docs" / "runbook.md").read_text())
    records = [b"one", b"two"]
    lines = [json.dumps({"rawData": base64.b64encode(each).decode(), "attemptsMade": 3}) for each in records]
    (tmp_path / "refused.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    run = subprocess.run(["bash", "-euc", command], cwd=tmp_path, capture_output=True, text=True, check=True)  # noqa: S607
    assert [base64.b64decode(line) for line in run.stdout.splitlines()] == records


def _check(command: str) -> None:
    """See that a command could be run, as far as can be seen without running it."""
    words = shlex.split(command.replace("npx aws-cdk@2", "cdk"))
    while "=" in words[0]:
        words = words[1:]
    check = {
        "aws": _known_to_aws,
        "cdk": _known_to_the_app,
        "git": list[str],
        "make": _known_to_make,
        "mockupaws": _known_to_the_command_line,
        "pytest": _known_to_pytest,
        "python": _known_to_python,
        "sam": _known_to_sam,
    }[words[0].removeprefix(".venv/bin/")]
    check(words[1:])


def _run(command: str, folder: Path) -> None:
    """Run it in a folder that has what it speaks of."""
    lines = "".join(f"2026-10-01T00:{n // 60:02}:{n % 60:02}Z INFO request {n} served\n" for n in range(600))
    (folder / "app.log").write_text(lines)
    (folder / "system.log").write_text(lines)
    command = command.removeprefix("uv run ").replace("/var/log/", "./").replace(".venv/bin/", "")
    yours = {"REGION": "eu-west-1"}  # docs/deploy.md asks the reader for it
    environment = {**os.environ, **yours, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
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
        if option.startswith("--") and option not in _EVERYWHERE:
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
    asked = sources + (ROOT / "infra" / "app.py").read_text()
    assert all(f'try_get_context("{each.partition("=")[0]}")' in asked for each in context)
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


def _known_to_make(words: list[str]) -> None:
    run = subprocess.run(["make", "-n", *words], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607
    assert run.returncode == 0, run.stderr


def _known_to_pytest(words: list[str]) -> None:
    assert all((ROOT / word).exists() for word in words if word.startswith("tests"))


def _known_to_python(words: list[str]) -> None:
    assert importlib.util.find_spec(words[1]) if words[0] == "-m" else (ROOT / words[0]).is_file()


def _known_to_sam(words: list[str]) -> None:
    if "invoke" in words:
        assert words[words.index("invoke") + 1] in {f"mockupaws-local-{function.name}" for function in FUNCTIONS}
    if "--event" in words:
        assert (ROOT / words[words.index("--event") + 1]).is_file()
