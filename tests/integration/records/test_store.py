"""What is recorded time, on real PostgreSQL, of traffic that came through the batch Lambda."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from functions.store_logs.handler import handler as store_logs
from shared.mockupaws.contracts.traffic import Traffic
from shared.mockupaws.db import Rows
from shared.mockupaws.records.store import read_traffic
from tests import factories
from tests.batches import Made, batch, sqs_event
from tests.gateway import Invocation

pytestmark = pytest.mark.usefixtures("stage")

NOW = datetime.now(UTC).replace(second=0, microsecond=0)
TODAY = NOW.replace(hour=0, minute=0)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def scenario(connection: Rows) -> UUID:
    """Set the prices, and give a running scenario without a run."""
    factories.price_list(connection)
    return factories.scenario(connection, status="running")["id"]


def run(connection: Rows, scenario: UUID, begin: datetime, end: datetime | None) -> None:
    """The scenario ran then, from some seconds after the minute began."""
    factories.scenario_run(connection, scenario_id=scenario, started_at=begin + timedelta(seconds=20), stopped_at=end)


def logs(scenario: UUID, times: Iterable[datetime]) -> None:
    """A log at each of these times."""
    at = [int(time.timestamp()) for time in times]
    answer = store_logs(sqs_event(batch(scenario, [Made(f"log {n}") for n in range(len(at))], at=at)), Invocation())
    assert answer["batchItemFailures"] == []


def each_minute(begin: datetime, minutes: int, per_minute: int = 10) -> list[datetime]:
    """So many logs in each minute."""
    return [
        begin + minute * MINUTE + second * timedelta(seconds=6)
        for minute in range(minutes)
        for second in range(per_minute)
    ]


def in_series(traffic: Traffic) -> int:
    return sum(point.logs for point in traffic.series)


def test_nothing_recorded_is_no_time(connection: Rows, scenario: UUID) -> None:
    run(connection, scenario, NOW - HOUR, None)
    assert read_traffic(connection, scenario) == Traffic((), (), 0, (), 0)


def test_a_run_is_recorded_from_its_first_log_to_its_last_with_the_quiet_between(
    connection: Rows, scenario: UUID
) -> None:
    run(connection, scenario, NOW - 2 * HOUR, None)
    logs(scenario, [NOW - 90 * MINUTE, NOW - 31 * MINUTE])
    traffic = read_traffic(connection, scenario)
    assert (traffic.recorded_seconds, traffic.bucket_seconds, len(traffic.series)) == (60 * 60, 60, 60)
    assert in_series(traffic) == 2


def test_time_in_which_it_was_stopped_is_not_recorded(connection: Rows, scenario: UUID) -> None:
    """Ten minutes on each of three days are thirty minutes, not three days nor three hours."""
    for days in (2, 1, 0):
        begin = NOW - days * DAY - HOUR
        run(connection, scenario, begin, begin + 10 * MINUTE)
        logs(scenario, [*each_minute(begin + timedelta(seconds=25), 9), begin + timedelta(minutes=9, seconds=30)])
    traffic = read_traffic(connection, scenario)
    assert traffic.recorded_seconds == 30 * 60
    assert (traffic.bucket_seconds, len(traffic.series), in_series(traffic)) == (60, 30, 3 * 91)


def test_two_logs_with_a_clock_that_is_weeks_behind_do_not_make_weeks_of_ten_minutes(
    connection: Rows, scenario: UUID
) -> None:
    run(connection, scenario, NOW - 12 * MINUTE, None)
    logs(scenario, [*each_minute(NOW - 11 * MINUTE, 10), NOW - 25 * DAY, NOW - 24 * DAY])
    traffic = read_traffic(connection, scenario)
    assert traffic.recorded_seconds == 600
    assert (in_series(traffic), traffic.stray_logs, sum(cell.logs for cell in traffic.cells)) == (100, 2, 102)


def test_such_logs_are_told_from_the_run_in_the_hour_in_which_it_began(connection: Rows, scenario: UUID) -> None:
    """The sums by the hour hold both."""
    begin = TODAY - DAY + 10 * HOUR + 30 * MINUTE
    run(connection, scenario, begin, begin + 10 * MINUTE)
    strays = [begin - 20 * DAY, begin - 7 * MINUTE]
    logs(scenario, each_minute(begin + timedelta(seconds=21), 9) + strays)
    traffic = read_traffic(connection, scenario)
    assert (traffic.recorded_seconds, traffic.stray_logs) == (10 * 60, 2)


def test_a_file_that_was_written_earlier_is_recorded_from_its_first_line_to_its_last(
    connection: Rows, scenario: UUID
) -> None:
    """Its lines are from before the scenario ran; what lies between them and the run nobody recorded."""
    run(connection, scenario, NOW - 2 * MINUTE, None)
    written = TODAY - 3 * DAY
    logs(scenario, [written + hour * HOUR + minute * 30 * MINUTE for hour in range(24) for minute in range(2)])
    logs(scenario, [NOW - MINUTE])
    traffic = read_traffic(connection, scenario)
    assert traffic.recorded_seconds == (23 * 60 + 31) * 60 + 60
    assert traffic.stray_logs == 0


def test_longer_recordings_have_longer_buckets(connection: Rows, scenario: UUID) -> None:
    begin = TODAY - 28 * DAY
    run(connection, scenario, begin, None)
    logs(scenario, [begin + 12 * HOUR * n + 30 * MINUTE for n in range(56)])
    traffic = read_traffic(connection, scenario)
    assert (traffic.bucket_seconds, in_series(traffic)) == (3_600, 56)
    assert traffic.recorded_seconds == 55 * 12 * 3_600 + 60
