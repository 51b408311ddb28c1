import json
from typing import Any

import pytest
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import (
    ExportLogsPartialSuccess,
    ExportLogsServiceRequest,
    ExportLogsServiceResponse,
)
from opentelemetry.proto.logs.v1.logs_pb2 import SEVERITY_NUMBER_WARN

from functions.ingest.dialects import otlp
from shared.mockupaws.errors import InvalidRequestError, UnavailableError
from tests.unit.ingest.requests import messages, reply, request

JSON = request("/otlp/v1/logs", content_type="application/json; charset=utf-8")
PROTOBUF = request("/otlp/v1/logs", content_type="application/x-protobuf")


def export(*bodies: object) -> ExportLogsServiceRequest:
    message = ExportLogsServiceRequest()
    scope = message.resource_logs.add().scope_logs.add()
    for body in bodies:
        log = scope.log_records.add(severity_number=SEVERITY_NUMBER_WARN)
        if isinstance(body, str):
            log.body.string_value = body
    return message


def test_protobuf_is_answered_in_protobuf() -> None:
    decoded = otlp.decode(PROTOBUF, export("a", "b").SerializeToString())
    assert messages(decoded) == ["a", "b"]
    assert decoded.records[0].level == "warn"
    answer = reply(decoded)
    assert (answer.status, answer.body, answer.content_type) == (200, b"", "application/x-protobuf")


def test_a_partial_success_counts_what_was_rejected() -> None:
    decoded = otlp.decode(PROTOBUF, export("a", "", "c").SerializeToString())
    body = reply(decoded).body
    assert isinstance(body, bytes)
    partial = ExportLogsServiceResponse.FromString(body).partial_success
    assert (partial.rejected_log_records, partial.error_message) == (1, "the message is empty")
    logs: list[dict[str, Any]] = [
        {"body": {"stringValue": "a"}},
        {"body": {"stringValue": ""}},
        {"body": []},
        {"timeUnixNano": "soon"},
    ]
    decoded = otlp.decode(JSON, json.dumps({"resourceLogs": [{"scopeLogs": [{"logRecords": logs}]}]}).encode())
    answer = reply(decoded)
    assert messages(decoded) == ["a", "{}"]
    assert (answer.status, answer.content_type) == (200, "application/json")
    assert json.loads(answer.body)["partialSuccess"]["rejectedLogRecords"] == "2"


def test_a_log_without_a_body_is_its_attributes() -> None:
    message = ExportLogsServiceRequest()
    log = message.resource_logs.add().scope_logs.add().log_records.add(observed_time_unix_nano=1_732_270_272 * 10**9)
    log.attributes.add(key="event.name").value.string_value = "click"
    log.attributes.add(key="n").value.int_value = 3
    (record,) = otlp.decode(PROTOBUF, message.SerializeToString()).records
    assert record.message == '{"event.name":"click","n":3}'
    assert record.occurred_at is not None
    assert record.occurred_at.isoformat() == "2024-11-22T10:11:12+00:00"


def test_every_kind_of_value_is_text() -> None:
    message = export("")
    value = message.resource_logs[0].scope_logs[0].log_records[0].body
    items = value.array_value.values
    items.add().bool_value = True
    items.add().double_value = 1.5
    items.add().bytes_value = b"bytes"
    items.add().kvlist_value.values.add(key="k")
    assert messages(otlp.decode(PROTOBUF, message.SerializeToString())) == ['[true,1.5,"bytes",{"k":null}]']
    inner = [
        {"boolValue": True},
        {"doubleValue": 1.5},
        {"bytesValue": "Ynl0ZXM="},
        {"kvlistValue": {"values": [{"key": "k"}]}},
    ]
    body = {"resourceLogs": [{"scopeLogs": [{"logRecords": [{"body": {"arrayValue": {"values": inner}}}]}]}]}
    assert messages(otlp.decode(JSON, json.dumps(body).encode())) == ['[true,1.5,"bytes",{"k":null}]']


def test_the_encoding_is_seen_where_it_is_not_said() -> None:
    assert messages(otlp.decode(request(), export("x" * 120).SerializeToString())) == ["x" * 120]
    assert otlp.decode(request(), b'{"resourceLogs":[]}').records == []
    assert otlp.decode(PROTOBUF, b"").records == []


@pytest.mark.parametrize(
    "body", [b"\xff\xff", b"{", b"[]", b'{"resourceLogs":{"a":1}}', b'{"resourceLogs":1}', b"[" * 100_000]
)
def test_what_is_no_export_is_an_error(body: bytes) -> None:
    with pytest.raises(InvalidRequestError):
        otlp.decode(PROTOBUF if body[:1] == b"\xff" else JSON, body)


def test_a_damaged_resource_is_rejected_and_the_others_taken() -> None:
    good = {"scopeLogs": [{"logRecords": [{"body": {"stringValue": "a"}}]}]}
    body = {"resourceLogs": [{"resource": 3}, good, {"scopeLogs": [{"logRecords": "x"}]}]}
    decoded = otlp.decode(JSON, json.dumps(body).encode())
    assert messages(decoded) == ["a"]
    assert [part.position for part in decoded.unreadable] == [0, 2]


def test_errors_are_a_status_in_the_encoding_that_came() -> None:
    error = UnavailableError("Come again.")
    answer = otlp.failed(PROTOBUF, error)
    assert isinstance(answer.body, bytes)
    status = ExportLogsPartialSuccess.FromString(answer.body)  # the same two fields as google.rpc.Status
    assert (answer.status, status.rejected_log_records, status.error_message) == (503, 14, "Come again.")
    assert json.loads(otlp.failed(JSON, error).body) == {"code": 14, "message": "Come again."}
