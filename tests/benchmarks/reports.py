"""A report with a million logs as CSV, and a report as PDF: the handler's time and memory, PostgreSQL and S3 real.

In a process that has done nothing else, as a container's first job finds it; S3 is the emulator's, in its own process.
"""

import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import boto3
import psycopg

from infra.local.deploy import Cloud
from infra.local.emulator import REGION, launch
from infra.local.postgres import LOOPBACK, free_port
from layers.vocabulary import ROOT
from shared.mockupaws.db import Rows
from tests import factories
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure, Goal
from tests.recordings import record

LOGS = 1_000_000
DAYS = 30
_LOGS_A_MONTH = 10_000_000
_BUCKET = "reports"


def measure(bench: Bench) -> list[Figure]:
    """Seconds and MB."""
    with bench.database() as url, psycopg.connect(url, autocommit=True) as connection, s3() as endpoint:
        csv_s, csv_mb = made(connection, recorded(connection, LOGS), "csv", url, endpoint)
        month: UUID = factories.scenario(connection, status="running")["id"]
        record(connection, month, _LOGS_A_MONTH, DAYS, datetime.now(UTC) - timedelta(days=DAYS))
        pdf_s, pdf_mb = made(connection, month, "pdf", url, endpoint)
    return [
        Figure(
            "csv_1m_s", round(csv_s, 1), "s", Goal("<", 60),
            "a report's job with a million logs as CSV: read from PostgreSQL, written to S3 in parts",
        ),
        Figure("csv_1m_mb", csv_mb, "MB", Goal("<", 200), "peak of the process that does it"),
        Figure(
            "pdf_s", round(pdf_s, 2), "s", Goal("<", 2),
            f"a report's job as PDF for a scenario of 10 million logs over {DAYS} days, the first in its process",
        ),
        Figure("pdf_mb", pdf_mb, "MB", None, "peak of the process that does it"),
    ]  # fmt: skip


def recorded(connection: Rows, logs: int) -> UUID:
    """A scenario that holds so many logs of a day, and the sums that go with them.

    Args:
        connection: to a migrated database.
        logs: how many.

    Returns:
        Its id.
    """
    factories.price_list(connection)
    scenario_id: UUID = factories.scenario(connection, status="running", total_requests=logs)["id"]
    factories.scenario_traffic(connection, scenario_id=scenario_id, logs=logs)
    factories.scenario_arrival(connection, scenario_id=scenario_id)
    connection.execute(
        """
        INSERT INTO scenario_logs (id, scenario_id, received_at, message_hash, message_preview, source, level,
                                   size_bytes, token_count, sqs_blocks, has_pii, is_duplicate, pii_types)
        SELECT gen_random_uuid(), %(scenario)s, now() - n * interval '86 ms', sha256(n::text::bytea),
               '192.0.2.7 - - "GET /orders/' || n || '?page=2 HTTP/1.1" 200 5123 "-" "Mozilla/5.0 (X11; Linux)"',
               'web-' || n %% 7, 'info', 180, 52, 1, n %% 9 = 0, n %% 5 = 0,
               CASE WHEN n %% 9 = 0 THEN '{email}'::text[] ELSE '{}' END
          FROM generate_series(1, %(logs)s) n
        """,
        {"scenario": scenario_id, "logs": logs},
    )
    connection.execute("VACUUM ANALYZE scenario_logs")
    return scenario_id


def made(connection: Rows, scenario_id: UUID, format_: str, url: str, endpoint: str) -> tuple[float, float]:
    """Has a report made by a process of its own.

    Args:
        connection: to its database.
        scenario_id: what it is about.
        format_: what file it becomes; a CSV has all the logs in it.
        url: of the database.
        endpoint: of the emulator.

    Returns:
        The handler's seconds, and the process's peak in MB.
    """
    options = {"include_logs": format_ == "csv"}
    report_id = factories.report(connection, scenario_id=scenario_id, format=format_, options=options)["id"]
    environment = {
        "STAGE": "local",
        "DATABASE_URL": url,
        "REPORT_BUCKET": _BUCKET,
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
    }
    command = [sys.executable, "-m", "tests.benchmarks.rendering", str(report_id)]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    status = connection.execute("SELECT status FROM reports WHERE id = %s", (report_id,)).fetchone()
    assert status == ("completed",), status
    taken, peak = done.stdout.splitlines()[-1].split()
    return float(taken), float(peak)


@contextmanager
def s3() -> Generator[str]:
    """The emulator with a bucket, by its endpoint."""
    with tempfile.TemporaryDirectory(prefix="mockupaws-bench-", ignore_cleanup_errors=True) as folder:
        port = free_port()
        emulator = launch(Path(folder), port)
        try:
            cloud = Cloud(f"http://{LOOPBACK}:{port}")
            with closing(boto3.client("s3", **cloud.credentials)) as s3:
                s3.create_bucket(Bucket=_BUCKET)
            yield cloud.endpoint
        finally:
            emulator.stop()
