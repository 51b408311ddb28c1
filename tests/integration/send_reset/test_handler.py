import json
import re
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.sesv2.models import sesv2_backends

from functions.auth.handler import api as auth_api
from functions.auth.handler import handler as auth_handler
from functions.send_reset.handler import handler
from functions.send_reset.service import MAX_LIVE_LINKS
from shared.mockupaws.db import Rows
from shared.mockupaws.settings import settings
from tests import factories
from tests.gateway import Gateway, Invocation

REGION = "eu-west-1"


@pytest.fixture(autouse=True)
def sender(stage: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:  # noqa: ARG001 (sets the stage first)
    boto3.client("sesv2").create_email_identity(EmailIdentity="no-reply@example.com")
    monkeypatch.setenv("MAIL_SENDER", "no-reply@example.com")
    monkeypatch.setenv("DASHBOARD_URL", "https://mockupaws.example.com")
    settings.cache_clear()
    yield
    settings.cache_clear()


def asked(*emails: str) -> dict[str, Any]:
    """What SQS hands to the worker."""
    return {
        "Records": [
            {
                "messageId": f"message-{number}",
                "receiptHandle": "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a",
                "body": json.dumps({"email": email}),
                "attributes": {"ApproximateReceiveCount": "1", "SentTimestamp": "1790367712123"},
                "messageAttributes": {},
                "eventSource": "aws:sqs",
                "eventSourceARN": "arn:aws:sqs:eu-west-1:123456789012:resets",
                "awsRegion": REGION,
            }
            for number, email in enumerate(emails)
        ]
    }


def sent() -> list[Any]:
    return sesv2_backends[DEFAULT_ACCOUNT_ID][REGION].core_backend.sent_messages


def test_the_mailed_link_sets_a_password(connection: Rows) -> None:
    factories.user(connection, email="ada@example.com")
    assert handler(asked("ada@example.com"), Invocation()) == {"batchItemFailures": []}
    (mail,) = sent()
    assert mail.destinations["ToAddresses"] == ["ada@example.com"]
    link = re.search(r"https://mockupaws\.example\.com/reset-password#token=(\S+)", mail.body)
    assert link is not None
    auth = Gateway(auth_handler, auth_api.routes)
    body = {"token": link[1], "new_password": "Another-Horse-8!"}
    assert auth.post("/auth/reset-password", body).status == 200
    assert auth.post("/auth/login", {"email": "ada@example.com", "password": "Another-Horse-8!"}).status == 200
    assert auth.post("/auth/reset-password", body).status == 400


def test_who_has_no_account_or_is_disabled_gets_no_mail(connection: Rows) -> None:
    factories.user(connection, email="gone@example.com", is_active=False)
    assert handler(asked("nobody@example.com", "gone@example.com"), Invocation()) == {"batchItemFailures": []}
    assert sent() == []


def test_however_often_it_is_asked_a_mailbox_gets_few(connection: Rows) -> None:
    factories.user(connection, email="ada@example.com")
    handler(asked(*["ada@example.com"] * (MAX_LIVE_LINKS + 4)), Invocation())
    assert len(sent()) == MAX_LIVE_LINKS


def test_a_mail_that_ses_refuses_comes_again_alone_and_leaves_no_link(
    connection: Rows, capsys: pytest.CaptureFixture[str]
) -> None:
    factories.user(connection, email="ada@example.com")
    boto3.client("sesv2").delete_email_identity(EmailIdentity="no-reply@example.com")
    failed = handler(asked("nobody@example.com", "ada@example.com"), Invocation())
    assert failed == {"batchItemFailures": [{"itemIdentifier": "message-1"}]}
    assert connection.execute("SELECT count(*) FROM password_reset_tokens").fetchone() == (0,)
    assert "ada@example.com" not in capsys.readouterr().out
