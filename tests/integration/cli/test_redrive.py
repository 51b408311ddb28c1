"""`mockupaws redrive` moves each message once, and what was stored before stays stored once."""

import json
import threading
from collections.abc import Callable
from typing import Any

import boto3
import pytest
import typer
from typer.testing import CliRunner

from functions.store_logs.handler import handler as store_logs
from shared.cli import redrive as redrive_module
from shared.cli.redrive import redrive
from shared.mockupaws.contracts.batch import envelope, pack
from shared.mockupaws.db import Rows
from tests import factories
from tests.batches import Made, batch, sqs_record
from tests.gateway import Invocation
from tests.integration.sums import check_sums


@pytest.fixture
def queues(stage: None, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    del stage
    monkeypatch.setattr(redrive_module, "_WAIT_S", 1)
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


def test_two_letters_of_one_batch_are_both_moved(connection: Rows, queues: tuple[str, str]) -> None:
    made = batch(factories.scenario(connection, status="running")["id"], [Made("twice")])
    body = envelope(made, packed=pack(made))
    for _ in range(2):
        boto3.client("sqs").send_message(QueueUrl=queues[0], MessageBody=body)
    output = run(queues)
    assert "2 messages moved back." in output
    assert bodies(queues[1]) == [body, body]
    assert bodies(queues[0]) == []


def test_a_look_moves_nothing(queues: tuple[str, str]) -> None:
    boto3.client("sqs").send_message(QueueUrl=queues[0], MessageBody="poison")
    output = run(queues, "--look")
    assert "6 characters that are no batch" in output
    assert bodies(queues[1]) == []
    assert bodies(queues[0]) == ["poison"]


Page = dict[str, Any]


def nothing(_: Page) -> Page:
    return {}


def once_more(last: Page) -> Page:
    return last


class Distributed:
    """A queue's client that answers as a queue of many servers may: every second page has nothing new."""

    def __init__(self, instead: Callable[[Page], Page]) -> None:
        self._sqs, self._instead, self._last = boto3.client("sqs"), instead, Page()
        self._calls = 0

    def receive_message(self, **asked: Any) -> Page:
        self._calls += 1
        if not self._calls % 2:
            return self._instead(self._last)
        self._last = dict(self._sqs.receive_message(**asked))
        return self._last

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sqs, name)


@pytest.mark.parametrize("instead", [nothing, once_more])
def test_a_page_without_anything_new_is_not_the_end(
    queues: tuple[str, str], monkeypatch: pytest.MonkeyPatch, instead: Callable[[Page], Page]
) -> None:
    sent = [f"poison {i}" for i in range(25)]
    for body in sent:
        boto3.client("sqs").send_message(QueueUrl=queues[0], MessageBody=body)
    client = Distributed(instead)

    def made(*_: str, **__: str | None) -> Distributed:
        return client

    with monkeypatch.context() as patch:
        patch.setattr(redrive_module.boto3, "client", made)
        assert "25 messages moved back" in run(queues)
    assert sorted(bodies(queues[1])) == sorted(sent)


def test_what_can_not_be_stored_is_moved_once_and_kept(connection: Rows, stage: None) -> None:
    del stage
    sqs = boto3.client("sqs")
    dead = sqs.create_queue(QueueName="dead")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    policy = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": 1})
    logs = sqs.create_queue(QueueName="logs", Attributes={"VisibilityTimeout": "0", "RedrivePolicy": policy})[
        "QueueUrl"
    ]
    never = batch(factories.scenario(connection, status="running")["id"], [Made("hopeless")])
    hopeless = [envelope(never, packed=pack(never)), "poison"]
    for body in hopeless:
        sqs.send_message(QueueUrl=dead, MessageBody=body)
    over = threading.Event()

    def fail() -> None:
        while not over.wait(0.05):
            sqs.receive_message(QueueUrl=logs)

    worker = threading.Thread(target=fail)
    worker.start()
    output = run((dead, logs))
    over.set()
    worker.join()
    assert "2 messages moved back, 2 came back and stay" in output
    assert sorted(bodies(dead)) == sorted(hopeless)
