"""From a request to its rows and back, by what is in the log lines alone."""

from dataclasses import dataclass
from typing import Any

import boto3
import pytest

from functions.ingest.handler import handler as ingest
from functions.log_stream.handler import handler as log_stream
from functions.store_logs.handler import handler as store_logs
from shared.mockupaws.db import Rows
from tests.batches import sqs_record
from tests.gateway import Invocation
from tests.integration.lines.cases import CASES, Setting, setting
from tests.logs import Log

pytestmark = pytest.mark.usefixtures("stage")


@dataclass(frozen=True)
class Path:
    """A log's way, and what is written on it."""

    at: Setting
    queue_url: str
    log: Log

    def send(self, request_id: str, **headers: str) -> dict[str, Any]:
        """Two logs and one that is none, in a request of that id."""
        body = [{"message": "a"}, {"message": "b"}, 17]
        event = self.at.request(
            "ingest", "POST", "/ingest", body, x_api_key=self.at.key, x_scenario_id=str(self.at.scenario_id), **headers
        )
        event["requestContext"]["requestId"] = request_id
        return ingest(event, Invocation())

    def store(self) -> None:
        sqs = boto3.client("sqs")
        got = sqs.receive_message(QueueUrl=self.queue_url, MaxNumberOfMessages=10)["Messages"]
        store_logs({"Records": [sqs_record(message["Body"]) for message in got]}, Invocation())

    def found(self, text: str) -> list[dict[str, Any]]:
        """What a search of all functions' logs finds, `filter @message like /…/`."""
        return [
            line for line, raw in zip(self.log.lines, self.log.text.splitlines(), strict=True) if text in raw
        ]  # fmt: skip

    def row_ids(self) -> list[str]:
        return [str(row) for (row,) in self.at.connection.execute("SELECT id FROM scenario_logs ORDER BY id")]


@pytest.fixture
def path(connection: Rows, queue_url: str, log: Log) -> Path:
    return Path(setting(connection), queue_url, log)


def test_a_request_leads_to_its_batch_and_a_row_leads_back(path: Path) -> None:
    answers = {name: path.send(name) for name in ("one=", "two=")}
    path.store()
    for request_id, answer in answers.items():
        door, stored = path.found(request_id)
        assert (door["message"], door["correlation_id"], door["accepted"], door["rejected"]) == (
            "ingest", request_id, 2, 1
        )  # fmt: skip
        (batch,) = [it for it in stored["batches"] if it["correlation_id"] == request_id]
        assert stored["message"] == "stored"
        assert batch["batch_id"] == door["batch_id"] == answer["headers"]["X-Batch-Id"]
        assert batch["scenario_id"] == door["scenario_id"] == str(path.at.scenario_id)
        assert path.found(answer["headers"]["X-Batch-Id"]) == [door, stored]
        marker = path.at.connection.execute(
            "SELECT count(*) FROM ingest_batches WHERE batch_id = %s", [door["batch_id"]]
        ).fetchone()
        assert marker == (1,)
    rows = path.row_ids()
    assert len(rows) == 4
    found = [[line["correlation_id"] for line in path.found(row[:-4]) if line["message"] == "ingest"] for row in rows]
    assert sorted(found) == [["one="], ["one="], ["two="], ["two="]]
    assert all(len(path.found(row[:-4])) == 2 for row in rows)


def test_a_retry_has_a_line_of_its_own_and_the_batch_of_the_first(path: Path) -> None:
    first, again = (path.send(name, idempotency_key="k") for name in ("one=", "two="))
    path.store()
    assert first["headers"]["X-Batch-Id"] == again["headers"]["X-Batch-Id"]
    one, two, stored = path.found(first["headers"]["X-Batch-Id"])
    assert (one["correlation_id"], two["correlation_id"], stored["logs"]) == ("one=", "two=", 2)
    assert path.found(path.row_ids()[0][:-4]) == [one, two, stored]


def test_a_kinesis_record_leads_to_its_batch_and_a_row_leads_back(path: Path) -> None:
    (good, _) = CASES["log_stream"](path.at)
    log_stream(good.event, Invocation())
    path.store()
    door, stored = path.found(path.row_ids()[0][:-4])
    assert (door["message"], stored["message"], door["accepted"]) == ("stream", "stored", 1)
    (sent,), (kept,) = door["batches"], stored["batches"]
    assert kept == {**sent, "correlation_id": door["correlation_id"]}
