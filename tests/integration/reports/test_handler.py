import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import boto3
import psycopg
import pytest

from functions.reports.handler import api, handler
from shared.mockupaws.db import Rows
from shared.mockupaws.ids import new_id
from tests import factories
from tests.client import Client
from tests.reporting import BUCKET, queued
from tests.waiting import someone_waits

pytestmark = pytest.mark.usefixtures("report_stage")


def client(connection: Rows, **columns: Any) -> Client:
    return Client(connection, api, handler, **columns)


@pytest.fixture
def ada(connection: Rows) -> Client:
    """Give an ordinary user."""
    return client(connection)


def test_a_report_that_is_asked_for_is_queued(connection: Rows, ada: Client) -> None:
    scenario_id = factories.scenario(connection, user_id=ada.user_id)["id"]
    asked = ada("POST", f"/scenarios/{scenario_id}/reports", {"format": "csv", "include_logs": True})
    assert asked.status == 202
    assert (asked.json["status"], asked.json["download_url"]) == ("pending", None)
    assert queued() == [{"correlation_id": "RVx5wgYpjoEEMZw=", "report_id": asked.json["report_id"]}]
    (item,) = ada("GET", f"/scenarios/{scenario_id}/reports").json["items"]
    assert item["id"] == asked.json["report_id"]
    assert item["options"]["include_logs"] is True
    assert item["generated_by"] == str(ada.key_id)
    assert item["scenario_name"] == "a scenario"
    assert datetime.fromisoformat(item["expires_at"]) > datetime.now(UTC)
    assert ada("GET", f"/reports/{item['id']}/status").json["status"] == "pending"
    assert ada("GET", f"/reports/{item['id']}/download").status == 409


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "body.format"),
        ({"format": "docx"}, "body.format"),
        ({"format": "pdf", "sections": ["everything"]}, "body.sections.0"),
        ({"format": "pdf", "pages": 3}, "body.pages"),
        ({"format": "pdf", "date_from": "2026-09-02T00:00:00Z", "date_to": "2026-09-01T00:00:00Z"}, "body"),
        ({"format": "pdf", "date_from": "0001-01-01T00:00:00+14:00"}, "body.date_from"),
        ({"format": "csv", "date_to": "9999-12-31T23:59:59-14:00"}, "body.date_to"),
        ({"format": "pdf", "variants": [{"name": "x", "region": "mars-1"}]}, "body.variants.0.region"),
    ],
)
def test_what_no_report_has_is_refused(connection: Rows, ada: Client, body: Any, field: str) -> None:
    scenario_id = factories.scenario(connection, user_id=ada.user_id)["id"]
    refused = ada("POST", f"/scenarios/{scenario_id}/reports", body)
    assert refused.status == 400
    assert [detail["field"] for detail in refused.json["details"]] == [field]
    assert queued() == []


def test_a_variant_that_can_not_be_had_is_refused_when_it_is_asked_for(connection: Rows, ada: Client) -> None:
    factories.price_list(connection)
    pipeline = {"sqs": {"queue_type": "fifo"}}
    scenario_id = factories.scenario(connection, user_id=ada.user_id, pipeline=pipeline)["id"]
    variants = [
        {"name": "waiting", "pipeline": {"sqs": {"batch_window_s": 5}}},
        {"name": "smaller", "pipeline": {"lambda": {"memory_mb": 256}}},
        {"name": "unknown", "pipeline": {"bedrock": {"model_id": "acme.reader-v1:0"}}},
        {"name": "elsewhere", "region": "eu-west-1"},
    ]
    refused = ada("POST", f"/scenarios/{scenario_id}/reports", {"format": "pdf", "variants": variants})
    assert refused.status == 400, refused.text
    assert "'waiting', 'unknown', 'elsewhere'" in refused.json["message"]
    fields = {detail["field"]: detail["message"] for detail in refused.json["details"]}
    assert "FIFO" in fields["body.variants.0.pipeline"]
    assert "acme.reader-v1:0" in fields["body.variants.2.pipeline.bedrock.model_id"]
    assert "eu-west-1" in fields["body.variants.3.region"]
    assert len(fields) == 3
    assert queued() == []
    asked = {"format": "pdf", "variants": [variants[1], {"name": "none", "pipeline": {"bedrock": {"model_id": None}}}]}
    assert ada("POST", f"/scenarios/{scenario_id}/reports", asked).status == 202


def test_a_completed_report_is_downloaded_by_a_link_for_a_quarter_of_an_hour(connection: Rows, ada: Client) -> None:
    scenario_id = factories.scenario(connection, user_id=ada.user_id, name='Größe/"../\r\n; x=1')["id"]
    made = factories.report(
        connection, scenario_id=scenario_id, status="completed", file_path=f"{scenario_id}/one.pdf",
        generated_at=datetime(2026, 11, 5, tzinfo=UTC), file_size_bytes=5,
    )  # fmt: skip
    found = ada("GET", f"/reports/{made['id']}/download")
    assert (found.status, found.text) == (302, "")
    link = urlsplit(found.headers["location"])
    query = parse_qs(link.query)
    assert query["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]
    assert int(query["X-Amz-Expires"][0]) <= 900
    (disposition,) = query["response-content-disposition"]
    plain, encoded = re.fullmatch(r"attachment; filename=\"(.+)\"; filename\*=UTF-8''(.+)", disposition).groups()  # type: ignore[union-attr]
    assert plain == "mockupaws-Groe-..-x-1-2026-11-05.pdf"
    assert unquote(encoded) == "mockupaws-Größe-..-x-1-2026-11-05.pdf"
    # The region's own endpoint: a link isn't followed by a redirect to another, whose signature it lacks.
    assert (link.hostname, link.path) == ("reports.s3.eu-west-1.amazonaws.com", f"/{scenario_id}/one.pdf")
    status = ada("GET", f"/reports/{made['id']}/status").json
    assert urlsplit(status["download_url"]).path == link.path
    assert status["file_size_bytes"] == 5


def test_a_deleted_report_leaves_neither_row_nor_file(connection: Rows, ada: Client) -> None:
    scenario_id = factories.scenario(connection, user_id=ada.user_id)["id"]
    made = factories.report(connection, scenario_id=scenario_id, status="completed", file_path="x/y.pdf")
    boto3.client("s3").put_object(Bucket=BUCKET, Key="x/y.pdf", Body=b"")
    assert ada("DELETE", f"/reports/{made['id']}").status == 204
    assert ada("GET", f"/reports/{made['id']}/status").status == 404
    assert boto3.client("s3").list_objects_v2(Bucket=BUCKET)["KeyCount"] == 0


def test_lists_are_ones_own_filtered_and_paged(connection: Rows, ada: Client) -> None:
    scenario_id = factories.scenario(connection, user_id=ada.user_id)["id"]
    made = [factories.report(connection, scenario_id=scenario_id, format=kind)["id"] for kind in ("pdf", "csv", "pdf")]
    factories.report(connection)
    page = ada("GET", "/reports", page_size=2).json
    assert (page["total"], [item["id"] for item in page["items"]]) == (3, [str(made[2]), str(made[1])])
    assert [item["id"] for item in ada("GET", "/reports", format="csv").json["items"]] == [str(made[1])]
    assert ada("GET", "/reports", status="completed").json["total"] == 0
    assert client(connection, role="superuser")("GET", "/reports").json["total"] == 4


def test_anothers_report_isnt_there(connection: Rows, ada: Client) -> None:
    made = factories.report(connection, status="completed", file_path="x", generated_at=datetime.now(UTC))
    for method, path in (
        ("GET", f"/reports/{made['id']}/status"),
        ("GET", f"/reports/{made['id']}/download"),
        ("DELETE", f"/reports/{made['id']}"),
        ("GET", f"/scenarios/{made['scenario_id']}/reports"),
        ("GET", f"/reports/{new_id()}/status"),
    ):
        assert ada(method, path).status == 404, path
    assert ada("POST", f"/scenarios/{made['scenario_id']}/reports", {"format": "pdf"}).status == 404
    assert queued() == []


def test_a_report_that_is_asked_for_while_its_scenario_is_deleted_isnt_there(
    connection: Rows, database_url: str, ada: Client
) -> None:
    scenario_id = factories.scenario(connection, user_id=ada.user_id)["id"]
    with ThreadPoolExecutor(1) as pool:
        with psycopg.connect(database_url) as deleting:
            deleting.execute("DELETE FROM scenarios WHERE id = %s", (scenario_id,))
            asked = pool.submit(ada, "POST", f"/scenarios/{scenario_id}/reports", {"format": "pdf"})
            assert someone_waits(connection)
        assert asked.result().status == 404
    assert queued() == []


def test_who_only_reads_gets_reports_but_asks_for_none(connection: Rows) -> None:
    reader = client(connection, role="readonly")
    scenario_id = factories.scenario(connection, user_id=reader.user_id)["id"]
    assert reader("POST", f"/scenarios/{scenario_id}/reports", {"format": "pdf"}).status == 403
    assert reader("GET", f"/scenarios/{scenario_id}/reports").status == 200


def test_ten_reports_a_minute(connection: Rows, ada: Client) -> None:
    scenario_id = factories.scenario(connection, user_id=ada.user_id)["id"]
    path = f"/scenarios/{scenario_id}/reports"
    assert [ada("POST", path, {"format": "csv"}).status for _ in range(11)] == [202] * 10 + [429]


def test_a_queue_that_is_away_loses_no_report(connection: Rows, ada: Client, caplog: pytest.LogCaptureFixture) -> None:
    scenario_id = factories.scenario(connection, user_id=ada.user_id)["id"]
    sqs = boto3.client("sqs")
    sqs.delete_queue(QueueUrl=sqs.get_queue_url(QueueName="reports")["QueueUrl"])
    asked = ada("POST", f"/scenarios/{scenario_id}/reports", {"format": "csv"})
    assert asked.status == 202
    assert connection.execute("SELECT status FROM reports").fetchall() == [("pending",)]
    assert "reports not queued" in caplog.messages
