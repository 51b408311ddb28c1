"""The GitHub Action and the GitLab template: their own steps, run as those services would."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

CI = Path(__file__).parents[3] / "ci"
LINES = "".join(f"2026-10-01T00:{n // 60:02}:{n % 60:02}Z INFO request {n} served\n" for n in range(600))


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "app.log").write_text(LINES.replace("served", "served with more words than before"))
    (tmp_path / "base.log").write_text(LINES)
    return {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "COMMENT_FILE": str(tmp_path / "comment.md"),
        "LOGS": "app.log",
        "BASE_LOGS": "base.log",
        "TIKTOKEN_CACHE_DIR": os.environ["TIKTOKEN_CACHE_DIR"],
    }


def _run(script: str, environment: dict[str, str], folder: Path, shell: str = "sh") -> int:
    return subprocess.run([shell, "-e", "-c", script], env=environment, cwd=folder, check=False).returncode


def _action() -> dict[str, Any]:
    return yaml.safe_load((CI / "github" / "action.yml").read_text())


@pytest.mark.parametrize(("budget", "code"), [("", 0), ("1000000", 0), ("0.5", 3)])
def test_the_action_compares_with_the_base_and_fails_over_budget(
    environment: dict[str, str], tmp_path: Path, budget: str, code: int
) -> None:
    steps = {step["name"]: step for step in _action()["runs"]["steps"]}
    output, summary = tmp_path / "output", tmp_path / "summary"
    environment |= {
        "BUDGET": budget,
        "GITHUB_ACTION_PATH": str(CI / "github"),
        "GITHUB_OUTPUT": str(output),
        "GITHUB_STEP_SUMMARY": str(summary),
    }
    assert _run(steps["Estimate"]["run"], environment, tmp_path, "bash") == 0
    said = dict(line.split("=", 1) for line in output.read_text().splitlines())
    assert said == {"comment-file": environment["COMMENT_FILE"], "code": str(code)}
    assert "a month against before (+" in summary.read_text()
    assert _run(steps["Verdict"]["run"], environment | {"CODE": said["code"]}, tmp_path, "bash") == code


def test_the_action_s_steps_take_inputs_as_variables_only() -> None:
    """What a pull request writes into an input must not become a part of a script."""
    action = _action()
    assert action["runs"]["using"] == "composite"
    for step in action["runs"]["steps"]:
        assert step["shell"] == "bash"
        assert "${{" not in step["run"]
    used = {word for step in action["runs"]["steps"] for word in step.get("env", {}).values()}
    for name in set(action["inputs"]) - {"comment"}:
        assert f"${{{{ inputs.{name} }}}}" in used


@pytest.mark.parametrize(("budget", "code"), [("", 0), ("0.5", 3)])
def test_the_template_does_the_same(environment: dict[str, str], tmp_path: Path, budget: str, code: int) -> None:
    job = yaml.safe_load((CI / "gitlab" / "mockupaws.gitlab-ci.yml").read_text())["what-these-logs-cost"]
    environment = {**job["variables"], **environment, "BUDGET": budget, "TOOL": str(CI.parent)}
    assert _run("\n".join(job["script"]), environment, tmp_path) == code
    assert "a month against before (+" in Path(environment["COMMENT_FILE"]).read_text()
    assert job["artifacts"]["paths"] == [job["variables"]["COMMENT_FILE"]]


def test_a_sample_that_is_not_there_is_an_error(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "app.log").unlink()
    assert _run(f"sh {CI}/estimate.sh", environment, tmp_path) not in {0, 3}
