"""What pipelines cost: `/scenarios/{id}/estimate`, `/what-if`, `/scenarios/compare` and `/estimates`."""

from typing import Annotated
from uuid import UUID

from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.estimates import service
from functions.estimates.models import UsageBody, WhatIfBody
from shared.mockupaws.auth.access import reads
from shared.mockupaws.contracts.estimates import Bill, Comparison, ScenarioEstimate, WhatIfAnswer
from shared.mockupaws.contracts.wire import Day
from shared.mockupaws.db import database
from shared.mockupaws.http import Api

api = Api("estimates")


@api.get("/scenarios/<scenario_id>/estimate", access=reads("read:metrics"))
def get_estimate(scenario_id: UUID, prices_on: Annotated[Day | None, Query()] = None) -> ScenarioEstimate:
    """Say what a scenario's traffic costs.

    `observed` is what was recorded, at first-tier list price; `monthly` is that projected to a month, with volume
    tiers and, if assumed, the free tier. Prices are today's, or with `?prices_on=2026-09-01` those of that day: what
    was estimated then is estimated again.
    """
    with database().transaction() as connection:
        return service.estimate(connection, api.caller, scenario_id, prices_on)


@api.post("/scenarios/<scenario_id>/what-if", access=reads("read:metrics"))
def what_if(scenario_id: UUID, body: WhatIfBody) -> WhatIfAnswer:
    """Price other designs on a scenario's recorded traffic, and find what saves."""
    with database().transaction() as connection:
        return service.try_out(connection, api.caller, scenario_id, body)


@api.get("/scenarios/compare", access=reads("read:metrics"))
def compare_scenarios(ids: Annotated[list[UUID], Query(min_length=2, max_length=4)]) -> Comparison:
    """Put two to four scenarios side by side, each beside the first: `?ids=one,other`."""
    with database().transaction() as connection:
        return service.compare(connection, api.caller, ids)


@api.post("/estimates", access=reads("read:metrics"))
def price_usage(body: UsageBody) -> Bill:
    """Price a month's usage that is given in numbers, to be held against AWS's own examples."""
    with database().transaction() as connection:
        return service.price(connection, body)


handler = api.handle
