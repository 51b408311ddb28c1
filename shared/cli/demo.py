"""The demo of `mockupaws up`: a user, a scenario, a week of a made-up shop's logs through the door, and their bill."""

import json
import secrets
import shutil
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from http import HTTPStatus
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from shared.cli.sample import sample_logs
from shared.cli.send import send
from shared.mockupaws.auth.access import SCOPES

LOGS = 20_000
_EMAIL = "demo@example.com"
_STORE_TIMEOUT_S = 180
_ASK_EVERY_S = 1  # a user may ask 100 times a minute
_NOTES = "demo.json"
_SCENARIO: dict[str, Any] = {
    "name": "Demo: a small shop",
    "description": "A week of web, application, database and login logs, made up by `mockupaws up`.",
    "region": "us-east-1",
    "tags": ["demo"],
    "pipeline": {"bedrock": {"model_id": "amazon.nova-lite-v1:0"}},
}

Step = Callable[[str], None]


class DemoError(RuntimeError):
    """The demo could not be made; the text says what the API answered."""


@dataclass(frozen=True)
class Demo:
    """What the demo made, to sign in with and to look at.

    Attributes:
        email: of its user.
        password: of its user.
        api_key: with every scope.
        scenario_id: which holds the logs.
        complete: whether all of them were taken.
    """

    email: str
    password: str
    api_key: str
    scenario_id: str
    complete: bool = False


def noted(folder: Path) -> Demo | None:
    """Give the demo that was made for a stack, if there is one.

    Args:
        folder: the stack's.
    """
    file = folder / _NOTES
    return Demo(**json.loads(file.read_text())) if file.exists() else None


def show(folder: Path, api_url: str, step: Step, console: Console) -> None:
    """Make the demo where it isn't there, or go on where it broke off, and print its bill.

    Args:
        folder: the stack's, for the logs and for what the demo made.
        api_url: where the API is.
        step: is told what is being done.
        console: for the bill.

    Raises:
        DemoError: the API refused something.
    """
    with httpx.Client(base_url=api_url, timeout=60) as client:
        demo = noted(folder)
        if demo is None or not _known(client, demo):
            step("a user and a scenario")
            demo = _make(client)
            shutil.rmtree(folder / "demo", ignore_errors=True)
            _note(folder, demo)
        client.headers["X-API-Key"] = demo.api_key
        if not demo.complete:
            step(f"{LOGS:,} log lines through the door")
            _send(folder / "demo", api_url, demo)
            step("waiting until they are stored")
            _wait(client, demo)
            _note(folder, replace(demo, complete=True))
        estimate = _ask(client, "GET", f"/scenarios/{demo.scenario_id}/estimate")
    console.print(_bill(estimate["monthly"]))
    observed = Decimal(estimate["observed"]["total_usd"])
    console.print(f"The week itself, as recorded, cost {_dollars(observed)}.", highlight=False)


def _known(client: httpx.Client, demo: Demo) -> bool:
    answer = client.get(f"/scenarios/{demo.scenario_id}", headers={"X-API-Key": demo.api_key})
    return answer.status_code == HTTPStatus.OK


def _make(client: httpx.Client) -> Demo:
    # Nobody but this machine's users gets to it, and they find it in a file that only its owner reads.
    email, password = _EMAIL, f"Demo!{secrets.token_urlsafe(9)}1"
    account = {"email": email, "password": password, "full_name": "Demo"}
    answer = client.post("/auth/register", json=account)
    if answer.status_code == HTTPStatus.CONFLICT:
        # An earlier demo's, whose password is gone.
        email = f"demo-{secrets.token_hex(3)}@example.com"
        answer = client.post("/auth/register", json={**account, "email": email})
    _checked(answer)
    token = _ask(client, "POST", "/auth/login", {"email": email, "password": password})["access_token"]
    client.headers["Authorization"] = f"Bearer {token}"
    key = _ask(client, "POST", "/api-keys", {"name": "demo", "scopes": [*SCOPES]})["key"]
    scenario = _ask(client, "POST", "/scenarios", _SCENARIO)["id"]
    _ask(client, "POST", f"/scenarios/{scenario}/start")
    del client.headers["Authorization"]
    return Demo(email, password, key, scenario)


def _send(folder: Path, api_url: str, demo: Demo) -> None:
    if not folder.exists():
        # Written once: a run that goes on must find the very lines that an earlier one began to send.
        partial = folder.with_suffix(".partial")
        partial.mkdir(exist_ok=True)
        for source, lines in sample_logs(LOGS, datetime.now(UTC)).items():
            (partial / f"{source}.log").write_text("\n".join(lines) + "\n")
        partial.rename(folder)
    send(
        sorted(folder.glob("*.log")),
        url=api_url,
        key=demo.api_key,
        scenario=demo.scenario_id,
        source=None,
        stamps=True,
        shift=False,
        follow=False,
        restart=False,
        patience=120,
    )


def _wait(client: httpx.Client, demo: Demo) -> None:
    deadline = time.monotonic() + _STORE_TIMEOUT_S
    stored = 0
    while time.monotonic() < deadline:
        stored = _ask(client, "GET", f"/scenarios/{demo.scenario_id}/metrics")["summary"]["total_requests"]
        if stored >= LOGS:
            return
        time.sleep(_ASK_EVERY_S)
    raise DemoError(f"only {stored:,} of {LOGS:,} logs were stored within {_STORE_TIMEOUT_S} s")


def _note(folder: Path, demo: Demo) -> None:
    file = folder / _NOTES
    file.touch(0o600)
    file.write_text(json.dumps(asdict(demo), indent=1))


def _ask(client: httpx.Client, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    return _checked(client.request(method, path, json=body))


def _checked(answer: httpx.Response) -> Any:
    if not answer.is_success:
        request = answer.request
        raise DemoError(f"{request.method} {request.url.path} was answered {answer.status_code}: {answer.text}")
    return answer.json()


def _bill(monthly: dict[str, Any]) -> Table:
    low, high = (_dollars(Decimal(monthly[name])) for name in ("low_usd", "high_usd"))
    table = Table(
        title="What this would cost a month",
        caption=f"Nine months in ten are between {low} and {high}, if the traffic goes on as recorded.",
        title_justify="left",
        caption_justify="left",
        show_footer=True,
    )
    table.add_column("Service", "Total", footer_style="bold")
    table.add_column("What")
    table.add_column("Quantity", justify="right", no_wrap=True)
    table.add_column("Unit price", justify="right", no_wrap=True)
    table.add_column("Cost", _dollars(Decimal(monthly["total_usd"])), justify="right", footer_style="bold")
    for service in monthly["services"]:
        for place, line in enumerate(service["lines"]):
            table.add_row(
                "" if place else service["service"],
                escape(line["description"]),
                f"{Decimal(str(line['quantity'])):,.0f} {line['unit']}",
                f"{Decimal(line['unit_price']).normalize():f}",
                _dollars(Decimal(line["cost_usd"])),
            )
        table.add_section()
    return table


def _dollars(amount: Decimal) -> str:
    """Write an amount with its cents, or, where it has none, with its first two digits that say something."""
    if amount and abs(amount) < Decimal("0.01"):
        return f"${amount:.2g}" if abs(amount) >= Decimal("0.0001") else f"${amount.normalize():f}"
    return f"${amount:,.2f}"
