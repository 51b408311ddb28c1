import csv
import io
import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import boto3
import pytest
from botocore.exceptions import ReadTimeoutError
from psycopg.types.json import Jsonb

from functions.render_report import handler as module
from functions.render_report import service, store, upload
from functions.render_report.cells import safe
from functions.render_report.handler import MAX_ATTEMPTS, handler
from functions.render_report.mail import send
from functions.render_report.models import Mailing
from shared.mockupaws.contracts.reports import ReportOptions
from shared.mockupaws.db import Database, Rows
from shared.mockupaws.ids import new_id
from shared.mockupaws.settings import settings
from tests import factories
from tests.gateway import Invocation
from tests.jobs import job
from tests.reporting import BUCKET, DASHBOARD, SENDER, sent

pytestmark = pytest.mark.usefixtures("report_stage")

AGAIN = {"batchItemFailures": [{"itemIdentifier": "message-1"}]}
DONE: dict[str, Any] = {"batchItemFailures": []}


def run(report_id: UUID, receives: int = 1) -> dict[str, Any]:
    return handler(job(report_id, receives), Invocation())


def files() -> dict[str, bytes]:
    s3 = boto3.client("s3")
    found = s3.list_objects_v2(Bucket=BUCKET).get("Contents", [])
    return {it["Key"]: s3.get_object(Bucket=BUCKET, Key=it["Key"])["Body"].read() for it in found}


def row(connection: Rows, report_id: UUID) -> tuple[Any, ...]:
    found = connection.execute("SELECT status, attempts, error FROM reports WHERE id = %s", (report_id,)).fetchone()
    assert found is not None
    return found


def tables(text: bytes) -> dict[str, list[list[str]]]:
    """The tables of a CSV report, by title."""
    found: dict[str, list[list[str]]] = {}
    for block in text.decode("utf-8-sig").split("\n\n"):
        title, _, rest = block.partition("\n")
        found[title] = list(csv.reader(io.StringIO(rest)))
    return found


@pytest.fixture
def scenario_id(connection: Rows) -> UUID:
    """Give a scenario that recorded ten logs in the last minute."""
    factories.price_list(connection)
    made = factories.scenario(connection, name="=SUM(A1:A9)", status="running")
    factories.scenario_traffic(connection, scenario_id=made["id"])
    factories.scenario_arrival(connection, scenario_id=made["id"])
    minute = datetime.now(UTC).replace(second=0, microsecond=0)
    for seconds in (60, 3600, 86400):
        at = datetime.fromtimestamp(minute.timestamp() // seconds * seconds, UTC)
        for kind, name, value, unit in (
            ("sqs", "logs", 10, "count"),
            ("sqs", "bytes", 1000, "bytes"),
            ("sqs", "blocks", 10, "count"),
            ("bedrock", "tokens", 250, "tokens"),
        ):
            factories.scenario_metric(
                connection, scenario_id=made["id"], bucket_seconds=seconds, timestamp=at, metric_type=kind,
                metric_name=name, value=Decimal(value), unit=unit,
            )  # fmt: skip
    return made["id"]


def test_a_pdf_is_made(connection: Rows, scenario_id: UUID) -> None:
    report = factories.report(connection, scenario_id=scenario_id)
    assert run(report["id"]) == DONE
    ((key, content),) = files().items()
    assert content.startswith(b"%PDF-")
    found = connection.execute(
        "SELECT status, file_path, file_size_bytes, generated_at IS NOT NULL, metadata FROM reports"
    ).fetchone()
    assert found is not None
    assert found[:4] == ("completed", key, len(content), True)
    assert Decimal(found[4]["expected_usd"]) > 0
    assert len(found[4]["traffic_hash"]) == 64


def test_a_csv_has_exact_figures_and_runs_nothing(connection: Rows, scenario_id: UUID) -> None:
    previews = [
        "=cmd|' /C calc'!A0",
        "+1",
        "-1+2",
        "@SUM(A1)",
        "\t=1",
        " =1",
        "\uff1d1",
        'say "hi", there',
        "two\nlines",
        "ok",
        "x;=cmd|' /C calc'!A0",
    ]
    for preview in previews:
        factories.scenario_log(connection, scenario_id=scenario_id, message_preview=preview, source="-x")
    report = factories.report(connection, scenario_id=scenario_id, format="csv", options={"include_logs": True})
    assert run(report["id"]) == DONE
    (content,) = files().values()
    found = tables(content)
    assert ["scenario", "'=SUM(A1:A9)"] in found["report"]
    assert ["logs", "10", "count"] in found["summary"]
    lines = [dict(zip(found["monthly_lines"][0], line, strict=True)) for line in found["monthly_lines"][1:]]
    (total,) = (line[1] for line in found["summary"] if line[0] == "monthly_expected")
    assert sum(Decimal(line["cost_usd"]) for line in lines) == Decimal(total)
    assert all(Decimal(it["quantity"]) * Decimal(it["unit_price"]) == Decimal(it["cost_usd"]) for it in lines)
    head, *logs = found["logs"]
    shown = [dict(zip(head, log, strict=True)) for log in logs]
    assert [log["message_preview"] for log in shown] == [safe(text) for text in previews]
    assert shown[-1]["message_preview"] == "x;'=cmd|' /C calc'!A0"
    assert {log["source"] for log in shown} == {"'-x"}


def test_every_time_in_a_csv_is_written_as_the_api_writes_it(connection: Rows, scenario_id: UUID) -> None:
    factories.scenario_log(connection, scenario_id=scenario_id)
    now = datetime.now(UTC)
    options = {
        "include_logs": True,
        "date_from": (now - timedelta(days=1)).isoformat(),
        "date_to": (now + timedelta(days=1)).isoformat(),
    }
    run(factories.report(connection, scenario_id=scenario_id, format="csv", options=options)["id"])
    (content,) = files().values()
    found = tables(content)
    report = dict(line for line in found["report"] if len(line) == 2)
    times = [report["made_at"], report["from"], report["to"], found["logs"][1][1]]
    times += [line[0] for line in found["timeseries"][1:]]
    assert len(times) > 4
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z", time) for time in times), times


def test_sections_and_times_can_be_chosen(connection: Rows, scenario_id: UUID) -> None:
    now = datetime.now(UTC)
    for hours in (1, 3, 5):
        factories.scenario_log(
            connection, scenario_id=scenario_id, received_at=now - timedelta(hours=hours), message_preview=f"{hours}h"
        )
    options = {
        "include_logs": True,
        "sections": ["summary"],
        "date_from": (now - timedelta(hours=4)).isoformat(),
        "date_to": (now - timedelta(hours=2)).isoformat(),
    }
    report = factories.report(connection, scenario_id=scenario_id, format="csv", options=options)
    run(report["id"])
    (content,) = files().values()
    found = tables(content)
    assert found.keys() == {"report", "summary", "logs"}
    assert [log[5] for log in found["logs"][1:]] == ["3h"]
    assert ["logs", "0", "count"] in found["summary"]


def test_a_file_larger_than_a_part_is_whole(
    connection: Rows, scenario_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload, "PART_BYTES", 5 * 1024 * 1024)
    connection.execute(
        """
        INSERT INTO scenario_logs (id, scenario_id, received_at, message_hash, message_preview, source, level,
                                   size_bytes, token_count, sqs_blocks, has_pii, is_duplicate, pii_types)
        SELECT gen_random_uuid(), %s, now(), sha256('x'), repeat('a', 500), 'web', 'info', 500, 1, 1, false, false, '{}'
          FROM generate_series(1, 20000)
        """,
        (scenario_id,),
    )
    report = factories.report(connection, scenario_id=scenario_id, format="csv", options={"include_logs": True})
    assert run(report["id"]) == DONE
    (content,) = files().values()
    assert len(content) > 10 * 1024 * 1024
    assert len(tables(content)["logs"]) == 20_001
    assert boto3.client("s3").list_multipart_uploads(Bucket=BUCKET).get("Uploads", []) == []


def test_a_scenario_that_lost_its_price_is_still_reported(connection: Rows) -> None:
    made = factories.scenario(connection)
    for kind in ("pdf", "csv"):
        assert run(factories.report(connection, scenario_id=made["id"], format=kind)["id"]) == DONE
    (text,) = (content for key, content in files().items() if key.endswith(".csv"))
    assert dict(line for line in tables(text)["report"] if len(line) == 2)["unpriced"].startswith("No ")


def test_a_variant_that_can_no_longer_be_had_is_named_and_fails_nothing(connection: Rows, scenario_id: UUID) -> None:
    """As when the scenario's design or the prices changed after it was asked for."""
    connection.execute("UPDATE scenarios SET pipeline = %s", [Jsonb({"sqs": {"queue_type": "fifo"}})])
    options = {
        "variants": [
            {"name": "=1+1", "pipeline": {"sqs": {"receive_batch_size": 100, "batch_window_s": 5}}},
            {"name": "gone", "pipeline": {"bedrock": {"model_id": "acme.reader-v1:0"}}},
            {"name": "kept", "pipeline": {"lambda": {"memory_mb": 256}}},
        ]
    }
    for kind in ("pdf", "csv"):
        report = factories.report(connection, scenario_id=scenario_id, format=kind, options=options)
        assert run(report["id"]) == DONE
        assert row(connection, report["id"])[0] == "completed"
    (text,) = (content for key, content in files().items() if key.endswith(".csv"))
    found = tables(text)
    assert [line[0] for line in found["what_if"][1:]] == ["kept"]
    assert [line[:2] for line in found["what_if_left_out"]] == [
        ["name", "reason"],
        ["'=1+1", "not_built"],
        ["gone", "not_priced"],
    ]
    details = [line[2] for line in found["what_if_left_out"][1:]]
    assert details[0].startswith("sqs.receive_batch_size: a FIFO queue")
    assert details[1].startswith("No price for model 'acme.reader-v1:0' in us-east-1.")


def test_a_report_says_what_changed_since_the_last(connection: Rows, scenario_id: UUID) -> None:
    factories.report(
        connection, scenario_id=scenario_id, status="completed", generated_at=datetime(2026, 10, 1, tzinfo=UTC),
        metadata={"expected_usd": "12.5"},
    )  # fmt: skip
    report = factories.report(connection, scenario_id=scenario_id, format="csv")
    run(report["id"])
    (content,) = files().values()
    assert ["monthly_previous", "12.5", "usd"] in tables(content)["summary"]


def test_a_job_that_comes_twice_makes_one_file(
    connection: Rows, scenario_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    report_id = factories.report(connection, scenario_id=scenario_id)["id"]
    assert run(report_id) == DONE
    first = row(connection, report_id)

    def never(*_args: Any) -> bool:
        raise AssertionError("rendered twice")

    monkeypatch.setattr(service, "render", never)
    assert run(report_id, receives=2) == DONE
    assert row(connection, report_id) == first == ("completed", 1, None)
    assert len(files()) == 1


def test_a_job_that_another_worker_has_comes_again(connection: Rows, scenario_id: UUID) -> None:
    held = {"status": "processing", "attempts": 1, "claimed_until": datetime.now(UTC) + timedelta(minutes=5)}
    report_id = factories.report(connection, scenario_id=scenario_id, **held)["id"]
    assert run(report_id) == AGAIN
    assert files() == {}
    connection.execute("UPDATE reports SET claimed_until = now() - interval '1 s'")
    assert run(report_id, receives=2) == DONE
    assert row(connection, report_id) == ("completed", 2, None)


def test_a_worker_that_was_taken_for_dead_finishes_nothing(connection: Rows, scenario_id: UUID) -> None:
    report_id = factories.report(connection, scenario_id=scenario_id)["id"]
    slow = store.claim(connection, report_id, 0)
    quick = store.claim(connection, report_id, 60)
    assert isinstance(slow, store.Job)
    assert isinstance(quick, store.Job)
    assert not store.complete(connection, slow, file_path="x", size=1, metadata={})
    store.fail(connection, slow, "no", for_good=True)
    assert row(connection, report_id) == ("processing", 2, None)
    assert store.complete(connection, quick, file_path="x", size=1, metadata={})


def test_what_fails_is_tried_again_and_then_says_so_on_the_schedule(
    connection: Rows, scenario_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    schedule = factories.report_schedule(connection, scenario_id=scenario_id)
    report_id = factories.report(connection, scenario_id=scenario_id, schedule_id=schedule["id"])["id"]
    bucket = settings().report_bucket
    monkeypatch.setenv("REPORT_BUCKET", "gone")
    settings.cache_clear()
    for attempt in range(1, MAX_ATTEMPTS):
        assert run(report_id, receives=attempt) == AGAIN
        assert row(connection, report_id)[:2] == ("pending", attempt)
        assert schedule_error(connection) is None
    assert run(report_id, receives=MAX_ATTEMPTS) == DONE
    status, _, error = row(connection, report_id)
    assert status == "failed"
    assert schedule_error(connection) == error
    monkeypatch.setenv("REPORT_BUCKET", bucket)
    settings.cache_clear()
    again = factories.report(connection, scenario_id=scenario_id, schedule_id=schedule["id"], due_at=datetime.now(UTC))
    assert run(again["id"]) == DONE
    assert schedule_error(connection) is None


def test_a_job_that_ended_all_its_workers_fails(connection: Rows, scenario_id: UUID) -> None:
    died = {"status": "processing", "attempts": MAX_ATTEMPTS, "claimed_until": datetime.now(UTC)}
    report_id = factories.report(connection, scenario_id=scenario_id, **died)["id"]
    assert run(report_id) == DONE
    assert row(connection, report_id)[0] == "failed"
    assert files() == {}


@pytest.mark.parametrize("whole", [False, True], ids=["report", "scenario"])
def test_what_is_deleted_while_it_is_made_leaves_no_file(
    connection: Rows, scenario_id: UUID, monkeypatch: pytest.MonkeyPatch, *, whole: bool
) -> None:
    report_id = factories.report(connection, scenario_id=scenario_id)["id"]
    write = service.write_pdf

    def deleting(figures: Any) -> bytes:
        if whole:
            connection.execute("DELETE FROM scenarios")
        else:
            connection.execute("DELETE FROM reports")
        return write(figures)

    monkeypatch.setattr(service, "write_pdf", deleting)
    assert run(report_id) == DONE
    assert files() == {}


def test_a_job_whose_report_is_gone_is_done() -> None:
    assert run(new_id()) == DONE


@pytest.fixture
def scheduled(connection: Rows, scenario_id: UUID) -> UUID:
    """Give a report that a schedule asked for, with two recipients."""
    schedule = factories.report_schedule(
        connection, scenario_id=scenario_id, name="Monday <b>", email_to=["ada@example.com", "bob@example.com"]
    )
    due = datetime.now(UTC)
    return factories.report(connection, scenario_id=scenario_id, schedule_id=schedule["id"], due_at=due)["id"]


def test_recipients_get_one_mail_with_two_links(scheduled: UUID) -> None:
    assert run(scheduled) == DONE
    assert run(scheduled, receives=2) == DONE
    (mail,) = sent()
    assert mail.source == SENDER
    assert mail.destinations["ToAddresses"] == ["ada@example.com", "bob@example.com"]
    assert mail.subject == "Cost report: =SUM(A1:A9)"
    assert f"{DASHBOARD}/reports?report={scheduled}" in mail.body
    assert "X-Amz-Signature=" in mail.body
    assert "<b>" not in mail.body.replace("&lt;b&gt;", "")
    # A minute was recorded: the month is said, but not how far off it may be.
    assert "monthly cost" in mail.body
    assert "Likely range" not in mail.body


@pytest.mark.parametrize(
    ("confidence", "says"), [({"confidence": "0.9"}, True), ({"confidence": None}, False), ({}, False)]
)
def test_a_mail_has_a_range_where_the_report_has_one(confidence: dict[str, str | None], *, says: bool) -> None:
    """Reports of before this was asked for don't say."""
    figures = {"expected_usd": "12.5", "low_usd": "10.25", "high_usd": "15.75"}
    send(
        Mailing(
            id=new_id(), scenario_id=new_id(), scenario_name="checkout", schedule_name="Monday", format="pdf",
            options=ReportOptions(), file_path="reports/x.pdf", generated_at=datetime.now(UTC),
            metadata=figures | confidence, email_to=["ada@example.com"],
        )
    )  # fmt: skip
    (mail,) = sent()
    assert "$12.50" in mail.body
    assert ("Likely range" in mail.body) is ("$10.25" in mail.body) is says


class Crash(BaseException):
    """The end of the process, which nothing catches."""


def schedule_error(connection: Rows) -> str | None:
    (error,) = connection.execute("SELECT last_error FROM report_schedules").fetchone() or (None,)
    return error


@pytest.mark.parametrize(
    "step",
    ["read_figures", "write_pdf", "Upload.__exit__", "store.complete", "store.begin_mail", "send", "store.mailed"],
)
def test_a_worker_that_dies_anywhere_leaves_one_report_and_one_mail(
    connection: Rows, scheduled: UUID, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    real = {"send": service.send}.get(step)

    def crash(*args: Any, **_options: Any) -> None:
        if real is not None:
            real(*args)
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(f"functions.render_report.service.{step}", crash)
        with pytest.raises(Crash):
            run(scheduled)
    # It comes again when the queue thinks its worker dead; by then nobody holds it.
    connection.execute(
        "UPDATE reports SET claimed_until = now() - interval '1 s', mail_begun_at = mail_begun_at - interval '8 min'"
    )
    assert run(scheduled, receives=2) == DONE
    assert run(scheduled, receives=3) == DONE
    assert row(connection, scheduled)[::2] == ("completed", None)
    assert len(files()) == 1
    assert len(sent()) == 1
    # Whether it was sent is known only to who sent it, and SES takes no key that would make it once.
    is_in_doubt = step in {"send", "store.mailed"}
    assert schedule_error(connection) == (service.MAIL_IN_DOUBT if is_in_doubt else None)


def test_a_worker_that_dies_between_beginning_a_mail_and_sending_it_says_that_nobody_may_know(
    connection: Rows, scheduled: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(_mailing: Any) -> None:
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(service, "send", crash)
        with pytest.raises(Crash):
            run(scheduled)
    connection.execute("UPDATE reports SET mail_begun_at = mail_begun_at - interval '8 min'")
    assert run(scheduled, receives=2) == DONE
    assert sent() == []
    assert schedule_error(connection) == service.MAIL_IN_DOUBT


def test_workers_at_once_make_one_report_and_one_mail(
    connection: Rows, scheduled: UUID, app_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = threading.local()

    def database() -> Database:
        if not hasattr(own, "database"):
            own.database = Database(app_database_url)
        return own.database

    monkeypatch.setattr(module, "database", database)
    start = threading.Barrier(4)
    outcomes: list[Any] = []

    def work() -> None:
        start.wait()
        outcomes.append(run(scheduled))
        database().close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(outcomes) == 4
    assert DONE in outcomes
    assert all(outcome in (DONE, AGAIN) for outcome in outcomes)
    assert row(connection, scheduled) == ("completed", 1, None)
    assert (len(files()), len(sent())) == (1, 1)


def test_a_mail_without_an_answer_isnt_sent_again_but_said(
    connection: Rows, scheduled: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = service.send

    def unanswered(mailing: Any) -> None:
        real(mailing)
        raise ReadTimeoutError(endpoint_url="https://email.eu-west-1.amazonaws.com")

    monkeypatch.setattr(service, "send", unanswered)
    assert run(scheduled) == DONE
    assert run(scheduled, receives=2) == DONE
    assert len(sent()) == 1
    assert schedule_error(connection) == service.MAIL_IN_DOUBT


def test_a_mail_that_ses_refuses_comes_again(
    connection: Rows, scheduled: UUID, capsys: pytest.CaptureFixture[str]
) -> None:
    ses: Callable[..., Any] = boto3.client("sesv2").delete_email_identity
    ses(EmailIdentity=SENDER)
    assert run(scheduled) == AGAIN
    assert schedule_error(connection) == service.MAIL_REFUSED
    assert "ada@example.com" not in capsys.readouterr().out
    boto3.client("sesv2").create_email_identity(EmailIdentity=SENDER)
    assert run(scheduled, receives=2) == DONE
    assert len(sent()) == 1
    assert row(connection, scheduled)[:2] == ("completed", 1)
    assert schedule_error(connection) is None


def test_a_mail_that_is_refused_for_ever_doesnt_come_for_ever(scheduled: UUID) -> None:
    boto3.client("sesv2").delete_email_identity(EmailIdentity=SENDER)
    assert run(scheduled, receives=module.MAX_RECEIVES) == DONE
