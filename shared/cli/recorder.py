"""Lines to recorded traffic, in memory that doesn't grow with them."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, field

from shared.cli.lines import Looked
from shared.cli.seen import Seen
from shared.cli.times import FAR_SECONDS, Times
from shared.mockupaws.contracts.sums import LogSum, Minute
from shared.mockupaws.contracts.traffic import ArrivalClass, Level, SeriesPoint, Traffic, TrafficCell, size_class

_MINUTE = 60
_OPEN_MINUTES = 10_000
_STEPS = (60, 3_600, 86_400, 30 * 86_400)
_MOST_POINTS = 1_500


@dataclass(slots=True)
class Input:
    """What came out of one file.

    Attributes:
        name: the file's, or `standard input`.
        lines: counted; empty ones are none.
        size_bytes: UTF-8 bytes of them.
        sqs_blocks: 64 KiB units of them.
        tokens: tokens of them.
        duplicates: lines equal to one before, in whatever file.
        pii_lines: lines with personal data.
        too_long: lines over 256 KiB, which SQS would not take: left out of everything.
        strays: lines with a time that is not believed (`Times` says which); they are counted, but elsewhere in time.
        first: when the first was written, seconds since 1970; None where none says.
        last: when the last was.
    """

    name: str
    lines: int = 0
    size_bytes: int = 0
    sqs_blocks: int = 0
    tokens: int = 0
    duplicates: int = 0
    pii_lines: int = 0
    too_long: int = 0
    strays: int = 0
    first: int | None = None
    last: int | None = None


@dataclass(slots=True)
class _Rate:
    minutes: int = 0
    logs: int = 0
    active_seconds: int = 0


@dataclass(slots=True)
class Recorder:
    """What the product would record if these lines were sent to it.

    A line that says no time (a stack trace) is of its predecessor's. The time recorded is what the files cover, from
    the first to the last line of each, a few that are far from all others apart: two files of one day are one day, two
    files of two days are two, and the gap between two files isn't recorded.
    """

    inputs: list[Input] = field(default_factory=list[Input])
    seen: Seen = field(default_factory=Seen)
    _cells: dict[tuple[Level, bool, int], LogSum] = field(default_factory=dict[tuple[Level, bool, int], LogSum])
    _minutes: dict[int, Minute] = field(default_factory=dict[int, Minute])
    _rates: dict[int, _Rate] = field(default_factory=dict[int, _Rate])
    _buckets: dict[int, list[int]] = field(default_factory=dict[int, list[int]])
    _step: int = _STEPS[0]
    _untimed: int = 0
    _times: Times = field(default_factory=Times)
    _latest: int | None = None
    _before: int = 0

    @property
    def lines(self) -> int:
        """Lines counted."""
        return sum(each.lines for each in self.inputs)

    @property
    def timed(self) -> bool:
        """Whether the lines say when they were written: more of them than not."""
        return self.lines > 0 and self._untimed * 2 < self.lines and self.recorded_seconds > 0

    @property
    def recorded_seconds(self) -> int:
        """The time that the files cover."""
        return sum(end - begin for begin, end in self._covered(_MINUTE))

    def begin(self, name: str) -> Input:
        """Opens the account of a file."""
        self.inputs.append(Input(name))
        self._times, self._latest = Times(), None
        return self.inputs[-1]

    def record(self, looked: Iterable[Looked]) -> None:
        """Takes in lines of the file that was begun last."""
        source = self.inputs[-1]
        for line in looked:
            duplicate = self.seen.add(line.digest)
            source.lines += 1
            source.size_bytes += line.size_bytes
            source.sqs_blocks += line.sqs_blocks
            source.tokens += line.tokens
            source.duplicates += duplicate
            source.pii_lines += line.has_pii
            self._sum(line, duplicate)
            self._arrive(line)
        if covered := self._times.covered():
            source.first, source.last, source.strays = covered

    def traffic(self) -> Traffic:
        """What was recorded. The series is empty where the lines say no times."""
        for minute in list(self._minutes):
            self._close(minute)
        while sum(end - begin for begin, end in self._covered(self._step)) > _MOST_POINTS * self._step:
            self._coarsen()
        return Traffic(
            cells=tuple(
                TrafficCell(level, duplicate, size, *astuple(sums))
                for (level, duplicate, size), sums in sorted(self._cells.items())
            ),
            arrivals=tuple(
                ArrivalClass(rate, sums.minutes, sums.logs, sums.active_seconds)
                for rate, sums in sorted(self._rates.items())
            ),
            bucket_seconds=self._step,
            series=tuple(
                SeriesPoint(*self._buckets.get(bucket, (0, 0, 0)))
                for begin, end in self._covered(self._step)
                for bucket in range(begin // self._step, end // self._step)
            ),
            recorded_seconds=self.recorded_seconds,
        )

    def _sum(self, line: Looked, duplicate: bool) -> None:
        key = (line.level, duplicate, size_class(line.size_bytes))
        sums = self._cells.get(key)
        if sums is None:
            sums = self._cells[key] = LogSum()
        sums.logs += 1
        sums.size_bytes += line.size_bytes
        sums.sqs_blocks += line.sqs_blocks
        sums.tokens += line.tokens
        sums.redacted_tokens += line.redacted_tokens
        sums.pii_logs += line.has_pii

    def _arrive(self, line: Looked) -> None:
        second = line.second
        if second is not None:
            self._times.add(second)
            self._follow(second)
        elif self._latest is not None:
            second = self._latest
        else:
            self._untimed += 1
            return
        minute = self._minutes.get(second // _MINUTE)
        if minute is None:
            minute = self._minutes[second // _MINUTE] = Minute()
            if len(self._minutes) > _OPEN_MINUTES:
                for old in sorted(self._minutes)[: _OPEN_MINUTES // 2]:
                    self._close(old)
        minute.logs += 1
        minute.seconds |= 1 << second % _MINUTE
        bucket = self._buckets.setdefault(second // self._step, [0, 0, 0])
        bucket[0] += 1
        bucket[1] += line.size_bytes
        bucket[2] += line.tokens
        if len(self._buckets) > _MOST_POINTS:
            self._coarsen()

    def _follow(self, second: int) -> None:
        """Makes a time that of the lines behind it, but one far from all before it only when the next is near it."""
        before, self._before = self._before, second
        if self._latest is None or min(abs(second - self._latest), abs(second - before)) <= FAR_SECONDS:
            self._latest = second

    def _close(self, minute: int) -> None:
        """Adds a minute to its rate's sums. A late line of it opens it once more, as if it were another one."""
        closed = self._minutes.pop(minute)
        rate = self._rates.setdefault(size_class(closed.logs), _Rate())
        rate.minutes += 1
        rate.logs += closed.logs
        rate.active_seconds += closed.active_seconds

    def _coarsen(self) -> None:
        """Takes larger buckets, so that there are fewer of them."""
        larger = next((step for step in _STEPS if step > self._step), self._step * 12)
        joined: dict[int, list[int]] = {}
        for bucket, sums in self._buckets.items():
            target = joined.setdefault(bucket * self._step // larger, [0, 0, 0])
            for index, value in enumerate(sums):
                target[index] += value
        self._buckets, self._step = joined, larger

    def _covered(self, step: int) -> list[tuple[int, int]]:
        """The spans that files cover, in whole steps, joined where they touch; (begin, end) in seconds."""
        spans = sorted(
            (each.first // step * step, (each.last // step + 1) * step)
            for each in self.inputs
            if each.first is not None and each.last is not None
        )
        joined: list[tuple[int, int]] = []
        for begin, end in spans:
            if joined and begin <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(joined[-1][1], end))
            else:
                joined.append((begin, end))
        return joined
