"""What an estimate says: a bill whose every line can be followed to a quantity and a published price."""

from datetime import date

from shared.mockupaws.contracts.pipeline import Pipeline
from shared.mockupaws.contracts.prices import PriceUnit, Service
from shared.mockupaws.contracts.wire import Number, Reply, Usd


class Line(Reply):
    """One line of a bill: `quantity * unit_price == cost_usd`, exactly.

    Attributes:
        service: who charges it.
        item: what is charged, for programs: `send`, `receive`, `delete`, `empty_receive`, `requests`, `duration`,
            `ephemeral_storage`, `provisioned_concurrency`, `provisioned_duration`, `input_tokens`, `output_tokens`,
            `cache_read_tokens`, `cache_write_tokens`, `free_tier_requests`, `free_tier_duration`.
        description: the same for people.
        quantity: units charged.
        unit: what one of them is: `request`, `GB-second`, `token`.
        unit_price: US dollars for one of them; negative where the free tier gives it back.
        tier: the price row's tier (`standard`, `arm64`, `batch`); `free` for the free tier's line.
        from_quantity: where the row's volume tier begins, in units a month.
        to_quantity: where the next one begins, null for the last.
        cost_usd: what it comes to.
        list_price: the price as AWS writes it.
        list_unit: per how many units that is.
        price_source: where the price was read.
        price_date: since when it holds.
        verified: whether AWS itself was the source.
    """

    service: Service
    item: str
    description: str
    quantity: Number
    unit: str
    unit_price: Usd
    tier: str
    from_quantity: Number
    to_quantity: Number | None
    cost_usd: Usd
    list_price: Usd
    list_unit: PriceUnit
    price_source: str | None
    price_date: date
    verified: bool


class ServiceCost(Reply):
    """A service's part of a bill: the sum of its lines, exactly."""

    service: Service
    cost_usd: Usd
    lines: tuple[Line, ...]


class Bill(Reply):
    """What a usage costs: the sum of its services, exactly.

    Attributes:
        total_usd: what it comes to.
        services: who charges what.
        pricing_as_of: the newest price in it took effect on this day; null where nothing was charged.
    """

    total_usd: Usd
    services: tuple[ServiceCost, ...]
    pricing_as_of: date | None


class UsageSummary(Reply):
    """The quantities that a bill was made of.

    Attributes:
        logs: messages.
        size_bytes: their UTF-8 bytes.
        log_tokens: their `cl100k_base` tokens, before anything is dropped.
        sqs_blocks: 64 KiB units of the messages, each alone.
        sqs_requests: requests charged by SQS.
        lambda_invocations: requests charged by Lambda.
        lambda_gb_seconds: GB-seconds of duration.
        llm_logs: logs that reach the model.
        llm_calls: calls of the model.
        llm_input_tokens: in the model's own tokens, as are the next two; without what is read from its cache.
        llm_output_tokens: what it answers.
        llm_cached_tokens: read from or written to its cache.
    """

    logs: int
    size_bytes: int
    log_tokens: int
    sqs_blocks: int
    sqs_requests: int
    lambda_invocations: int
    lambda_gb_seconds: Number
    llm_logs: int
    llm_calls: int
    llm_input_tokens: int
    llm_output_tokens: int
    llm_cached_tokens: int

    @property
    def llm_tokens(self) -> int:
        """Every token that the model charges for."""
        return self.llm_input_tokens + self.llm_output_tokens + self.llm_cached_tokens


class TokenBand(Reply):
    """How a model's own tokens relate to the counted `cl100k_base` tokens.

    Attributes:
        factor: the model's tokens per counted token.
        low: the least that was measured or is likely.
        high: the most.
        source: who measured it, or that nobody did.
        verified: whether it is a measurement of this model or its tokenizer.
    """

    factor: Number
    low: Number
    high: Number
    source: str
    verified: bool


class Estimate(Bill):
    """A bill for recorded traffic.

    Attributes:
        low_usd: with the model's tokens at the low end of their band (and, in a month, the traffic at its low end).
        high_usd: at the high end.
        usage: the quantities of `total_usd`.
        tokens: how the model's tokens were reckoned; null for a design without an LLM.
    """

    low_usd: Usd
    high_usd: Usd
    usage: UsageSummary
    tokens: TokenBand | None


class Sample(Reply):
    """What a projection rests on.

    Attributes:
        recorded_seconds: time recorded.
        logs: messages recorded in it.
        blocks: blocks of time that were resampled.
        scale: the month over the time recorded.
    """

    recorded_seconds: int
    logs: int
    blocks: int
    scale: Number


class Warned(Reply):
    """Something to know before the figure is used.

    Attributes:
        code: `no_traffic`, `short_sample`, `no_daily_cycle`, `no_weekly_cycle`, `long_silence`, `stray_times`,
            `invocation_too_long`, `prompt_not_cached`, `unverified_prices`, `unmeasured_tokenizer`.
        message: the same for people.
    """

    code: str
    message: str


class MonthlyEstimate(Estimate):
    """The recorded traffic, projected to a month.

    Attributes:
        expected_usd: `total_usd` by the name that goes with `low_usd` and `high_usd`.
        confidence: how often the month's traffic is between the two ends that were priced, if it goes on as recorded;
            null where too little was recorded to say (`short_sample`, `no_traffic`).
        sample: what the projection rests on.
        warnings: what to know before it is used.
    """

    expected_usd: Usd
    confidence: Number | None
    sample: Sample
    warnings: tuple[Warned, ...]


class ServiceDelta(Reply):
    """A service's cost beside another design's."""

    service: Service
    cost_usd: Usd
    delta_usd: Usd
    delta_percent: Number | None


class Delta(Reply):
    """A bill beside another.

    Attributes:
        delta_usd: this less the other.
        delta_percent: the same in percent of the other, to four places; null where the other is 0.
        services: by service, the dearest change first.
    """

    delta_usd: Usd
    delta_percent: Number | None
    services: tuple[ServiceDelta, ...]


class VariantEstimate(Reply):
    """Another design on the same traffic."""

    name: str
    region: str
    pipeline: Pipeline
    monthly: MonthlyEstimate
    delta: Delta


class Saving(Reply):
    """One change worth making, alone.

    Attributes:
        change: its name, for programs.
        description: what to do, for people.
        consequence: what else it changes, for people: nothing is free.
        pipeline: the design with only this change.
        monthly_usd: what the month then costs.
        saving_usd: dollars a month less.
        saving_percent: of the month.
    """

    change: str
    description: str
    consequence: str
    pipeline: Pipeline
    monthly_usd: Usd
    saving_usd: Usd
    saving_percent: Number


class SavingStep(Reply):
    """A change on top of those before it, so that the steps add up."""

    change: str
    marginal_usd: Usd
    monthly_usd: Usd


class Savings(Reply):
    """What could be saved.

    Attributes:
        changes: each alone, by dollars a month. Their sum is not what all of them save: they work on the same lines.
        steps: the changes one on top of the other, the most worth first; these do add up to `saving_usd`.
        monthly_usd: the month with every step.
        saving_usd: dollars a month less than the scenario.
        pipeline: the design with every step.
    """

    changes: tuple[Saving, ...]
    steps: tuple[SavingStep, ...]
    monthly_usd: Usd
    saving_usd: Usd
    pipeline: Pipeline


class ScenarioEstimate(Reply):
    """The answer of `GET /scenarios/{id}/estimate`."""

    scenario_id: str
    region: str
    pipeline: Pipeline
    observed: Estimate
    monthly: MonthlyEstimate


class WhatIfAnswer(Reply):
    """The answer of `POST /scenarios/{id}/what-if`: each variant's month beside the scenario's."""

    scenario_id: str
    region: str
    monthly: MonthlyEstimate
    variants: tuple[VariantEstimate, ...]
    savings: Savings | None = None


class ComparedScenario(Reply):
    """One of the scenarios that are compared; the first has no delta."""

    scenario_id: str
    name: str
    region: str
    pipeline: Pipeline
    observed: Estimate
    monthly: MonthlyEstimate
    delta: Delta | None


class Comparison(Reply):
    """The answer of `GET /scenarios/compare`."""

    scenarios: tuple[ComparedScenario, ...]
