import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import boto3
import pytest
from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.sesv2.models import sesv2_backends

from functions.auth.handler import api as auth_api
from functions.auth.handler import handler as auth_handler
from functions.send_reset import service
from functions.send_reset.handler import handler
from functions.send_reset.service import MAX_LIVE_LINKS
from shared.mockupaws.db import Database, Rows
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


class Unanswered:
    """SES, that is lost sight of before or after it took a mail.

    Args:
        error: what the SDK raises.
        takes: whether it takes the mail.
    """

    def __init__(self, error: Exception, *, takes: bool) -> None:
        self._error, self._takes = error, takes

    def send_email(self, **mail: Any) -> None:
        if self._takes:
            boto3.client("sesv2").send_email(**mail)
        raise self._error


ENDPOINT = f"https://email.{REGION}.amazonaws.com"


def test_a_mail_without_an_answer_may_be_out_so_its_link_holds_and_it_isnt_sent_again(
    connection: Rows, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    factories.user(connection, email="ada@example.com")
    lost = Unanswered(ReadTimeoutError(endpoint_url=ENDPOINT), takes=True)
    monkeypatch.setattr(service, "_mail", lambda: lost)
    for _ in range(MAX_LIVE_LINKS + 1):
        assert handler(asked("ada@example.com"), Invocation()) == {"batchItemFailures": []}
    assert len(sent()) == MAX_LIVE_LINKS
    token = re.search(r"#token=(\S+)", sent()[0].body)
    assert token is not None
    body = {"token": token[1], "new_password": "Another-Horse-8!"}
    assert Gateway(auth_handler, auth_api.routes).post("/auth/reset-password", body).status == 200
    said = [vars(record) for record in caplog.records if record.message == "no answer to a mail"]
    assert [line["kind"] for line in said] == ["ReadTimeoutError"] * MAX_LIVE_LINKS
    assert "ada@example.com" not in repr([vars(record) for record in caplog.records])


def test_a_mail_that_ses_was_never_given_comes_again_and_leaves_no_link(
    connection: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.user(connection, email="ada@example.com")
    away = Unanswered(ConnectTimeoutError(endpoint_url=ENDPOINT), takes=False)
    monkeypatch.setattr(service, "_mail", lambda: away)
    failed = handler(asked("ada@example.com"), Invocation())
    assert failed == {"batchItemFailures": [{"itemIdentifier": "message-0"}]}
    assert connection.execute("SELECT count(*) FROM password_reset_tokens").fetchone() == (0,)


def test_a_link_holds_before_its_mail_is_out_and_nobody_is_kept_waiting_meanwhile(
    connection: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.user(connection, email="ada@example.com")
    seen: list[Any] = []

    class Ses:
        def send_email(self, **_mail: Any) -> None:
            seen.append(connection.execute("SELECT count(*) FROM password_reset_tokens").fetchone())
            connection.execute("SELECT FROM users FOR UPDATE NOWAIT")

    monkeypatch.setattr(service, "_mail", Ses)
    assert handler(asked("ada@example.com"), Invocation()) == {"batchItemFailures": []}
    assert seen == [(1,)]


def test_requests_at_once_get_no_more_links_than_one_after_another(connection: Rows, app_database_url: str) -> None:
    factories.user(connection, email="ada@example.com")

    def ask(_: int) -> None:
        database = Database(app_database_url)
        service.send_link(database, "ada@example.com")
        database.close()

    with ThreadPoolExecutor(8) as pool:
        assert len(list(pool.map(ask, range(8)))) == 8
    assert len(sent()) == MAX_LIVE_LINKS
    assert connection.execute("SELECT count(*) FROM password_reset_tokens").fetchone() == (MAX_LIVE_LINKS,)
