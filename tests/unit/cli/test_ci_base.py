"""What a change is compared with: its base, as a checkout of a CI service has it to fetch (ci/estimate.sh)."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[3] / "ci" / "estimate.sh"
LINES = "".join(f"2026-10-01T00:{n // 60:02}:{n % 60:02}Z INFO request {n} served\n" for n in range(600))
LARGER = "[lambda]\nmemory_mb = 4096\n"


def _git(folder: Path, *words: str) -> str:
    named = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "protocol.file.allow=always"]
    done = subprocess.run(["git", *named, *words], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S607
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@dataclass
class Project:
    """A repository with a base and a change of it, and the CI service's checkout of the change.

    Attributes:
        folder: has `origin`, and `checkout` once it is made.
        said: what the last run printed.
    """

    folder: Path
    said: str = field(default="")

    @property
    def checkout(self) -> Path:
        return self.folder / "checkout"

    def commit(self, files: dict[str, str | None]) -> str:
        """Commit files, by their content; None takes one away."""
        origin = self.folder / "origin"
        for name, content in files.items():
            path = origin / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                path.unlink()
            else:
                path.write_text(content)
        _git(origin, "add", "--all")
        _git(origin, "commit", "--quiet", "--allow-empty", "--message", "more")
        return _git(origin, "rev-parse", "HEAD")

    def branch(self, name: str) -> None:
        _git(self.folder / "origin", "checkout", "--quiet", "-b", name)

    def clone(self, depth: int | None) -> None:
        """Check the change out as CI services do: as deep as wanted, nothing of other branches."""
        shallow = ["--depth", str(depth)] if depth else []
        source = (self.folder / "origin").as_uri()
        _git(self.folder, "clone", "--quiet", *shallow, "--single-branch", "--branch", "change", source, "checkout")

    def price(self, within: str = ".", **given: str) -> str:
        """Price the change, and give the comment. With a budget it is over it."""
        comment = self.folder / "comment.md"
        environment = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "PYTHONPATH": str(SCRIPT.parents[1]),
            "TIKTOKEN_CACHE_DIR": os.environ["TIKTOKEN_CACHE_DIR"],
            "COMMENT_FILE": str(comment),
            "LOGS": "samples/*.log",
            "BASE_REF": "main",
        }
        run = subprocess.run(
            ["sh", SCRIPT],  # noqa: S607 - whichever there is
            cwd=self.checkout / within,
            env=environment | given,
            capture_output=True,
            text=True,
            check=False,
        )
        self.said = run.stdout + run.stderr
        assert run.returncode == (3 if "BUDGET" in given else 0), self.said
        return comment.read_text()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    (tmp_path / "origin").mkdir()
    _git(tmp_path / "origin", "init", "--quiet", "--initial-branch", "main")
    _git(tmp_path / "origin", "config", "uploadpack.allowAnySHA1InWant", "true")  # as GitHub and GitLab
    project.commit({"README.md": "logs"})
    return project


@pytest.mark.parametrize("depth", [1, 3, None])
def test_a_change_of_the_design_alone_shows(project: Project, depth: int | None) -> None:
    project.commit({"samples/app.log": LINES, "pipeline.toml": ""})
    project.branch("change")
    project.commit({"pipeline.toml": LARGER})
    project.clone(depth)
    text = project.price(PIPELINE="pipeline.toml")
    assert " a month against before (+" in text
    assert "Duration at 4096 MB" in text
    assert "Not compared" not in text


@pytest.mark.parametrize("depth", [1, 3, None])
def test_the_checkout_stays_as_it_was(project: Project, depth: int | None) -> None:
    project.commit({"samples/app.log": LINES})
    project.branch("change")
    for _ in range(3):
        project.commit({})
    _git(project.folder / "origin", "checkout", "--quiet", "main")
    project.commit({"samples/app.log": LINES * 2})
    project.clone(depth)

    def state() -> tuple[str, ...]:
        asked = [["status", "--porcelain"], ["log", "--format=%H"], ["show-ref"], ["worktree", "list"]]
        return tuple(_git(project.checkout, *words) for words in asked)

    before = state()
    assert " a month against before (-" in project.price()
    assert state() == before
    _git(project.checkout, "fsck", "--connectivity-only")
    _git(project.checkout, "gc", "--quiet", "--prune=now")
    _git(project.checkout, "fetch", "--quiet", "origin", "main:main")
    _git(project.checkout, "log", "main")


def test_a_commit_is_a_base_too_and_a_folder_of_the_repository_a_place_to_be(project: Project) -> None:
    base = project.commit({"service/samples/app.log": LINES, "service/pipeline.toml": ""})
    project.commit({"service/samples/app.log": LINES * 3})
    project.branch("change")
    project.commit({"service/pipeline.toml": LARGER})
    project.clone(1)
    text = project.price(within="service", BASE_REF=base, PIPELINE="pipeline.toml")
    assert " a month against before (+" in text


def test_a_sample_that_is_new_beside_another_is_an_addition(project: Project) -> None:
    project.commit({"samples/app.log": LINES})
    project.branch("change")
    project.commit({"samples/new.log": LINES.replace("request", "another")})
    project.clone(1)
    for logs in ("samples/*.log", "samples/app.log samples/new.log"):
        assert " a month against before (+" in project.price(LOGS=logs)


@pytest.mark.parametrize(
    ("base", "given", "why"),
    [
        ({}, {}, "the base has no `samples/*.log`"),
        ({}, {"within": "samples", "LOGS": "app.log"}, "the base has no `app.log`"),
        ({"samples/app.log": ""}, {}, "the base could not be priced (the job's log says why)"),
        ({"samples/app.log": LINES}, {"PIPELINE": "pipeline.toml"}, "the base has no `pipeline.toml`"),
        (
            {"samples/app.log": LINES, "pipeline.toml": "[lambda]\nmemory_mb = 'much'\n"},
            {"PIPELINE": "pipeline.toml"},
            "the base could not be priced (the job's log says why)",
        ),
        (
            {"samples/app.log": LINES},
            {"BASE_REF": "gone"},
            "the base, `gone`, could not be fetched (the job's log says why)",
        ),
        (
            {"samples/app.log": LINES},
            {"BASE_REF": "--upload-pack=touch ran; git-upload-pack"},
            "the base, `--upload-pack=touch ran; git-upload-pack`, could not be fetched (the job's log says why)",
        ),
        (
            {"samples/app.log": LINES},
            {"BASE_REF": "", "BASE_LOGS": "samples/app.log", "PIPELINE": "pipeline.toml"},
            "it isn't said where the base's pipeline.toml is",
        ),
    ],
)
def test_without_a_base_it_is_the_bill_and_says_why(
    project: Project, base: dict[str, str | None], given: dict[str, str], why: str
) -> None:
    project.commit(base)
    project.branch("change")
    project.commit({"samples/app.log": LINES, "pipeline.toml": LARGER})
    project.clone(1)
    text = project.price(**given)
    assert "### What these logs cost: $" in text
    assert "| before |" not in text
    assert not (project.checkout / "ran").exists()
    assert text.rstrip().endswith(f"\nNot compared: {why}.")
    project.price(BUDGET="0.0001", **given)


def test_an_absolute_path_is_not_compared_with_itself(project: Project) -> None:
    project.commit({"samples/app.log": LINES})
    project.branch("change")
    project.commit({"samples/app.log": LINES * 2})
    project.clone(1)
    text = project.price(LOGS=str(project.checkout / "samples" / "app.log"))
    assert "Not compared: an absolute path names no file of the base." in text


def test_where_nothing_is_to_be_compared_nothing_is_said_of_it(project: Project) -> None:
    project.branch("change")
    project.commit({"samples/app.log": LINES})
    project.clone(1)
    assert "ompared" not in project.price(BASE_REF="")


def test_the_base_s_files_may_be_elsewhere(project: Project) -> None:
    """As those of a test that writes logs, run in both; the design is in git all the same."""
    project.commit({"pipeline.toml": ""})
    project.branch("change")
    project.commit({"pipeline.toml": LARGER})
    project.clone(1)
    for name in ("made", "made before"):
        (project.checkout / name).mkdir()
        (project.checkout / name / "app.log").write_text(LINES)
    text = project.price(LOGS="made", BASE_LOGS="made", PIPELINE="pipeline.toml")
    assert " a month against before (+" in text
    same = {"BASE_LOGS": "made", "PIPELINE": "pipeline.toml", "BASE_PIPELINE": "pipeline.toml"}
    assert "As before." in project.price(LOGS="made", BASE_REF="", **same)
    assert "As before." in project.price(LOGS="made", BASE_REF="", BASE_LOGS="made?before/*.log")


def test_a_file_that_is_called_like_an_option_is_a_file(project: Project) -> None:
    project.commit({"app.log": LINES})
    project.branch("change")
    project.commit({"--events-per-month=1.log": LINES})
    project.clone(1)
    assert " a month against before (+" in project.price(LOGS="*.log")
