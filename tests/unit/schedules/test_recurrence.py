"""A schedule's times against the local clock, minute by minute, on a clock of the test's own."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.schedules.models import Timing
from shared.mockupaws.recurrence import Frequency, next_after, time_zones

ZONES = ("Europe/Rome", "America/New_York", "Asia/Kolkata")
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
END = datetime(2028, 1, 1, tzinfo=UTC)
_HALF_HOUR = timedelta(minutes=30)


def runs(timing: Timing, begin: datetime = BEGIN, end: datetime = END) -> list[datetime]:
    """Every time that it is due, one found from the other as the ticks do."""
    found: list[datetime] = []
    moment = begin
    while (moment := next_after(timing, moment)) < end:
        found.append(moment)
    return found


@cache
def clock(zone: str) -> list[tuple[datetime, datetime]]:
    """What a local clock shows each half hour: what it shows a second time is left out."""
    shown: dict[datetime, datetime] = {}
    for number in range(1, (END - BEGIN) // _HALF_HOUR):
        moment = BEGIN + number * _HALF_HOUR
        shown.setdefault(moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None), moment)
    return list(shown.items())


def by_the_clock(timing: Timing) -> list[datetime]:
    """Every time that it is due, by looking at a local clock all the time."""

    def is_its_day(local: datetime) -> bool:
        return {
            "daily": True,
            "weekly": local.isoweekday() % 7 == timing.day_of_week,
            "monthly": local.day == min(timing.day_of_month or 0, monthrange(local.year, local.month)[1]),
        }[timing.frequency]

    return [
        moment
        for local, moment in clock(timing.timezone)
        if (local.hour, local.minute) == (timing.hour, timing.minute) and is_its_day(local)
    ]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("hour", [0, 1, 2, 3, 23])
@pytest.mark.parametrize(
    "day",
    [
        {"frequency": "daily"},
        {"frequency": "weekly", "day_of_week": 0},
        {"frequency": "weekly", "day_of_week": 3},
        {"frequency": "monthly", "day_of_month": 1},
        {"frequency": "monthly", "day_of_month": 31},
    ],
)
def test_two_years_of_runs_are_those_that_the_local_clock_shows(zone: str, hour: int, day: dict[str, Any]) -> None:
    timing = Timing(**day, hour=hour, minute=30, timezone=zone)
    assert runs(timing) == by_the_clock(timing)


@given(
    zone=st.sampled_from(ZONES),
    frequency=st.sampled_from(["daily", "weekly", "monthly"]),
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
    day_of_week=st.integers(0, 6),
    day_of_month=st.integers(1, 31),
    after=st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)),  # noqa: DTZ001 (made aware below)
)
@settings(max_examples=300)
def test_the_next_run_is_the_first_after_now_at_the_local_minute_of_its_day(  # noqa: PLR0917 (hypothesis names them)
    zone: str, frequency: Frequency, hour: int, minute: int, day_of_week: int, day_of_month: int, after: datetime
) -> None:
    timing = Timing(
        frequency=frequency,
        hour=hour,
        minute=minute,
        timezone=zone,
        day_of_week=day_of_week,
        day_of_month=day_of_month,
    )
    moment = after.replace(tzinfo=UTC)
    due = next_after(timing, moment)
    assert due > moment
    local = due.astimezone(ZoneInfo(zone))
    assert (local.hour, local.minute, local.second, local.fold) == (hour, minute, 0, 0)
    if frequency == "weekly":
        assert local.isoweekday() % 7 == day_of_week
    if frequency == "monthly":
        assert local.day == min(day_of_month, monthrange(local.year, local.month)[1])
    # None is passed over: from anywhere before it, it is the next.
    assert next_after(timing, moment + (due - moment) / 2) == due
    assert next_after(timing, due) > due


def test_a_repeated_hour_is_due_once_and_first() -> None:
    daily = Timing(frequency="daily", hour=2, minute=30, timezone="Europe/Rome")
    begin = datetime(2026, 10, 24, 12, tzinfo=UTC)
    assert runs(daily, begin, begin + timedelta(days=2)) == [
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 26, 1, 30, tzinfo=UTC),
    ]


def test_a_skipped_time_waits_for_the_next_day_that_has_it() -> None:
    daily = Timing(frequency="daily", hour=2, minute=30, timezone="America/New_York")
    assert next_after(daily, datetime(2026, 3, 8, tzinfo=UTC)).astimezone(ZoneInfo("America/New_York")).date() == date(
        2026, 3, 9
    )
    weekly = Timing(frequency="weekly", hour=2, minute=30, timezone="America/New_York", day_of_week=0)
    assert next_after(weekly, datetime(2026, 3, 8, tzinfo=UTC)) == datetime(2026, 3, 15, 6, 30, tzinfo=UTC)


def test_the_thirty_first_is_a_short_months_last_day() -> None:
    monthly = Timing(frequency="monthly", hour=9, minute=0, timezone="Asia/Kolkata", day_of_month=31)
    days = [due.astimezone(ZoneInfo("Asia/Kolkata")).date() for due in runs(monthly)]
    assert len(days) == 24
    assert all((day + timedelta(days=1)).day == 1 for day in days)
    assert date(2026, 2, 28) in days


def test_zones_are_places() -> None:
    assert {"UTC", *ZONES} <= time_zones()
    assert not {"localtime", "posixrules", "Factory"} & time_zones()
