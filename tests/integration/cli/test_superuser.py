"""`mockupaws create-superuser` asks the function and says what came of it."""

import io
import json
from typing import Any

import pytest
import typer
from botocore.exceptions import EndpointConnectionError
from typer.testing import CliRunner, Result

from functions.create_superuser.handler import handler
from shared.cli import superuser
from shared.mockupaws.auth.passwords import check_password
from shared.mockupaws.db import Rows
from tests import factories
from tests.gateway import Invocation


class Lambda:
    """Runs the function here, as Lambda would."""

    asked: str = ""

    def invoke(self, *, FunctionName: str, Payload: bytes) -> dict[str, Any]:  # noqa: N803 (as AWS spells it)
        self.asked += FunctionName + Payload.decode()
        return {"Payload": io.BytesIO(json.dumps(handler(json.loads(Payload), Invocation())).encode())}


@pytest.fixture
def function(stage: None, monkeypatch: pytest.MonkeyPatch) -> Lambda:
    del stage
    monkeypatch.delenv("MOCKUPAWS_PASSWORD", raising=False)
    function = Lambda()

    def lambda_of(_: str) -> Lambda:
        return function

    monkeypatch.setattr(superuser, "lambda_of", lambda_of)
    return function


def run(*arguments: str, typed: str | None = None, password: str | None = None) -> Result:
    app = typer.Typer()
    app.command()(superuser.create_superuser)
    return CliRunner().invoke(app, arguments, input=typed, env={"MOCKUPAWS_PASSWORD": password})


def test_the_password_is_asked_for_and_stays_here(connection: Rows, function: Lambda) -> None:
    result = run("Root@example.com", "--name", "Root", typed="Correct-Horse-7!\nCorrect-Horse-7!\n")
    assert result.exit_code == 0
    assert "root@example.com is a superuser" in result.output
    assert "Correct-Horse" not in result.output + function.asked
    assert function.asked.startswith("mockupaws-local-create_superuser")
    row = connection.execute("SELECT role, full_name, password_hash FROM users").fetchone()
    assert row is not None
    assert row[:2] == ("superuser", "Root")
    assert check_password("Correct-Horse-7!", row[2])


def test_scripts_set_it_in_the_environment(function: Lambda) -> None:
    result = run("root@example.com", "--stage", "prod", password="Correct-Horse-7!")
    assert result.exit_code == 0
    assert function.asked.startswith("mockupaws-prod-create_superuser")


def test_a_blank_name_is_refused_here(function: Lambda) -> None:
    assert run("root@example.com", "--name", " ", password="Correct-Horse-7!").exit_code == 2
    assert function.asked == ""


@pytest.mark.usefixtures("function")
def test_who_is_there_is_promoted_without_a_password(connection: Rows) -> None:
    factories.user(connection, email="ada@example.com")
    result = run("ada@example.com")
    assert result.exit_code == 0
    assert "was there" in result.output
    assert connection.execute("SELECT role FROM users").fetchone() == ("superuser",)


@pytest.mark.usefixtures("function")
@pytest.mark.parametrize(
    ("arguments", "password", "said"),
    [(["root"], None, "email address"), (["root@example.com"], "weak", "8 to 128 characters")],
)
def test_what_is_wrong_is_said(arguments: list[str], password: str | None, said: str) -> None:
    result = run(*arguments, password=password)
    assert result.exit_code == 2
    assert said in " ".join(result.output.replace("│", " ").split())


def test_a_stack_that_is_not_up_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_: str) -> Lambda:
        raise EndpointConnectionError(endpoint_url="http://localhost:1")

    monkeypatch.setattr(superuser, "lambda_of", away)
    result = run("root@example.com")
    assert result.exit_code == 1
    assert "make up" in result.output
