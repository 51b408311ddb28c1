"""What a scenario recorded, for those who may see it."""

from uuid import UUID

from functions.metrics.models import MetricsFilter
from shared.mockupaws.auth.access import Caller
from shared.mockupaws.contracts.metrics import Metrics
from shared.mockupaws.db import Rows
from shared.mockupaws.errors import Detail, InvalidRequestError
from shared.mockupaws.records.metrics import read_metrics
from shared.mockupaws.records.store import read_recording


def metrics(connection: Rows, caller: Caller, scenario_id: UUID, wanted: MetricsFilter) -> Metrics:
    """A scenario's totals, its cost by service and its time series.

    Args:
        connection: in a transaction that sees one state of the database.
        caller: who asks.
        scenario_id: which scenario.
        wanted: the range and the length of a bucket.

    Raises:
        NotFoundError: there is no such scenario, or it is another user's.
        InvalidRequestError: the range ends before it begins.
    """
    if wanted.from_ and wanted.to and wanted.from_ >= wanted.to:
        detail = Detail("query.to", "must be after `from`")
        raise InvalidRequestError("The range of time ends before it begins.", details=(detail,))
    recording = read_recording(connection, scenario_id, caller.sees_of)
    return read_metrics(connection, recording, wanted.from_, wanted.to, wanted.interval)
