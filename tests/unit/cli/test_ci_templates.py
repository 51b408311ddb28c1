"""The GitHub Action and the GitLab template: their own steps, run as those services would."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

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


def _job() -> dict[str, Any]:
    return yaml.safe_load((CI / "gitlab" / "mockupaws.gitlab-ci.yml").read_text())["what-these-logs-cost"]


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


@pytest.fixture
def tool(tmp_path: Path) -> Path:
    """Give a repository whose `make install` notes which release is installed; the first, v1, isn't its newest."""
    tool = tmp_path / "tool"
    tool.mkdir()

    def git(*words: str) -> None:
        named = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"]
        subprocess.run(["git", *named, *words], cwd=tool, check=True, capture_output=True)  # noqa: S607

    git("init", "--quiet")
    # As GitLab's.
    git("config", "uploadpack.allowAnySHA1InWant", "true")
    for release in ("v1", "v2"):
        (tool / "Makefile").write_text(
            "install:\n\tmkdir -p .venv/bin\n"
            f"\tprintf '#!/bin/sh\\necho {release}\\n' > .venv/bin/mockupaws\n\tchmod +x .venv/bin/mockupaws\n"
        )
        git("add", "Makefile")
        git("commit", "--quiet", "--message", release)
        git("tag", release)
    return tool


def test_the_action_installs_itself_and_leaves_the_job_s_programs_alone(
    environment: dict[str, str], tmp_path: Path, tool: Path
) -> None:
    """What stands in GITHUB_PATH comes first in all of the job's later steps."""
    steps = {step["name"]: step for step in _action()["runs"]["steps"]}
    (tool / "ci" / "github").mkdir(parents=True)
    (tool / "ci" / "estimate.sh").write_text('mockupaws > "$COMMENT_FILE"\n')
    files = {name: tmp_path / name for name in ("GITHUB_PATH", "GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    environment |= {name: str(path) for name, path in files.items()}
    environment |= {"GITHUB_ACTION_PATH": str(tool / "ci" / "github")}
    assert _run(steps["Install"]["run"], environment, tmp_path, "bash") == 0
    assert _run(steps["Estimate"]["run"], environment, tmp_path, "bash") == 0
    assert files["GITHUB_STEP_SUMMARY"].read_text() == "v2\n"
    assert not files["GITHUB_PATH"].exists()
    assert not files["GITHUB_ENV"].exists()


@pytest.mark.parametrize("ref", ["v1", "the first commit"])
def test_the_template_installs_what_it_is_pinned_to(
    environment: dict[str, str], tmp_path: Path, tool: Path, ref: str
) -> None:
    if ref != "v1":
        ref = subprocess.check_output(["git", "rev-parse", "v1^{commit}"], cwd=tool, text=True).strip()  # noqa: S607
    environment |= {"MOCKUPAWS_REPOSITORY": tool.as_uri(), "MOCKUPAWS_REF": ref, "TOOL": str(tmp_path / "there")}
    script = "\n".join([*_job()["before_script"], 'mockupaws > "$COMMENT_FILE"'])
    assert _run(script, environment, tmp_path) == 0
    assert Path(environment["COMMENT_FILE"]).read_text() == "v1\n"


@pytest.mark.parametrize("unsaid", ["MOCKUPAWS_REPOSITORY", "MOCKUPAWS_REF"])
def test_the_template_runs_nothing_that_is_not_pinned(
    environment: dict[str, str], tmp_path: Path, tool: Path, unsaid: str, capfd: pytest.CaptureFixture[str]
) -> None:
    told = {"MOCKUPAWS_REPOSITORY": tool.as_uri(), "MOCKUPAWS_REF": "v1", unsaid: ""}
    environment |= {**told, "TOOL": str(tmp_path / "there")}
    assert _run("\n".join(_job()["before_script"]), environment, tmp_path) != 0
    assert unsaid in capfd.readouterr().err


@pytest.mark.parametrize("given", ["CI_MERGE_REQUEST_DIFF_BASE_SHA", "CI_MERGE_REQUEST_TARGET_BRANCH_SHA"])
def test_the_template_compares_with_the_merge_request_s_base(
    environment: dict[str, str], tmp_path: Path, tool: Path, given: str
) -> None:
    """GitLab knows the target branch's commit in a pipeline of merged results alone, where what is run has it in it."""
    (tool / "ci").mkdir()
    (tool / "ci" / "estimate.sh").write_text('echo "$BASE_REF" > "$COMMENT_FILE"\n')
    both = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": "left off", given: "the base"}
    environment |= {**_job()["variables"], "COMMENT_FILE": environment["COMMENT_FILE"], "TOOL": str(tool)}
    assert _run("\n".join(_job()["script"]), {**environment, **both}, tmp_path) == 0
    assert Path(environment["COMMENT_FILE"]).read_text() == "the base\n"


@pytest.mark.parametrize(("budget", "code"), [("", 0), ("0.5", 3)])
def test_the_template_does_the_same(environment: dict[str, str], tmp_path: Path, budget: str, code: int) -> None:
    job = _job()
    environment = {**job["variables"], **environment, "BUDGET": budget, "TOOL": str(CI.parent)}
    assert _run("\n".join(job["script"]), environment, tmp_path) == code
    assert "a month against before (+" in Path(environment["COMMENT_FILE"]).read_text()
    assert job["artifacts"]["paths"] == [job["variables"]["COMMENT_FILE"]]


@dataclass
class Forge:
    """A server that keeps comments as GitHub and GitLab do, a few a page.

    Attributes:
        url: of its API.
        bodies: what is on the request, by id.
        strangers: ids of what others than the job's account wrote.
        reads_only: whether it refuses to change anything, as it does a fork's token.
        asked: the method and path of what was asked, and the credential.
    """

    url: str = ""
    bodies: dict[int, str] = field(default_factory=dict[int, str])
    strangers: set[int] = field(default_factory=set[int])
    reads_only: bool = False
    asked: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])

    def handler(self) -> type[BaseHTTPRequestHandler]:
        forge = self

        def _comment(number: int) -> dict[str, Any]:
            ours = number not in forge.strangers
            return {
                "id": number,
                "body": forge.bodies[number],
                # GitHub's, which has none where the account is gone, and GitLab's.
                "user": {"login": "github-actions[bot]"} if ours else None if number % 2 else {"login": "mallory"},
                "author": {"username": "project_42_bot" if ours else "mallory"},
            }

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                url = urlsplit(self.path)
                if url.path == "/user":
                    self._answer(200, {"id": 7, "username": "project_42_bot"}, {})
                    return
                page = int(parse_qs(url.query).get("page", ["1"])[0])
                ids = sorted(forge.bodies)
                following = {"Link": f'<{forge.url}{url.path}?page={page + 1}>; rel="next"'} if ids[page * 2 :] else {}
                self._answer(200, [_comment(each) for each in ids[page * 2 - 2 : page * 2]], following)

            def _change(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"]
                if forge.reads_only:
                    self._answer(403, {"message": "Resource not accessible by integration"}, {})
                    return
                last = self.path.rpartition("/")[2]
                forge.bodies[int(last) if last.isdigit() else len(forge.bodies) + 1] = body
                self._answer(200, {}, {})

            do_POST = do_PUT = do_PATCH = _change  # noqa: N815 - the server's names

            def _answer(self, status: int, said: Any, headers: dict[str, str]) -> None:
                credential = self.headers["Authorization"] or self.headers["PRIVATE-TOKEN"]
                forge.asked.append((self.command, urlsplit(self.path).path, credential))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(json.dumps(said).encode())

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the server's name
                pass

        return Handler


@pytest.fixture
def forge() -> Iterator[Forge]:
    forge = Forge()
    server = ThreadingHTTPServer(("127.0.0.1", 0), forge.handler())
    forge.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield forge
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass
class Push:
    """A push's job, on either service.

    Attributes:
        service: whose.
        environment: what the job is told.
        folder: where it runs.
    """

    service: str
    environment: dict[str, str]
    folder: Path

    def run(self, **given: str) -> int:
        """Do what comes before the verdict, and give what that says."""
        environment = self.environment | given
        if self.service == "gitlab":
            job = _job()
            return _run("\n".join(job["script"]), {**job["variables"], **environment}, self.folder)
        steps = {step["name"]: step["run"] for step in _action()["runs"]["steps"]}
        output = self.folder / "output"
        environment |= {"GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(self.folder / "summary")}
        assert _run(steps["Estimate"], environment, self.folder, "bash") == 0
        assert _run(steps["Comment"], environment, self.folder, "bash") == 0
        code = output.read_text().rpartition("code=")[2].strip()
        return _run(steps["Verdict"], environment | {"CODE": code}, self.folder, "bash")


@pytest.fixture(params=["github", "gitlab"])
def push(request: pytest.FixtureRequest, environment: dict[str, str], tmp_path: Path, forge: Forge) -> Push:
    told = {
        "github": {
            "GITHUB_ACTION_PATH": str(CI / "github"),
            "GITHUB_API_URL": forge.url,
            "GITHUB_REPOSITORY": "ada/logs",
            "GITHUB_TOKEN": "given",
            "NUMBER": "7",
        },
        "gitlab": {
            "TOOL": str(CI.parent),
            "CI_API_V4_URL": forge.url,
            "CI_MERGE_REQUEST_PROJECT_ID": "42",
            "CI_MERGE_REQUEST_IID": "7",
            "MOCKUPAWS_TOKEN": "given",
        },
    }
    return Push(request.param, environment | {"BASE_LOGS": ""} | told[request.param], tmp_path)


COMMENTS = {"github": "/repos/ada/logs/issues/7/comments", "gitlab": "/projects/42/merge_requests/7/notes"}
CHANGED = {
    "github": ("PATCH", "/repos/ada/logs/issues/comments/4", "Bearer given"),
    "gitlab": ("PUT", "/projects/42/merge_requests/7/notes/4", "given"),
}


def test_a_push_writes_over_its_own_comment_and_no_other(push: Push, forge: Forge) -> None:
    others = {1: "a person's", 2: "another workflow's", 3: "> <!-- mockupaws: app.log --> quoted"}
    forge.bodies |= others
    assert push.run(BUDGET="1000000") == 0
    assert forge.asked[-1][:2] == ("POST", COMMENTS[push.service])
    first = forge.bodies[4]
    assert first.startswith("<!-- mockupaws: app.log ")
    assert "$" in first
    forge.bodies[5] = "another workflow's, since"
    assert push.run(EVENTS_PER_MONTH="1000000000") == 0
    assert forge.asked[-1] == CHANGED[push.service]
    assert forge.bodies[4] != first
    assert forge.bodies == {**others, 4: forge.bodies[4], 5: "another workflow's, since"}


def test_nobody_else_s_comment_is_taken_for_its_own(push: Push, forge: Forge) -> None:
    """Else whoever may comment could have their words, or none, where the bill belongs."""
    assert push.run() == 0
    marked = forge.bodies.pop(1)
    forge.bodies |= {1: marked, 2: marked}
    forge.strangers |= {1, 2}
    assert push.run() == 0
    assert push.run(EVENTS_PER_MONTH="1000000000") == 0
    assert (forge.bodies[1], forge.bodies[2]) == (marked, marked)
    assert sorted(forge.bodies) == [1, 2, 3]
    assert forge.bodies[3] != marked


def test_each_design_that_is_priced_has_a_comment_of_its_own(push: Push, forge: Forge) -> None:
    for region in ("us-east-1", "eu-west-1"):
        assert push.run(REGION=region) == 0
    assert len(forge.bodies) == 2


@pytest.mark.parametrize(("why", "code"), [("may only read", 0), ("may only read", 3), ("nobody answers", 3)])
def test_a_comment_that_can_t_be_written_changes_no_verdict(
    push: Push, forge: Forge, capfd: pytest.CaptureFixture[str], why: str, code: int
) -> None:
    forge.reads_only = why == "may only read"
    away = {} if forge.reads_only else {"GITHUB_API_URL": "http://127.0.0.1:9", "CI_API_V4_URL": "http://127.0.0.1:9"}
    assert push.run(BUDGET="0.5" if code else "1000000", **away) == code
    assert forge.bodies == {}
    said = capfd.readouterr()
    assert "could" in said.out
    assert "no comment: " in said.err
    assert "Traceback" not in said.err
    assert "given" not in said.out + said.err


def test_what_could_not_be_priced_is_no_comment(push: Push, forge: Forge) -> None:
    if push.service == "github":
        comment = next(step for step in _action()["runs"]["steps"] if step["name"] == "Comment")
        assert "(steps.estimate.outputs.code == '0' || steps.estimate.outputs.code == '3')" in comment["if"]
    else:
        assert push.run(LOGS="nowhere.log") not in {0, 3}
        assert forge.asked == []


def test_a_sample_that_is_not_there_is_an_error(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "app.log").unlink()
    assert _run(f"sh {CI}/estimate.sh", environment, tmp_path) not in {0, 3}
