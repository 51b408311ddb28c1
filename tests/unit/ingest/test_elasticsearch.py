import json
from dataclasses import replace

import pytest

from functions.ingest.dialects import dialect_at, elasticsearch
from functions.ingest.dialects.handshakes import handshake
from functions.ingest.models import MAX_LOGS, MAX_REQUEST_BYTES
from shared.mockupaws.errors import (
    InvalidRequestError,
    MockupAwsError,
    RateLimitedError,
    UnauthorizedError,
    UnavailableError,
)
from tests.unit.ingest.requests import FIRST_ID, messages, reply, request

BULK = request("/_bulk")


def test_an_item_for_each_document_in_order() -> None:
    body = (
        '{"index":{"_index":"a","_type":"x"}}\n{"message":"one"}\n\n'
        '{"create":{"_id":"7"}}\n{"message":"two"}\n'
        '{"delete":{"_index":"a","_id":"1"}}\n'
        '{"create":{}}\n{"message":""}\n'
        '{"update":{"_id":"9"}}\n{"doc":{"message":"three"}}\n'
        '{"create":{}}\n{"message":"fo\n'
        '{"index":{}}\n{"message":"four"}\n'
    )
    decoded = elasticsearch.decode(BULK, body.encode())
    assert messages(decoded) == ["one", "two", "three", "four"]
    answer = reply(decoded)
    said = json.loads(answer.body)
    assert (answer.status, said["errors"]) == (200, True)
    assert answer.headers["X-Elastic-Product"] == "Elasticsearch"
    items = [(name, item["status"]) for entry in said["items"] for name, item in entry.items()]
    assert items == [
        ("index", 201), ("create", 201), ("delete", 404), ("create", 400), ("update", 200), ("create", 400),
        ("index", 201),
    ]  # fmt: skip
    assert said["items"][0]["index"] == {
        "_id": str(FIRST_ID), "_index": "a", "_version": 1, "result": "created", "status": 201,
    }  # fmt: skip
    assert said["items"][1]["create"]["_id"] == "7"
    assert said["items"][3]["create"]["error"]["reason"] == "the message is empty"


def test_without_an_error_it_says_so() -> None:
    decoded = elasticsearch.decode(BULK, b'{"create":{}}\n{"message":"one"}\n')
    assert json.loads(reply(decoded).body)["errors"] is False


def test_the_index_may_stand_in_the_path() -> None:
    assert dialect_at("/logs-2024/_bulk") is elasticsearch
    assert dialect_at("/a/b/_bulk") is None
    decoded = elasticsearch.decode(request("/logs-2024/_bulk"), b'{"create":{}}\n{"message":"one"}')
    assert json.loads(reply(decoded).body)["items"][0]["create"]["_index"] == "logs-2024"


def test_a_document_that_is_missing_is_rejected() -> None:
    decoded = elasticsearch.decode(BULK, b'{"create":{}}\n{"message":"one"}\n{"create":{}}')
    assert messages(decoded) == ["one"]
    assert len(decoded.unreadable) == 1


def test_a_damaged_action_is_rejected_and_the_rest_taken() -> None:
    body = '{"create":{}}\n{"message":"one"}\n{"creat\n{"create":{}}\n{"message":"two"}\n'
    decoded = elasticsearch.decode(BULK, body.encode())
    assert messages(decoded) == ["one", "two"]
    statuses = [item["status"] for entry in json.loads(reply(decoded).body)["items"] for item in entry.values()]
    assert statuses == [201, 400, 201]


@pytest.mark.parametrize("body", ["", "text", '{"message":"one"}', '{"create":1}\n{}', '{"burn":{}}\n{}'])
def test_what_is_no_bulk_is_an_error(body: str) -> None:
    with pytest.raises(InvalidRequestError):
        elasticsearch.decode(BULK, body.encode())


def test_errors_have_elasticsearch_s_form() -> None:
    answer = elasticsearch.failed(BULK, UnauthorizedError("Sign in."))
    said = json.loads(answer.body)
    assert (answer.status, said["status"], said["error"]["type"]) == (401, 401, "security_exception")


@pytest.mark.parametrize("error", [UnavailableError("Away."), RateLimitedError(limit=1, reset_seconds=1)])
def test_who_shall_come_again_is_told_so_for_each_document(error: MockupAwsError) -> None:
    body = '{"index":{}}\n{"index":"x"}\n{"create": {}}\n{"message":"two"}\n'
    answer = elasticsearch.failed(replace(BULK, encoded_body=body), error)
    said = json.loads(answer.body)
    assert (answer.status, said["status"], said["errors"]) == (error.status, error.status, True)
    assert [(name, item["status"]) for entry in said["items"] for name, item in entry.items()] == [
        ("index", 429),
        ("create", 429),
    ]


def test_a_refusal_stays_small() -> None:
    body = '{"index":{}}\n{}\n' * 300_000
    answer = elasticsearch.failed(replace(BULK, encoded_body=body), UnavailableError("Away."))
    assert len(json.loads(answer.body)["items"]) == MAX_LOGS
    assert len(answer.body) < MAX_REQUEST_BYTES
    unreadable = replace(BULK, encoded_body="?", is_base64=True)
    assert json.loads(elasticsearch.failed(unreadable, UnavailableError("Away.")).body)["items"] == []


def test_what_clients_ask_before_they_send() -> None:
    info = handshake(request("", "GET"))
    assert info is not None
    assert json.loads(info.body)["version"]["number"].startswith("8.")
    assert info.headers["X-Elastic-Product"] == "Elasticsearch"
    assert handshake(request("/_license", "GET")) is not None
    health = handshake(request("/services/collector/health", "GET"))
    assert health is not None
    assert json.loads(health.body)["code"] == 17
    head = handshake(request("/anything", "HEAD"))
    assert head is not None
    assert head.status == 200
    assert handshake(request("/_bulk")) is None
    assert handshake(request("/unknown", "GET")) is None
