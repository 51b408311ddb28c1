"""What a user's life on the running stack leaves behind.

In the functions' logs nothing of theirs, in the database nothing to get in with, and nowhere what their logs say of
others.
"""

import base64
import itertools
import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import boto3
import httpx
import psycopg
import pytest
from psycopg import sql

from infra.local.stack import Stack
from shared.mockupaws.ids import new_id
from tests.live import forget_allowances
from tests.waiting import until

pytestmark = pytest.mark.xdist_group("e2e")

PASSWORD, WRONG, NEXT = "Correct-Horse-7!", "Another-Horse-8!", "Battery-Staple-9!"
NAME = "Ermintrude Featherstonehaugh"
AWS_KEY = "AKIA" + "IOSFODNN7QUUXPLE"
# What the logs that they send say of others: (said, of it nothing may be anywhere).
PERSONAL = {
    "mailed to grace.quux@example.org": "grace.quux",
    "paid with 4556 7375 8689 9855": "4556 7375 8689",
    "called +39 347 123 4567": "347 123 4567",
    "ssn 536-22-1847 given": "536-22-1847",
    "iban IT60X0542811101000000123456": "0542811101000000123456",
    "codice fiscale RSSMRA85T10A562S": "RSSMRA85T10A562S",
    "key " + AWS_KEY + " used": AWS_KEY,
}


@dataclass
class Life:
    """What was used and said in it.

    Attributes:
        email: who they were.
        secrets: what proved it, at any time.
    """

    email: str
    secrets: list[str] = field(default_factory=list[str])


@pytest.fixture(scope="module")
def life(stack: Stack) -> Iterator[Life]:
    """Live it, with its mistakes."""
    with httpx.Client(base_url=stack.api_url, timeout=60) as api:
        forget_allowances(stack)
        life = Life(f"ermintrude.{new_id()}@example.com", [PASSWORD, WRONG, NEXT])
        session = with_an_account(api, life)
        send_logs(api, life, session)
        forget_allowances(stack)
        forget_the_password(api, life, stack)
        yield life


def kept(life: Life, answer: httpx.Response) -> Any:
    said = answer.json()
    life.secrets += [said[name] for name in ("access_token", "refresh_token", "key") if name in said]
    return said


def with_an_account(api: httpx.Client, life: Life) -> dict[str, str]:
    """Register, with what goes wrong meanwhile; give the header of the session."""
    body = {"email": life.email, "password": PASSWORD, "full_name": NAME}
    session = kept(life, api.post("/auth/register", json=body))
    assert api.post("/auth/register", json=body).status_code == 409
    assert api.post("/auth/register", json={**body, "email": f"{life.email} {WRONG}"}).status_code == 400
    assert api.post("/auth/login", json={"email": life.email, "password": WRONG}).status_code == 401
    half = json.dumps({"email": life.email, "password": WRONG})[:-1]
    assert api.post("/auth/login", content=half, headers={"Content-Type": "application/json"}).status_code == 400
    broken = {"refresh_token": session["refresh_token"] + "x"}
    assert api.post("/auth/refresh", json=broken).status_code in (401, 429)
    return {"Authorization": f"Bearer {session['access_token']}"}


def send_logs(api: httpx.Client, life: Life, session: dict[str, str]) -> None:
    """Send others' data, in every way that is taken and some that aren't, and ask for what came of it."""
    made = {"name": "traces", "region": "us-east-1"}
    scenario_id = api.post("/scenarios", json=made, headers=session).raise_for_status().json()["id"]
    api.post(f"/scenarios/{scenario_id}/start", headers=session).raise_for_status()
    key = kept(
        life,
        api.post("/api-keys", json={"name": "traces", "scopes": ["ingest:logs"]}, headers=session).raise_for_status(),
    )
    key = kept(life, api.post(f"/api-keys/{key['id']}/rotate", headers=session).raise_for_status())
    sender = {"X-API-Key": key["key"], "X-Scenario-ID": scenario_id}
    for said in PERSONAL:
        api.post("/ingest", json={"message": said}, headers=sender).raise_for_status()
    api.post("/ingest", content="\n".join(PERSONAL), headers=sender).raise_for_status()
    bad = [{"message": ""}, {"no": "end", "of": [*PERSONAL]}]
    api.post("/ingest", content=json.dumps(bad)[:-3], headers=sender)
    api.post("/ingest/otlp/v1/logs", json={"resourceLogs": [*PERSONAL]}, headers=sender)
    api.post("/ingest/_bulk", content="\n".join(PERSONAL) + "\n", headers=sender)
    api.post("/ingest", json={"message": "x"}, headers={**sender, "X-API-Key": key["key"][:-1] + "_"})
    assert until(lambda: api.get(f"/scenarios/{scenario_id}/logs", headers=session).json()["items"])
    for said in PERSONAL.values():
        api.get(f"/scenarios/{scenario_id}/logs", params={"q": said}, headers=session).raise_for_status()
        api.get(f"/scenarios/{scenario_id}/logs", params={"from": said}, headers=session)
    api.get(f"/scenarios/{life.email}", headers=session)
    api.post(f"/scenarios/{scenario_id}/reports", json={"format": "csv", "include_logs": True}, headers=session)


def forget_the_password(api: httpx.Client, life: Life, stack: Stack) -> None:
    """Ask for a link by mail, use it twice, and sign in with the new password."""
    api.post("/auth/reset-password-request", json={"email": life.email}).raise_for_status()
    (mail,) = until(lambda: [mail for mail in mails(stack) if life.email in mail and "#token=" in mail])
    token = mail.partition("#token=")[2][:43]
    life.secrets.append(token)
    api.post("/auth/reset-password", json={"token": token, "new_password": NEXT}).raise_for_status()
    assert api.post("/auth/reset-password", json={"token": token, "new_password": NEXT}).status_code >= 400
    session = kept(life, api.post("/auth/login", json={"email": life.email, "password": NEXT}).raise_for_status())
    kept(life, api.post("/auth/refresh", json={"refresh_token": session["refresh_token"]}).raise_for_status())


def mails(stack: Stack) -> list[str]:
    sent = httpx.get(f"{stack.cloud.endpoint}/_ministack/ses/messages", timeout=60).raise_for_status().json()
    return [json.dumps(mail) for account in sent["messages"].values() for mail in account]


def spellings(secret: str) -> set[str]:
    """A secret as somebody might keep it who thinks that this hides it."""
    raw = secret.encode()
    return {secret, secret[12:], secret.rpartition(".")[2], raw.hex(), base64.b64encode(raw).decode().rstrip("=")[:-1]}


def logged(stack: Stack) -> Iterator[str]:
    with closing(boto3.client("logs", **stack.cloud.credentials)) as logs:
        for group in logs.describe_log_groups()["logGroups"]:
            name = group.get("logGroupName", "")
            for page in logs.get_paginator("filter_log_events").paginate(logGroupName=name):
                yield from (event.get("message", "") for event in page["events"])


def test_the_functions_logs_hold_nothing_of_it(life: Life, stack: Stack) -> None:
    lines = [line for line in logged(stack) if line.startswith("{")]
    text = "\n".join(lines) + (stack.folder / "front.log").read_text()
    routes = {json.loads(line).get("route") for line in lines}
    assert routes >= {"POST /api/v1/auth/register", "POST /api/v1/auth/reset-password", "POST /api/v1/api-keys"}
    assert {json.loads(line)["service"] for line in lines} >= {
        "auth",
        "ingest",
        "store_logs",
        "send_reset",
        "scenarios",
    }
    unspeakable: Iterable[str] = {life.email, NAME, "Featherstonehaugh", "ermintrude", *PERSONAL, *PERSONAL.values()}
    for word in itertools.chain(unspeakable, *map(spellings, life.secrets)):
        assert word not in text


def test_a_dump_of_the_database_holds_nothing_to_get_in_with(life: Life, stack: Stack) -> None:
    dump = dumped(stack.database_url)
    assert life.email in dump
    with closing(boto3.client("secretsmanager", **stack.cloud.credentials)) as manager:
        signing = [
            json.loads(manager.get_secret_value(SecretId=secret.get("ARN", ""))["SecretString"])["key"]
            for secret in manager.list_secrets()["SecretList"]
        ]
    assert signing
    for secret in [*life.secrets, *signing]:
        for spelt in spellings(secret):
            assert spelt not in dump
    for word in PERSONAL.values():
        assert word not in dump


def dumped(database_url: str) -> str:
    """All rows of all tables, whoever owns them, as pg_dump writes them."""
    with psycopg.connect(database_url) as connection:
        tables = connection.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        dump: list[bytes] = []
        for names in tables:
            statement = sql.SQL("COPY (SELECT * FROM {}) TO STDOUT").format(sql.Identifier(*names))
            with connection.cursor().copy(statement) as rows:
                dump += [bytes(chunk) for chunk in rows]
    assert len(tables) > 20
    return b"".join(dump).decode()
