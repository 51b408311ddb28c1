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
from functions.ingest.models import Decoded
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
    assert messages(decoded) == ["a", "{}", "{}"]  # a time that can't be read is none
    assert (answer.status, answer.content_type) == (200, "application/json")
    assert json.loads(answer.body)["partialSuccess"]["rejectedLogRecords"] == "1"


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


_BAD_ATTRIBUTES: tuple[Any, ...] = (
    {"key": "a", "value": {"intValue": "abc"}},
    {"key": "a", "value": {"intValue": None}},
    {"key": "a", "value": {"bytesValue": "é"}},
    {"key": "a", "value": 3},
    {"key": 3},
    {},
    7,
    {"key": "a", "value": {"arrayValue": {"values": [{"intValue": "abc"}]}}},
)


def read_json(resource: Any, scope: Any, *logs: dict[str, Any]) -> Decoded:
    scopes = [{"scope": scope, "logRecords": logs}]
    body = {"resourceLogs": [{"resource": resource, "scopeLogs": scopes}]}
    return otlp.decode(JSON, json.dumps(body).encode())


@pytest.mark.parametrize("bad", _BAD_ATTRIBUTES)
def test_an_attribute_that_can_t_be_read_costs_no_log(bad: Any) -> None:
    shop = {"key": "service.name", "value": {"stringValue": "shop"}}
    level = {"key": "level", "value": {"stringValue": "error"}}
    log = {"body": {"stringValue": "m"}, "attributes": [bad, level]}
    decoded = read_json({"attributes": [bad, shop]}, {}, log, log)
    assert [(record.message, record.source, record.level) for record in decoded.records] == [("m", "shop", "error")] * 2
    assert decoded.unreadable == []


@pytest.mark.parametrize(
    "bad",
    [
        {"timeUnixNano": "abc"},
        {"timeUnixNano": [1]},
        {"observedTimeUnixNano": {}},
        {"severityNumber": "LOUD"},
        {"severityNumber": []},
        {"severityText": 7},
        {"attributes": {"a": 1}},
        {"attributes": 7},
    ],
)
def test_what_stands_beside_a_body_costs_no_log(bad: dict[str, Any]) -> None:
    (record,) = read_json({}, {}, {"body": {"stringValue": "m"}} | bad).records
    assert (record.message, record.occurred_at) == ("m", None)


def test_a_severity_that_means_nothing_leaves_the_attributes() -> None:
    level = {"key": "level", "value": {"stringValue": "error"}}
    log = {"body": {"stringValue": "m"}, "severityText": "LOUD", "attributes": [level]}
    assert read_json({}, {}, log).records[0].level == "error"


def test_the_observed_time_stands_in_for_one_that_can_t_be_read() -> None:
    log = {"body": {"stringValue": "m"}, "timeUnixNano": "abc", "observedTimeUnixNano": "1732270272000000000"}
    (record,) = read_json({}, {}, log).records
    assert record.occurred_at is not None


@pytest.mark.parametrize("bad", [3, {"attributes": 3}, {"attributes": {"a": 1}}, [[]]])
def test_a_resource_or_scope_that_can_t_be_read_costs_none_of_its_logs(bad: Any) -> None:
    log = {"body": {"stringValue": "m"}}
    for decoded in (
        read_json(bad, {}, log, log, {"body": {"intValue": "abc"}}),
        read_json({}, bad, log, log, {"body": {"intValue": "abc"}}),
    ):
        assert messages(decoded) == ["m", "m"]
        assert json.loads(reply(decoded).body)["partialSuccess"]["rejectedLogRecords"] == "1"


def test_where_the_attributes_are_the_message_they_must_be_readable() -> None:
    decoded = read_json({}, {}, *({"attributes": [bad]} for bad in _BAD_ATTRIBUTES))
    assert (messages(decoded), len(decoded.unreadable)) == ([], len(_BAD_ATTRIBUTES))
