"""The commands about a stack, typed as in the README. Two of them bring the fixture `stack` up and take it down."""

import json
import subprocess
from decimal import Decimal

import pytest

from infra.local.stack import Stack
from layers.vocabulary import ROOT
from shared.cli.demo import Demo
from tests.live import typed

pytestmark = pytest.mark.xdist_group("e2e")


def test_status_for_programs_has_all_that_they_need(stack: Stack, demo: Demo) -> None:
    assert json.loads(typed(stack.folder, "mockupaws", "status", "--json")) == {
        "up": True,
        "api_url": stack.api_url,
        "dashboard_url": stack.url,
        "database_url": stack.database_url,
        "aws_endpoint_url": stack.cloud.endpoint,
        "email": demo.email,
        "password": demo.password,
        "api_key": demo.api_key,
        "scenario_id": demo.scenario_id,
    }


def test_status_says_how_to_sign_in(stack: Stack, demo: Demo) -> None:
    said = dict(line.split(maxsplit=1) for line in typed(stack.folder, "mockupaws", "status").splitlines())
    assert said["dashboard_url"] == stack.url
    assert (said["email"], said["password"]) == (demo.email, demo.password)


def test_up_again_prints_the_bill_and_changes_nothing(stack: Stack, demo: Demo) -> None:
    assert demo.complete
    before = typed(stack.folder, "mockupaws", "status", "--json")
    bill = typed(stack.folder, *_up())
    assert {"sqs", "lambda", "bedrock"} <= set(bill.replace("│", " ").split())
    assert Decimal(bill.split("Total")[1].split("$")[1].split()[0]) > 0
    assert typed(stack.folder, "mockupaws", "status", "--json") == before


def _up() -> tuple[str, ...]:
    """`make up`; or what it comes to, where it would first install what the tests are running on."""
    made = ("make", "-q", ".venv/.installed", "frontend/dist/index.html")
    up_to_date = subprocess.run(made, cwd=ROOT, capture_output=True, check=False).returncode == 0
    return ("make", "up") if up_to_date else ("mockupaws", "up")
