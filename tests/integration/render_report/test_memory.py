"""What `make bench` measures with a million logs (csv_1m_mb), with as many as a test has time for."""

from shared.mockupaws.db import Rows
from tests.benchmarks.reports import made, recorded, s3

# A few parts of the upload are at work, and what the garbage collector has not got to.
_SLACK_MB = 40


def test_memory_doesnt_grow_with_the_logs(connection: Rows, app_database_url: str) -> None:
    with s3() as endpoint:
        _, few_mb = made(connection, recorded(connection, 2_000), "csv", app_database_url, endpoint)
        seconds, many_mb = made(connection, recorded(connection, 200_000), "csv", app_database_url, endpoint)
    assert many_mb < min(200, few_mb + _SLACK_MB)
    assert seconds < 60
