"""What a report's functions find around them: the bucket, the queue and the sender's address, as moto plays them."""

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.sesv2.models import sesv2_backends

from functions.render_report import mail, upload
from shared.mockupaws.report_jobs import files
from shared.mockupaws.settings import settings

REGION = "eu-west-1"
BUCKET = "reports"
SENDER = "no-reply@example.com"
DASHBOARD = "https://mockupaws.example.com"


@pytest.fixture
def report_stage(stage: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:  # noqa: ARG001 (sets the stage first)
    """Set up S3, SQS and SES."""
    location = {"LocationConstraint": REGION}
    boto3.client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration=location)  # type: ignore[arg-type]
    url = boto3.client("sqs").create_queue(QueueName="reports")["QueueUrl"]
    boto3.client("sesv2").create_email_identity(EmailIdentity=SENDER)
    environment = {
        "REPORT_BUCKET": BUCKET,
        "REPORT_QUEUE_URL": url,
        "MAIL_SENDER": SENDER,
        "DASHBOARD_URL": DASHBOARD,
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    for client in (files._s3, upload._s3, mail._mail):
        client.cache_clear()
    yield
    settings.cache_clear()


def queued() -> list[Any]:
    """What was put on the queue, and takes it off."""
    sqs = boto3.client("sqs")
    found: list[Any] = []
    while messages := sqs.receive_message(QueueUrl=settings().report_queue_url, MaxNumberOfMessages=10).get("Messages"):
        for message in messages:
            found.append(json.loads(message["Body"]))
            sqs.delete_message(QueueUrl=settings().report_queue_url, ReceiptHandle=message["ReceiptHandle"])
    return found


def sent() -> list[Any]:
    """The mails that went out."""
    return sesv2_backends[DEFAULT_ACCOUNT_ID][REGION].core_backend.sent_messages
