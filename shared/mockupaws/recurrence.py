"""When a schedule is due: at a minute of the clock that people look at, in their own time zone.

As EventBridge Scheduler does it: a time that daylight saving repeats is due once, at its first occurrence; one that it
skips isn't due that day, but on the next that the schedule names and that has it. Unlike EventBridge, whose cron would
leave out a short month, the 31st of a month that ends before it is its last day.
"""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Literal, Protocol
from zoneinfo import ZoneInfo, available_timezones

Frequency = Literal["daily", "weekly", "monthly"]

_DAY = timedelta(days=1)
# Files of the time zone database that name no place.
_NO_ZONES = frozenset({"Factory", "localtime", "posixrules"})


@cache
def time_zones() -> frozenset[str]:
    """The IANA names of time zones."""
    return frozenset(available_timezones()) - _NO_ZONES


class Recurring(Protocol):
    """What says when it is due, again and again: a stored schedule, or one that is asked for.

    Attributes:
        frequency: each day, one day of each week, or one day of each month.
        day_of_week: 0 is Sunday; for a weekly one.
        day_of_month: 1 to 31, where a shorter month's last day stands for what it lacks; for a monthly one.
        hour: of the local clock, 0 to 23.
        minute: of the local clock, 0 to 59.
        timezone: IANA name.
    """

    frequency: Frequency
    day_of_week: int | None
    day_of_month: int | None
    hour: int
    minute: int
    timezone: str


def next_after(recurring: Recurring, moment: datetime) -> datetime:
    """The first time that something is due after a moment, in UTC.

    Args:
        recurring: when it is due.
        moment: aware.
    """
    zone = ZoneInfo(recurring.timezone)
    clock = time(recurring.hour, recurring.minute)
    # A zone's offset changes what day it is by one at most.
    day = moment.astimezone(zone).date() - _DAY
    while True:
        if _falls_on(recurring, day) and (due := _at(day, clock, zone)) is not None and due > moment:
            return due
        day += _DAY


def _falls_on(recurring: Recurring, day: date) -> bool:
    if recurring.frequency == "weekly":
        return day.isoweekday() % 7 == recurring.day_of_week
    if recurring.frequency == "monthly":
        return day.day == min(recurring.day_of_month or 1, monthrange(day.year, day.month)[1])
    return True


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime | None:
    """The moment when the local clock shows this, at first if it does twice; None if it never does."""
    local = datetime.combine(day, clock, zone)
    moment = local.astimezone(UTC)
    return moment if moment.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None) else None
