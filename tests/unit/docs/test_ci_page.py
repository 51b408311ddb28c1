"""docs/ci.md can be copied: its jobs say only what the Action and the template know."""

import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "ci.md").read_text()
GITHUB, GITLAB = (yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL))
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "ci" / "github" / "action.yml").read_text())
JOB = "what-these-logs-cost"
TEMPLATE: dict[str, Any] = yaml.safe_load((ROOT / "ci" / "gitlab" / "mockupaws.gitlab-ci.yml").read_text())[JOB]


def test_the_workflow_uses_the_action_with_inputs_that_it_has() -> None:
    # YAML 1.1 takes the key `on` for true.
    assert GITHUB[True] == "pull_request"
    assert GITHUB["permissions"] == {"contents": "read", "pull-requests": "write"}
    checkout, action = GITHUB["jobs"]["estimate"]["steps"]
    assert checkout["uses"].startswith("actions/checkout@")
    path = action["uses"].partition("@")[0].removeprefix("YOUR-COPY/mockupaws/")
    assert (ROOT / path / "action.yml").is_file()
    assert action["with"].keys() <= ACTION["inputs"].keys()
    assert {name for name, it in ACTION["inputs"].items() if it.get("required")} <= action["with"].keys()


def test_the_job_sets_variables_that_the_template_has_and_runs_what_is_included() -> None:
    (include,) = GITLAB["include"]
    assert (ROOT / include["file"]).is_file()
    assert GITLAB[JOB]["variables"].keys() <= TEMPLATE["variables"].keys()
    assert GITLAB[JOB]["variables"]["MOCKUPAWS_REF"] == include["ref"]


def test_the_table_has_all_that_can_be_said() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| (?:`(\w+)`)? ?\|", PAGE, re.MULTILINE)
    assert {name for name, _ in rows} == ACTION["inputs"].keys()
    # The rest is how the job itself is run.
    own = {"MOCKUPAWS_REPOSITORY", "MOCKUPAWS_REF", "COMMENT_FILE", "TOOL"}
    assert {name for _, name in rows} - {""} == TEMPLATE["variables"].keys() - own
