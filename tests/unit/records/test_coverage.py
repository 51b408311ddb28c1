from datetime import UTC, datetime, timedelta

import pytest

from shared.mockupaws.records.coverage import Came, Part, believed

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
LIVE = Part(NOON, NOON + timedelta(minutes=10), True)


def earlier(days: float, length: timedelta, logs: int, active_hours: int) -> Part:
    """Of before the run."""
    begin = NOON - timedelta(days=days)
    part = Part(begin, begin + length, False)
    return part._replace(came=Came(logs, active_hours)) if part.is_doubtful else part


@pytest.mark.parametrize(
    ("part", "logs", "is_time"),
    [
        # Two logs of a clock that was not set, beside ten thousand.
        (earlier(25, timedelta(days=3), 2, 2), 10_000, False),
        # One alone leaves no hour empty: a minute.
        (earlier(25, timedelta(minutes=1), 1, 1), 10_000, True),
        # A quiet log's backlog: little, but in every hour.
        (earlier(25, timedelta(days=3), 72, 72), 10_000, True),
        # A file that was sent, with nights in it.
        (earlier(25, timedelta(days=3), 9_000, 24), 10_000, True),
        # What a shipper had kept of the last minutes.
        (earlier(0.01, timedelta(minutes=9), 40, 1), 10_000, True),
    ],
)
def test_a_few_scattered_logs_from_outside_the_runs_are_no_time(part: Part, logs: int, is_time: bool) -> None:
    assert believed([part, LIVE], logs) == ([part, LIVE] if is_time else [LIVE])


def test_a_run_is_time_however_quiet_it_was() -> None:
    quiet = LIVE._replace(end=NOON + timedelta(days=20))
    assert believed([quiet], 3) == [quiet]
    assert quiet.seconds == 20 * 86_400
    assert not quiet.is_doubtful
