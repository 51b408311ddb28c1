"""What a benchmark says: figures with their goals, and ratios measured side by side."""

import operator
import resource
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

_HOLDS: dict[str, Callable[[float, float], bool]] = {"<=": operator.le, ">=": operator.ge, "<": operator.lt}


@dataclass(frozen=True)
class Goal:
    """What a figure should be.

    Attributes:
        sign: how the figure should stand to the bound.
        bound: in the figure's unit.
    """

    sign: Literal["<=", ">=", "<"]
    bound: float

    def __str__(self) -> str:
        return f"{self.sign} {self.bound:g}"

    def met(self, value: float) -> bool:
        """Whether a value is as it should be."""
        return _HOLDS[self.sign](value, self.bound)


@dataclass(frozen=True)
class Figure:
    """One measured number.

    Attributes:
        name: as in bench.json.
        value: in `unit`.
        unit: `ratio`, `ms`, `requests/s`, `MB`.
        goal: None where the number only explains another.
        about: what was measured against what, a sentence for docs/performance.md.
    """

    name: str
    value: float
    unit: str
    goal: Goal | None
    about: str


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """How long the work takes.

    Args:
        work: what is timed.
        clock: `time.process_time` for work that is all in this process.
    """
    started = clock()
    work()
    return clock() - started


def peak_mb() -> float:
    """The most memory that this process had at once, MB."""
    status = Path("/proc/self/status")
    if status.exists():
        # Not ru_maxrss: Linux counts in it what the parent had when it forked.
        (line,) = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024


class Turns(NamedTuple):
    """What contestants took.

    Attributes:
        taken: seconds of each turn, by contestant.
    """

    taken: Mapping[str, Sequence[float]]

    def seconds(self, name: str) -> float:
        """The median of a contestant's turns."""
        return statistics.median(self.taken[name])

    def ratio(self, over: str, under: str) -> float:
        """The median of the turns' ratios: what slows the machine for longer than a turn slows both of them in it."""
        return statistics.median(a / b for a, b in zip(self.taken[over], self.taken[under], strict=True))


def side_by_side(rounds: int, contestants: Mapping[str, Callable[[], float]]) -> Turns:
    """Has contestants take turns, so that a busy machine slows all or none.

    Args:
        rounds: how often each has its turn; it has one more before, which doesn't count.
        contestants: by name; each says how many seconds of its turn count.
    """
    taken: dict[str, list[float]] = {name: [] for name in contestants}
    for turn in range(rounds + 1):
        for name, contestant in contestants.items():
            took = contestant()
            if turn:
                taken[name].append(took)
    return Turns(taken)
