"""When a schedule is due: at a minute of the clock that people look at, in their own time zone.

As EventBridge Scheduler does it: a time that daylight saving repeats is due once, at its first occurrence; one that it
skips isn't due that day, but on the next that the schedule names and that has it. Unlike EventBridge, whose cron would
leave out a short month, the 31st of a month that ends before it is its last day.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

Frequency = Literal["daily", "weekly", "monthly"]

_DAY = timedelta(days=1)
# Files of the time zone database that name no place.
_NO_ZONES = frozenset({"Factory", "localtime", "posixrules"})


@cache
def time_zones() -> frozenset[str]:
    """The IANA names of time zones."""
    return frozenset(available_timezones()) - _NO_ZONES


@dataclass(frozen=True, slots=True)
class Recurrence:
    """When something is due, again and again.

    Attributes:
        frequency: each day, one day of each week, or one day of each month.
        hour: of the local clock, 0 to 23.
        minute: of the local clock, 0 to 59.
        timezone: IANA name.
        day_of_week: 0 is Sunday; for a weekly one.
        day_of_month: 1 to 31, where a shorter month's last day stands for what it lacks; for a monthly one.
    """

    frequency: Frequency
    hour: int
    minute: int
    timezone: str
    day_of_week: int | None = None
    day_of_month: int | None = None

    def next_after(self, moment: datetime) -> datetime:
        """The first time it is due after a moment, in UTC.

        Args:
            moment: aware.
        """
        zone = ZoneInfo(self.timezone)
        clock = time(self.hour, self.minute)
        # A zone's offset changes what day it is by one at most.
        days = self._days_from(moment.astimezone(zone).date() - _DAY)
        return next(due for due in (_at(day, clock, zone) for day in days) if due is not None and due > moment)

    def _days_from(self, first: date) -> Iterator[date]:
        day = first
        while True:
            if self._falls_on(day):
                yield day
            day += _DAY

    def _falls_on(self, day: date) -> bool:
        if self.frequency == "weekly":
            return day.isoweekday() % 7 == self.day_of_week
        if self.frequency == "monthly":
            return day.day == min(self.day_of_month or 1, monthrange(day.year, day.month)[1])
        return True


def _at(day: date, clock: time, zone: ZoneInfo) -> datetime | None:
    """The moment when the local clock shows this, at first if it does twice; None if it never does."""
    local = datetime.combine(day, clock, zone)
    moment = local.astimezone(UTC)
    return moment if moment.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None) else None
