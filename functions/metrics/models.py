"""What can be asked of a scenario's metrics."""

from typing import Annotated

from pydantic import Field

from shared.mockupaws.contracts.metrics import Interval
from shared.mockupaws.contracts.wire import Reply, Utc


class MetricsFilter(Reply):
    """A range of time, and how finely to cut it.

    Attributes:
        from_: at or after; the first log if not given.
        to: before; to the last log if not given.
        interval: the least length of a bucket. Where that would make too many of them, they are longer.
    """

    from_: Annotated[Utc | None, Field(alias="from")] = None
    to: Utc | None = None
    interval: Interval = "auto"
