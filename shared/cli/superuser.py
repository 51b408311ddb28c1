"""`mockupaws create-superuser`: the first superuser, whom nobody is there to make.

The database is reached by few, in AWS by nobody outside its VPC. So this asks a function, in AWS as on this machine.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal

import boto3
import typer
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from pydantic import TypeAdapter, ValidationError
from rich.console import Console
from rich.markup import escape

from shared.cli.stack import this_stack
from shared.mockupaws.auth.passwords import NewPassword, hash_password
from shared.mockupaws.contracts.wire import Email, Name
from shared.mockupaws.errors import problems

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

StageName = Literal["local", "dev", "prod"]
# As long as a function may take; and what failed isn't done a second time behind one's back.
_PATIENT = Config(read_timeout=900, retries={"total_max_attempts": 1})
_EMAIL: TypeAdapter[str] = TypeAdapter(Email)
_NAME: TypeAdapter[str] = TypeAdapter(Name)
_PASSWORD: TypeAdapter[str] = TypeAdapter(NewPassword)


def create_superuser(
    email: Annotated[str, typer.Argument(help="Of a user, who is promoted, or of one to be made.")],
    name: Annotated[str, typer.Option(help="Of one to be made.")] = "Superuser",
    password: Annotated[
        str | None, typer.Option(envvar="MOCKUPAWS_PASSWORD", help="Of one to be made; asked for if it isn't set.")
    ] = None,
    stage: Annotated[StageName, typer.Option(help="`local` is what `make up` brought up.")] = "local",
) -> None:
    """Make a user a superuser; make the user too, where there is none."""
    console = Console(emoji=False, stderr=True)
    wish = {"email": _checked(_EMAIL, email), "full_name": _checked(_NAME, name)}
    try:
        outcome = _ask(stage, wish)
        if outcome == "unknown":
            typed = password or typer.prompt("Password", hide_input=True, confirmation_prompt=True)
            outcome = _ask(stage, wish | {"password_hash": hash_password(_checked(_PASSWORD, typed))})
    except (BotoCoreError, ClientError) as error:
        where = "Is it up? `make up` brings it up." if stage == "local" else "Is it deployed, and are you signed in?"
        console.print(f"[bold red]Failed:[/] {escape(str(error))}\n{where}", highlight=False)
        raise typer.Exit(1) from None
    said = {
        "made": f"{wish['email']} is a superuser.",
        "promoted": f"{wish['email']} was there, and is a superuser now. The password is what it was.",
    }
    console.print(said[outcome], highlight=False, markup=False)


def _ask(stage: StageName, wish: Mapping[str, str]) -> str:
    answer = lambda_of(stage).invoke(
        FunctionName=f"mockupaws-{stage}-create_superuser", Payload=json.dumps(wish).encode()
    )
    payload = json.loads(answer["Payload"].read())
    if answer.get("FunctionError"):
        raise typer.BadParameter(f"the function failed: {payload.get('errorMessage', payload)}")
    return payload["outcome"]


def lambda_of(stage: StageName) -> "LambdaClient":
    """The Lambda that the stage's functions are in."""
    if stage != "local":
        return boto3.client("lambda", config=_PATIENT)
    return boto3.client("lambda", **this_stack().cloud.credentials)


def _checked(kind: TypeAdapter[str], text: str) -> str:
    try:
        return kind.validate_python(text)
    except ValidationError as error:
        raise typer.BadParameter("; ".join(problems(error))) from None
