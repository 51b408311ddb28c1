"""What pipelines cost: a scenario's, variants of it, several side by side, or none at all but given quantities."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from math import ceil
from uuid import UUID

from functions.estimates.models import (
    BedrockQuantities,
    LambdaQuantities,
    ProvisionedQuantities,
    SqsQuantities,
    UsageBody,
    WhatIfBody,
)
from shared.mockupaws.auth.access import Caller
from shared.mockupaws.contracts.estimates import (
    Bill,
    ComparedScenario,
    Comparison,
    ScenarioEstimate,
    ServiceCost,
    WhatIfAnswer,
)
from shared.mockupaws.costing.charge import bill
from shared.mockupaws.costing.delta import delta
from shared.mockupaws.costing.estimate import month, monthly, observed
from shared.mockupaws.costing.functions import FunctionUsage, Provisioned, function_cost
from shared.mockupaws.costing.price_book import NotPricedError
from shared.mockupaws.costing.queues import messages, queue_cost, requests
from shared.mockupaws.costing.savings import savings
from shared.mockupaws.costing.terms import Terms
from shared.mockupaws.costing.tokens import TokenUsage, token_cost
from shared.mockupaws.costing.what_if import Variant, what_if
from shared.mockupaws.db import Rows
from shared.mockupaws.errors import InvalidRequestError
from shared.mockupaws.records.prices import price_book
from shared.mockupaws.records.store import Recording, read_recording, read_traffic

_FIVE_MINUTES = 300
_HOUR = 3600
_MILLISECOND = 3  # places of a second


def estimate(connection: Rows, caller: Caller, scenario_id: UUID, prices_on: date | None) -> ScenarioEstimate:
    """What a scenario's traffic costs, as recorded and in a month, at today's prices or those of another day.

    Raises:
        NotFoundError: there is no such scenario, or it is another user's.
        NotPricedError: its design has lost its price, or had none on that day.
    """
    design = _recording(connection, caller, scenario_id)
    traffic = read_traffic(connection, scenario_id)
    book = price_book(connection, design.region, prices_on)
    return ScenarioEstimate(
        scenario_id=str(scenario_id),
        region=design.region,
        pipeline=design.pipeline,
        observed=observed(traffic, design.pipeline, book, design.region),
        monthly=monthly(traffic, design.pipeline, book, design.region),
    )


def try_out(connection: Rows, caller: Caller, scenario_id: UUID, body: WhatIfBody) -> WhatIfAnswer:
    """Prices variants of a scenario's design on what was recorded. No log is read.

    Raises:
        NotFoundError: there is no such scenario, or it is another user's.
        InvalidRequestError: AWS wouldn't build a variant, or doesn't sell what it needs.
    """
    design = _recording(connection, caller, scenario_id)
    traffic = read_traffic(connection, scenario_id)
    regions = {design.region, *(variant.region for variant in body.variants if variant.region)}
    books = {region: price_book(connection, region, body.prices_on) for region in regions}
    variants = [Variant(variant.name, variant.pipeline, variant.region) for variant in body.variants]
    base, priced = what_if(traffic, design.pipeline, books, design.region, variants, path="body.variants")
    of = month(traffic, design.pipeline.assumptions.hours_per_month) if body.savings else None
    return WhatIfAnswer(
        scenario_id=str(scenario_id),
        region=design.region,
        monthly=base,
        variants=priced,
        savings=savings(traffic, design.pipeline, books[design.region], design.region, of) if of else None,
    )


def compare(connection: Rows, caller: Caller, ids: Sequence[UUID]) -> Comparison:
    """Scenarios side by side, each beside the first.

    Raises:
        InvalidRequestError: a scenario is named twice.
        NotFoundError: one of them doesn't exist, or is another user's.
        NotPricedError: a design has lost its price.
    """
    if len(set(ids)) < len(ids):
        raise InvalidRequestError("Name each scenario once in `ids`.")
    compared: list[ComparedScenario] = []
    for scenario_id in ids:
        design = _recording(connection, caller, scenario_id)
        traffic = read_traffic(connection, design.id)
        book = price_book(connection, design.region)
        projected = monthly(traffic, design.pipeline, book, design.region)
        compared.append(
            ComparedScenario(
                scenario_id=str(design.id),
                name=design.name,
                region=design.region,
                pipeline=design.pipeline,
                observed=observed(traffic, design.pipeline, book, design.region),
                monthly=projected,
                delta=delta(projected, compared[0].monthly) if compared else None,
            )
        )
    return Comparison(scenarios=tuple(compared))


def price(connection: Rows, body: UsageBody) -> Bill:
    """Prices a month's usage.

    Raises:
        NotPricedError: a model or mode isn't sold in the region.
    """
    book = price_book(connection, body.region, body.prices_on)
    terms = Terms(book, body.region, volume_tiers=True, free_tier=body.free_tier)
    services: list[ServiceCost] = []
    try:
        if body.usage.sqs is not None:
            services.append(_queue(body.usage.sqs, terms))
        if body.usage.lambda_ is not None:
            services.append(_function(body.usage.lambda_, terms))
        if body.usage.bedrock is not None:
            services.append(_model(body.usage.bedrock, terms))
    except NotPricedError as error:
        raise error.within("body" if error.field == "region" else "body.usage") from error
    return bill(services)


def _queue(asked: SqsQuantities, terms: Terms) -> ServiceCost:
    if asked.messages is None or asked.avg_message_bytes is None:
        return queue_cost(requests(asked.queue_type, asked.requests or 0), terms)
    usage = messages(
        asked.queue_type,
        asked.messages,
        asked.avg_message_bytes,
        send_batch=asked.send_batch_size,
        receive_batch=asked.receive_batch_size,
    )
    return queue_cost(usage, terms)


def _function(asked: LambdaQuantities, terms: Terms) -> ServiceCost:
    usage = FunctionUsage(
        architecture=asked.architecture,
        invocations=asked.invocations,
        billed_ms=asked.invocations * ceil(asked.duration_ms),
        memory_mb=asked.memory_mb,
        ephemeral_storage_mb=asked.ephemeral_storage_mb,
        provisioned=_warm(asked.provisioned_concurrency) if asked.provisioned_concurrency else None,
    )
    return function_cost(usage, terms)


def _warm(asked: ProvisionedQuantities) -> Provisioned:
    """Time "rounded up to the nearest five minutes" (AWS Lambda pricing, provisioned concurrency), from the first on.

    To the millisecond before: ten minutes are 0.166666666666667 hours to whoever writes so many digits.
    """
    seconds = round(asked.hours * _HOUR, _MILLISECOND)
    begun = max(1, ceil(seconds / _FIVE_MINUTES))
    return Provisioned(asked.count, Decimal(begun * _FIVE_MINUTES), asked.memory_mb)


def _model(asked: BedrockQuantities, terms: Terms) -> ServiceCost:
    usage = TokenUsage(
        model_id=asked.model_id,
        mode=asked.mode,
        input_tokens=asked.input_tokens,
        output_tokens=asked.output_tokens,
        cache_read_tokens=asked.cache_read_tokens,
        cache_write_tokens=asked.cache_write_tokens,
    )
    return token_cost(usage, terms)


def _recording(connection: Rows, caller: Caller, scenario_id: UUID) -> Recording:
    return read_recording(connection, scenario_id, caller.sees_of)
