"""What CloudWatch counts of a stage: the names that log lines write and the dashboard reads.

Each combination of a name and its dimensions' values that is written in a month costs what CloudWatch asks for a custom
metric. What AWS counts of functions, queues and the API by itself isn't counted again.
"""

from enum import Enum
from typing import Literal, NamedTuple

NAMESPACE = "mockupAWS"

Dimension = Literal["stage", "service", "kind"]


class Counted(NamedTuple):
    """One metric.

    Attributes:
        title: its name in CloudWatch.
        unit: as CloudWatch writes it.
        dimensions: by which it is told apart: `service` is the function, `kind` why something failed.
        services: the functions that count it; none where all do.
    """

    title: str
    unit: Literal["Count", "Milliseconds"]
    dimensions: tuple[Dimension, ...]
    services: tuple[str, ...] = ()


_EACH: tuple[Dimension, ...] = ("stage", "service")
_DOORS = ("ingest", "log_stream")
_STORE = ("store_logs",)


class Count(Enum):
    """All that is counted."""

    COLD_STARTS = Counted("ColdStarts", "Count", ("stage",))
    FAILURES = Counted("Failures", "Count", ("stage", "service", "kind"))
    LOGS_ACCEPTED = Counted("LogsAccepted", "Count", _EACH, _DOORS)
    LOGS_REJECTED = Counted("LogsRejected", "Count", _EACH, _DOORS)
    LOGS_STORED = Counted("LogsStored", "Count", _EACH, _STORE)
    LOGS_DUPLICATE = Counted("LogsDuplicate", "Count", _EACH, _STORE)
    BATCHES_STORED = Counted("BatchesStored", "Count", _EACH, _STORE)
    STORE_DELAY = Counted("StoreDelay", "Milliseconds", _EACH, _STORE)


FailureKind = Literal["unavailable", "internal_error", "message"]
"""Why something failed: what it needs is away, nobody foresaw it, or it is about one message of a batch."""
