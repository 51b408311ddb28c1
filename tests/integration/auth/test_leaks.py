"""What a thief of the database, or a reader of the logs, learns."""

import json
import re
from collections.abc import Callable
from typing import Any

import boto3
import pytest
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.sesv2.models import sesv2_backends
from psycopg import sql

from functions.api_keys.handler import api as keys_api
from functions.api_keys.handler import handler as keys_handler
from functions.auth.handler import api, handler
from functions.send_reset.handler import handler as send_reset
from functions.users.handler import api as users_api
from functions.users.handler import handler as users_handler
from shared.mockupaws.db import Rows
from shared.mockupaws.settings import settings
from tests.gateway import Gateway, Invocation
from tests.logs import Log

PASSWORD, OTHER = "Correct-Horse-7!", "Another-Horse-8!"
EMAIL, NAME, ADDRESS = "ada.lovelace@example.com", "Ada Lovelace", "198.51.100.77"


def lived(connection: Rows, monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], list[str]]:
    """A user's life, with its mistakes; gives the secrets that were in use at its end, and all that were ever sent."""
    queue = boto3.client("sqs").create_queue(QueueName="resets")["QueueUrl"]
    boto3.client("sesv2").create_email_identity(EmailIdentity="no-reply@example.com")
    for name, value in {"RESET_QUEUE_URL": queue, "MAIL_SENDER": "no-reply@example.com"}.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    sent: list[str] = [PASSWORD, OTHER]

    def gateway(handler: Callable[[Any, Any], dict[str, Any]], routes: Any) -> Gateway:
        connection.execute("DELETE FROM rate_limits")
        return Gateway(handler, routes, address=ADDRESS)

    def tokens(reply: Any) -> dict[str, str]:
        sent.extend(reply.json[name] for name in ("access_token", "refresh_token", "key") if name in reply.json)
        return reply.json

    body = {"email": EMAIL, "password": PASSWORD, "full_name": NAME}
    auth = gateway(handler, api.routes)
    session = tokens(auth.post("/auth/register", body))
    auth.post("/auth/register", body)
    auth.post("/auth/register", body | {"password": "short", "email": f"{EMAIL} {PASSWORD}"})
    auth.post("/auth/login", f'{{"email": "{EMAIL}", "password": "{OTHER}"')
    auth = gateway(handler, api.routes)
    auth.post("/auth/login", {"email": EMAIL, "password": OTHER})
    session = tokens(auth.post("/auth/refresh", {"refresh_token": session["refresh_token"]}))
    auth.post("/auth/refresh", {"refresh_token": session["refresh_token"] + "x"})
    auth.get("/auth/me", headers={"Authorization": f"Basic {session['access_token']}"})
    auth.post("/auth/reset-password-request", {"email": EMAIL})
    keys = gateway(keys_handler, keys_api.routes)
    key = tokens(keys.post("/api-keys", {"name": "ci"}, token=session["access_token"]))
    key = tokens(keys.post(f"/api-keys/{key['id']}/rotate", token=session["access_token"]))
    keys.get("/api-keys", key=key["key"])
    keys.get("/api-keys", query={"page": PASSWORD}, token=session["access_token"])
    gateway(users_handler, users_api.routes).get("/users", query={"q": EMAIL}, token=session["access_token"])
    message = {"messageId": "1", "body": json.dumps({"email": EMAIL})}
    send_reset({"Records": [message]}, Invocation())
    (mail,) = sesv2_backends[DEFAULT_ACCOUNT_ID]["eu-west-1"].core_backend.sent_messages
    sent += re.findall(r"#token=(\S{43})", mail.body)
    boto3.client("sesv2").delete_email_identity(EmailIdentity="no-reply@example.com")
    send_reset({"Records": [message]}, Invocation())
    return [PASSWORD, session["refresh_token"], session["access_token"], key["key"]], sent


@pytest.mark.usefixtures("stage")
def test_a_dump_of_the_database_holds_nothing_to_get_in_with(connection: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    living, sent = lived(connection, monkeypatch)
    assert len(sent) == 9
    dump = b""
    for (table,) in connection.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    ).fetchall():
        with connection.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))) as rows:
            dump += b"".join(bytes(chunk) for chunk in rows)
    assert EMAIL.encode() in dump
    for secret in {*living, *sent}:
        for part in {secret, secret[12:], secret.rpartition(".")[2], secret.encode().hex()}:
            assert part.encode() not in dump
    # What is stored of a password is slow to guess against, what is stored of tokens has 192 bits or more before it.
    (stored,) = connection.execute("SELECT password_hash FROM users").fetchone() or ("",)
    assert stored.startswith("$2b$12$")
    for column in ("SELECT key_hash FROM api_keys", "SELECT token_hash FROM refresh_tokens"):
        assert {len(bytes(digest)) for (digest,) in connection.execute(column.encode())} == {32}
    # Signing keys are nowhere in it either.
    secret = boto3.client("secretsmanager").get_secret_value(SecretId=settings().jwt_secret_arn)["SecretString"]
    assert json.loads(secret)["key"].encode() not in dump


@pytest.mark.usefixtures("stage")
def test_logs_hold_no_secret_and_nothing_personal(connection: Rows, monkeypatch: pytest.MonkeyPatch, log: Log) -> None:
    _, sent = lived(connection, monkeypatch)
    assert len(log.lines) >= 14
    assert {line["status"] for line in log.lines if "status" in line} >= {201, 200, 202, 400, 401, 403, 409}
    assert [line for line in log.lines if line["message"] == "reset not sent"]
    for word in {
        *sent,
        *(secret.rpartition(".")[2] for secret in sent),
        EMAIL,
        "example.com",
        NAME,
        ADDRESS,
        "Lovelace",
    }:
        assert word not in log.text
