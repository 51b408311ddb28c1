"""`/scenarios/{id}/metrics`: what a scenario recorded, over time."""

from typing import Annotated
from uuid import UUID

from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.metrics import service
from functions.metrics.models import MetricsFilter
from shared.mockupaws.auth.access import reads
from shared.mockupaws.contracts.metrics import Metrics
from shared.mockupaws.db import database
from shared.mockupaws.http import Api

api = Api("metrics")


@api.get("/scenarios/<scenario_id>/metrics", access=reads("read:metrics"))
def get_metrics(scenario_id: UUID, wanted: Annotated[MetricsFilter, Query()]) -> Metrics:
    """Read a scenario's totals, its cost by service and its time series.

    All figures are of one moment and add up: the buckets to the services' costs, those to the total. It takes as long
    for ten thousand logs as for ten million.
    """
    with database().transaction(snapshot=True) as connection:
        return service.metrics(connection, api.caller, scenario_id, wanted)


handler = api.handle
