"""`mockupaws pricing refresh`: the price table against the AWS Price List, now and not next Monday."""

import json
from typing import Annotated

import typer
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console
from rich.markup import escape

from shared.cli.superuser import StageName, lambda_of

app = typer.Typer(name="pricing", help="The price table of a stage.", no_args_is_help=True)


@app.callback()
def pricing() -> None:
    """The price table of a stage."""


@app.command()
def refresh(
    stage: Annotated[StageName, typer.Option(help="`local` is what `make up` brought up.")] = "local",
) -> None:
    """Compare every price with AWS's own, which takes some minutes; AWS is asked by the stage, not from here."""
    console = Console(emoji=False, stderr=True)
    try:
        answer = lambda_of(stage).invoke(FunctionName=f"mockupaws-{stage}-refresh_pricing", Payload=b"{}")
    except (BotoCoreError, ClientError) as error:
        where = "Is it up? `make up` brings it up." if stage == "local" else "Is it deployed, and are you signed in?"
        console.print(f"[bold red]Failed:[/] {escape(str(error))}\n{where}", highlight=False)
        raise typer.Exit(1) from None
    payload = json.loads(answer["Payload"].read())
    if answer.get("FunctionError"):
        why = escape(str(payload.get("errorMessage", payload)))
        console.print(f"[bold red]Failed:[/] {why}\nPrices are as they were.", highlight=False)
        raise typer.Exit(1)
    console.print(
        f"AWS confirms {payload['confirmed']:,} prices, {payload['changed']:,} are new since, and of "
        f"{payload['unconfirmed']:,} the Price List says nothing.",
        highlight=False,
    )
