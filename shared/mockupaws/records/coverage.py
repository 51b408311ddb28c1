"""Which time a scenario's logs stand for."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

_FEW = 20
_HOUR = timedelta(hours=1)


class Came(NamedTuple):
    """What came in a part of time.

    Attributes:
        logs: messages.
        active_hours: hours of the clock with a message.
    """

    logs: int
    active_hours: int


class Part(NamedTuple):
    """A run of a scenario, or the time before, between or after its runs, as far as logs say that they are from then.

    Attributes:
        begin: the first minute with a log.
        end: of the last minute with a log.
        is_run: whether the scenario was running. Outside of its runs there is what was written earlier and sent later:
            a file, or what a shipper had kept.
        came: what came in it; None where that isn't asked, since it is recorded time whatever came.
    """

    begin: datetime
    end: datetime
    is_run: bool
    came: Came | None = None

    @property
    def seconds(self) -> int:
        """From begin to end."""
        return int((self.end - self.begin).total_seconds())

    @property
    def is_doubtful(self) -> bool:
        """Whether it may be nothing but a few logs with a time that isn't theirs."""
        return not self.is_run and self.end - self.begin > _HOUR


def believed(parts: Iterable[Part], logs: int) -> list[Part]:
    """The parts that are recorded time.

    A run is, its quiet hours included. Outside of the runs a log may say a time that isn't its own (a clock that was
    not set, a retry that lay for weeks), and two of them would make weeks of ten minutes: so a few, one in twenty of
    all, that leave most hours between them empty are counted as logs but not as time.

    Args:
        parts: all there are.
        logs: messages recorded in all.
    """
    return [
        part for part in parts if part.came is None or part.came.logs * _FEW > logs or not _is_sparse(part, part.came)
    ]


def _is_sparse(part: Part, came: Came) -> bool:
    return came.active_hours * _HOUR * 2 < part.end - part.begin
