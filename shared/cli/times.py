"""When a file's lines were written, as far as that can be believed."""

from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

FAR_SECONDS = 30 * 86_400
"""What is nearer to the other times is one of them: a log may be quiet for so long."""
_FEW = 20


class Covered(NamedTuple):
    """The time that a file covers.

    Attributes:
        first: seconds since 1970.
        last: seconds since 1970.
        strays: times that are not in between, and not believed.
    """

    first: int
    last: int
    strays: int


@dataclass(slots=True)
class _Period:
    first: int
    last: int
    lines: int = 0


@dataclass(slots=True)
class Times:
    """The times of a file's lines, by periods of 30 days, so that memory doesn't grow with the lines.

    A line may say a time that isn't its own (a certificate's end, a birthday, a clock that was not set yet), and one of
    them would make years of an hour. So a few of a file's times, one in twenty at most, are not believed if they are
    further from all others than 30 days, and than these are apart.
    """

    periods: dict[int, _Period] = field(default_factory=dict[int, _Period])

    def add(self, second: int) -> None:
        """Takes in a line's time, seconds since 1970."""
        period = self.periods.get(second // FAR_SECONDS)
        if period is None:
            period = self.periods[second // FAR_SECONDS] = _Period(second, second)
        elif second < period.first:
            period.first = second
        elif second > period.last:
            period.last = second
        period.lines += 1

    def covered(self) -> Covered | None:
        """From when to when the file's lines are; None where none says a time."""
        if not self.periods:
            return None
        periods = [self.periods[number] for number in sorted(self.periods)]
        before = [0, *accumulate(period.lines for period in periods)]
        begin, end = _shortest(periods, before, before[-1] - before[-1] // _FEW)
        while True:
            far = max(FAR_SECONDS, periods[end].last - periods[begin].first)
            if begin and periods[begin].first - periods[begin - 1].last <= far:
                begin -= 1
            elif end + 1 < len(periods) and periods[end + 1].first - periods[end].last <= far:
                end += 1
            else:
                return Covered(periods[begin].first, periods[end].last, before[-1] - (before[end + 1] - before[begin]))


def _shortest(periods: list[_Period], before: list[int], lines: int) -> tuple[int, int]:
    """The first and the last of those consecutive periods that hold so many lines in the shortest time."""
    shortest, begin = (0, len(periods) - 1), 0
    for end in range(len(periods)):
        while before[end + 1] - before[begin + 1] >= lines:
            begin += 1
        if before[end + 1] - before[begin] >= lines and _span(periods, begin, end) < _span(periods, *shortest):
            shortest = begin, end
    return shortest


def _span(periods: list[_Period], begin: int, end: int) -> int:
    return periods[end].last - periods[begin].first
