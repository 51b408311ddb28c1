"""What a function finds around it: its environment, the database behind it, the secret that signs tokens."""

import json
import secrets
from collections.abc import Iterator

import boto3
import psycopg
import pytest

from shared.mockupaws import aws, log_queue
from shared.mockupaws.db import Rows, database
from shared.mockupaws.records import prices
from shared.mockupaws.settings import settings
from tests.cloud import moto


@pytest.fixture
def connection(database_url: str) -> Iterator[Rows]:
    """Give a connection to the test's own database that may do anything there, and commits each statement."""
    prices._kept.clear()  # the last test's database had others
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def stage(app_database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Set a function's environment: the test's own database with the functions' login, and AWS as moto plays it."""
    environment = {
        "STAGE": "local",
        "DATABASE_URL": app_database_url,
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with moto():
        signing = {"kid": "now", "key": secrets.token_urlsafe(32)}
        secret = boto3.client("secretsmanager").create_secret(Name="jwt", SecretString=json.dumps(signing))
        monkeypatch.setenv("JWT_SECRET_ARN", secret["ARN"])
        settings.cache_clear()
        database.cache_clear()
        # What a container keeps of the world is of another test's.
        prices._kept.clear()
        aws.sqs.cache_clear()
        log_queue._s3.cache_clear()
        yield
        database().close()
    settings.cache_clear()
    database.cache_clear()


@pytest.fixture
def queue_url(stage: None, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make the queue from the doors to `store_logs`."""
    del stage
    url = boto3.client("sqs").create_queue(QueueName="logs")["QueueUrl"]
    monkeypatch.setenv("LOG_QUEUE_URL", url)
    settings.cache_clear()
    return url
