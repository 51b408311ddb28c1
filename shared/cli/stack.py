"""`mockupaws up`, `down` and `status`: the whole stack on this machine."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.status import Status

from infra.local.deploy import DeployError
from infra.local.emulator import EmulatorError
from infra.local.postgres import PostgresError
from infra.local.stack import Ports, Stack, StackError
from layers.vocabulary import ROOT
from shared.cli import demo

_USUAL = Ports(front=8080, emulator=4566, postgres=54321)
_FAILURES = (demo.DemoError, StackError, PostgresError, EmulatorError, DeployError, subprocess.CalledProcessError)


def this_stack() -> Stack:
    """Give the stack of this folder; MOCKUPAWS_STATE_DIR names another, so that several can stand side by side."""
    folder = os.environ.get("MOCKUPAWS_STATE_DIR")  # noqa: TID251 - the command line's own setting
    return Stack(Path(folder), Ports()) if folder else Stack(ROOT / ".local", _USUAL)


def up(
    *, with_demo: Annotated[bool, typer.Option("--demo/--no-demo", help="Send the demo's logs too.")] = True
) -> None:
    """Bring up PostgreSQL, the AWS emulator with the deployed template, the API and the dashboard; then the demo."""
    stack = this_stack()
    console = Console(emoji=False, stderr=True)
    try:
        with _progress(console) as step:
            stack.start(step)
            if with_demo:
                demo.show(stack.folder, stack.api_url, step, Console(emoji=False))
    except _FAILURES as error:
        console.print(f"[bold red]Failed:[/] {escape(str(error))}", highlight=False)
        told = f"Logs are in {stack.folder}. `make up` goes on from here, `make down` stops what runs."
        console.print(told, markup=False)
        sys.exit(1)
    console.print(f"[bold]Dashboard[/] {stack.url}\n[bold]API[/]       {stack.api_url}", highlight=False)
    console.print("`mockupaws status` says how to sign in, `make down` stops it.")


def down() -> None:
    """Stop what `up` started. The data stays, and is there after the next `up`."""
    console = Console(emoji=False, stderr=True)
    with _progress(console) as step:
        this_stack().stop(step)


def status(*, as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False) -> None:
    """Say where everything is; exits 1 when it isn't up."""
    stack = this_stack()
    facts = {
        "up": stack.up,
        "api_url": stack.api_url,
        "dashboard_url": stack.url,
        "database_url": stack.database_url,
        "aws_endpoint_url": stack.cloud.endpoint,
    }
    if made := demo.noted(stack.folder):
        facts |= {name: getattr(made, name) for name in ("email", "password", "api_key", "scenario_id")}
    if as_json:
        print(json.dumps(facts, indent=2))
    elif stack.up:
        for name, value in facts.items():
            print(f"{name:<18}{value}")
    else:
        print("Not up: `make up` brings it up.")
    if not stack.up:
        sys.exit(1)


@contextmanager
def _progress(console: Console) -> Generator[Callable[[str], None]]:
    """Show what is being done, and what is done."""
    done: list[str] = []

    def finish() -> None:
        if done:
            console.print(f"[green]✓[/] {done[-1]}", highlight=False)

    with Status("", console=console) as spinner:

        def step(name: str) -> None:
            finish()
            done.append(name)
            spinner.update(name)

        yield step
        finish()
