"""`mockupaws redrive` moves each message once, and what was stored before stays stored once."""

import boto3
import pytest
import typer
from typer.testing import CliRunner

from functions.store_logs.handler import handler as store_logs
from shared.cli.redrive import redrive
from shared.mockupaws.contracts.batch import envelope, pack
from shared.mockupaws.db import Rows
from tests import factories
from tests.batches import Made, batch, sqs_record
from tests.gateway import Invocation
from tests.integration.sums import check_sums


@pytest.fixture
def queues(stage: None) -> tuple[str, str]:
    del stage
    sqs = boto3.client("sqs")
    return sqs.create_queue(QueueName="dead")["QueueUrl"], sqs.create_queue(QueueName="logs")["QueueUrl"]


def run(queues: tuple[str, str], *more: str) -> str:
    app = typer.Typer()
    app.command()(redrive)
    result = CliRunner().invoke(app, ["--from-queue", queues[0], "--to-queue", queues[1], *more])
    assert result.exit_code == 0
    return result.output


def bodies(url: str) -> list[str]:
    sqs, found = boto3.client("sqs"), list[str]()
    while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        found += [message["Body"] for message in messages]
    return found


def test_what_was_dead_is_stored_and_what_was_stored_is_not_stored_again(
    connection: Rows, queues: tuple[str, str]
) -> None:
    scenario_id = factories.scenario(connection, status="running")["id"]
    batches = [batch(scenario_id, [Made(str(i))]) for i in range(25)]
    sent = [envelope(one, packed=pack(one)) for one in batches]
    store_logs({"Records": [sqs_record(sent[0])]}, Invocation())
    for body in sent:
        boto3.client("sqs").send_message(QueueUrl=queues[0], MessageBody=body)
    output = run(queues)
    assert "25 messages moved back" in output
    assert str(batches[3].batch_id) in output
    moved = bodies(queues[1])
    assert sorted(moved) == sorted(sent)
    assert bodies(queues[0]) == []
    store_logs({"Records": [sqs_record(body) for body in moved]}, Invocation())
    check_sums(connection, scenario_id)
    assert connection.execute("SELECT count(*) FROM scenario_logs").fetchone() == (25,)


def test_a_look_moves_nothing(queues: tuple[str, str]) -> None:
    boto3.client("sqs").send_message(QueueUrl=queues[0], MessageBody="poison")
    output = run(queues, "--look")
    assert "6 characters that are no batch" in output
    assert bodies(queues[1]) == []
