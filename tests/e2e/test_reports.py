"""Reports through the deployed stack: EventBridge's tick, the queue, S3, SES, and the links that people follow."""

import re
from datetime import datetime, timedelta
from html import escape
from typing import Any

import boto3
import httpx
import psycopg
import pytest

from infra.local.deploy import ACCOUNT
from infra.local.stack import Stack
from shared.cli.demo import Demo
from tests.e2e.conftest import Scheduled
from tests.waiting import until

pytestmark = pytest.mark.xdist_group("e2e")

# A tick a minute, then seconds: this is what to wait before something is wrong.
_PATIENCE_S = 180


def _mails(stack: Stack, recipient: str) -> list[dict[str, Any]]:
    sent = httpx.get(f"{stack.cloud.endpoint}/_ministack/ses/messages", timeout=60).json()["messages"]
    return [mail for mail in sent.get(ACCOUNT, []) if recipient in mail["To"]]


def test_a_schedule_makes_file_row_and_mail_in_its_minute(
    stack: Stack, scheduled: Scheduled, api: httpx.Client
) -> None:
    schedule, due = scheduled.schedule, scheduled.due
    assert schedule["next_run_at"] == due.isoformat().replace("+00:00", "Z")

    (mail,) = until(lambda: _mails(stack, scheduled.recipient), within_s=_PATIENCE_S)
    with psycopg.connect(stack.database_url) as connection:
        ((report_id, status, due_at, file_path, size),) = connection.execute(
            "SELECT id, status, due_at, file_path, file_size_bytes FROM reports WHERE schedule_id = %s",
            (schedule["id"],),
        ).fetchall()
    assert (status, due_at) == ("completed", due)
    (bucket,) = (name for name in _buckets(stack) if "report" in name)
    file = boto3.client("s3", **stack.cloud.credentials).get_object(Bucket=bucket, Key=file_path)
    assert file["ServerSideEncryption"] == "AES256"
    content = file["Body"].read()
    assert content.startswith(b"%PDF-")
    assert len(content) == size

    assert mail["Subject"] == "Cost report: Looked at daily"
    lasting = f"{stack.url}/reports?report={report_id}"
    assert lasting in mail["BodyText"]
    assert lasting in mail["BodyHtml"]
    (link,) = re.findall(r"^http\S+X-Amz-Signature=\S+$", mail["BodyText"], re.MULTILINE)
    assert f'href="{escape(link)}"' in mail["BodyHtml"]
    fetched = httpx.get(link, timeout=30)
    assert fetched.content == content
    assert fetched.headers["content-disposition"].startswith('attachment; filename="mockupaws-')
    assert fetched.headers["content-type"] == "application/pdf"

    after = api.get(f"/schedules/{schedule['id']}", headers=scheduled.headers).json()
    assert (after["last_run_at"], after["last_error"]) == (schedule["next_run_at"], None)
    assert datetime.fromisoformat(after["next_run_at"]) == due + timedelta(days=1)


def test_a_report_with_all_logs_is_asked_for_downloaded_and_deleted(
    stack: Stack, demo: Demo, api: httpx.Client
) -> None:
    api.headers["X-API-Key"] = demo.api_key
    asked = api.post(f"/scenarios/{demo.scenario_id}/reports", json={"format": "csv", "include_logs": True}).json()
    path = f"/reports/{asked['report_id']}"
    assert until(lambda: api.get(f"{path}/status").json()["status"] == "completed", within_s=_PATIENCE_S)
    answer = api.get(f"{path}/download", follow_redirects=False)
    assert answer.status_code == 302
    text = httpx.get(answer.headers["location"], timeout=60).text
    logs = api.get(f"/scenarios/{demo.scenario_id}").json()["total_requests"]
    assert text.count("\n") > logs
    anybody = httpx.get(f"{stack.api_url}{path}/download", timeout=30)
    assert anybody.status_code == 401
    assert api.delete(path).status_code == 204
    assert api.get(f"{path}/status").status_code == 404
    assert httpx.get(answer.headers["location"], timeout=30).status_code == 404


def _buckets(stack: Stack) -> list[str]:
    return [bucket["Name"] for bucket in boto3.client("s3", **stack.cloud.credentials).list_buckets()["Buckets"]]
