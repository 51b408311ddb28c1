from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.mockupaws.contracts.estimates import MonthlyEstimate
from shared.mockupaws.contracts.pipeline import Pipeline
from shared.mockupaws.contracts.traffic import ArrivalClass, Traffic, TrafficCell
from shared.mockupaws.costing.calibration import family
from shared.mockupaws.costing.estimate import month, monthly, monthly_total, observed
from shared.mockupaws.costing.price_book import NotPricedError, PriceBook
from shared.mockupaws.costing.seed import seed_prices
from tests.unit.costing.recordings import RECORDINGS, STEADY, Log, recorded

BOOK = PriceBook(seed_prices())
REGION = "us-east-1"
SONNET = "us.anthropic.claude-sonnet-4-5-20250929-v1:0"

NOVA = "global.amazon.nova-2-lite-v1:0"

PIPELINES = st.fixed_dictionaries(
    {
        "sqs": st.fixed_dictionaries(
            {
                "send_batch_size": st.integers(1, 10),
                "receive_batch_size": st.integers(1, 500),
                "batch_window_s": st.integers(1, 300),
            }
        ),
        "bedrock": st.fixed_dictionaries(
            {
                "model_id": st.sampled_from([SONNET, NOVA, "amazon.titan-embed-text-v2:0", None]),
                "cached_prompt": st.booleans(),
                "logs_per_call": st.integers(1, 50),
                "prompt_tokens_per_call": st.just(1500),
            }
        ),
        "reduce": st.fixed_dictionaries({"sample_rate": st.sampled_from([0, 0.1, 0.5, 1])}),
        "assumptions": st.fixed_dictionaries({"free_tier": st.booleans()}),
    }
).map(Pipeline.model_validate)


def times(traffic: Traffic, factor: int) -> Traffic:
    """The same traffic, `factor` times as dense."""
    return traffic._replace(
        cells=tuple(multiplied(cell, factor) for cell in traffic.cells),
        arrivals=tuple(
            ArrivalClass(arrival.rate_class, arrival.minutes, arrival.logs * factor, arrival.active_seconds)
            for arrival in traffic.arrivals
        ),
    )


def multiplied(cell: TrafficCell, factor: int) -> TrafficCell:
    return cell._replace(
        logs=cell.logs * factor,
        size_bytes=cell.size_bytes * factor,
        sqs_blocks=cell.sqs_blocks * factor,
        tokens=cell.tokens * factor,
        redacted_tokens=cell.redacted_tokens * factor,
    )


@given(RECORDINGS, PIPELINES)
def test_low_is_not_above_expected_nor_expected_above_high(traffic: Traffic, pipeline: Pipeline) -> None:
    estimate = monthly(traffic, pipeline, BOOK, REGION)
    assert estimate.low_usd <= estimate.expected_usd <= estimate.high_usd
    assert estimate.expected_usd == estimate.total_usd >= 0


@given(RECORDINGS, PIPELINES)
def test_services_and_lines_add_up(traffic: Traffic, pipeline: Pipeline) -> None:
    for estimate in (observed(traffic, pipeline, BOOK, REGION), monthly(traffic, pipeline, BOOK, REGION)):
        assert sum(service.cost_usd for service in estimate.services) == estimate.total_usd
        for service in estimate.services:
            assert sum(line.cost_usd for line in service.lines) == service.cost_usd
            assert all(line.quantity * line.unit_price == line.cost_usd for line in service.lines)


@given(RECORDINGS, PIPELINES, st.integers(2, 1000))
def test_denser_traffic_never_costs_less(traffic: Traffic, pipeline: Pipeline, factor: int) -> None:
    """Per log it may: fuller batches. In all it may not."""
    without_idle = pipeline.model_copy(update={"sqs": pipeline.sqs.model_copy(update={"empty_receives_per_minute": 0})})
    thin = observed(traffic, without_idle, BOOK, REGION)
    assert observed(times(traffic, factor), without_idle, BOOK, REGION).total_usd >= thin.total_usd


@given(RECORDINGS, PIPELINES)
def test_a_total_alone_is_the_same_total(traffic: Traffic, pipeline: Pipeline) -> None:
    of = month(traffic, pipeline.assumptions.hours_per_month)
    total = monthly_total(traffic, pipeline, BOOK, REGION, of)
    assert total == monthly(traffic, pipeline, BOOK, REGION, of).total_usd


def test_a_month_is_the_recording_that_many_times() -> None:
    """Three hours of a log a second: 730 / 3 times as much of everything."""
    estimate = monthly(STEADY, Pipeline(), BOOK, REGION)
    assert estimate.usage.logs == 730 * 3600
    assert estimate.low_usd < estimate.expected_usd < estimate.high_usd  # the tokenizer's band; the traffic has none
    assert estimate.sample.recorded_seconds == 3 * 3600
    assert [warning.code for warning in estimate.warnings][:1] == ["no_daily_cycle"]


def test_observed_is_at_list_price_and_has_no_idle_polling() -> None:
    pipeline = Pipeline.model_validate({"assumptions": {"free_tier": True}})
    items = [line.item for service in observed(STEADY, pipeline, BOOK, REGION).services for line in service.lines]
    assert items == ["send", "receive", "delete", "requests", "duration", "input_tokens", "output_tokens"]


def test_the_free_tier_is_given_to_a_month() -> None:
    pipeline = Pipeline.model_validate({"assumptions": {"free_tier": True}})
    estimate = monthly(STEADY, pipeline, BOOK, REGION)
    free = [line.item for service in estimate.services for line in service.lines if line.tier == "free"]
    assert free == ["free_tier_requests", "free_tier_requests", "free_tier_duration"]


def test_the_tokenizers_band_is_in_the_money() -> None:
    """Only the logs' tokens are reckoned: prompt and answer are given in the model's own."""
    pipeline = Pipeline.model_validate({"bedrock": {"model_id": SONNET, "output_tokens_per_call": 0}})
    estimate = observed(STEADY, pipeline, BOOK, REGION)
    band = family(SONNET).band
    assert estimate.tokens == band
    log_tokens = 3 * 3600 * 40
    low, high = ((log_tokens * factor).__ceil__() * Decimal("0.0000033") for factor in (band.low, band.high))
    expected = (log_tokens * band.factor).__ceil__() * Decimal("0.0000033")
    assert estimate.total_usd - estimate.low_usd == expected - low
    assert estimate.high_usd - estimate.total_usd == high - expected


def test_a_measured_factor_has_no_band() -> None:
    pipeline = Pipeline.model_validate({"bedrock": {"token_factor": 1.3}})
    estimate = observed(STEADY, pipeline, BOOK, REGION)
    assert estimate.low_usd == estimate.total_usd == estimate.high_usd


def test_an_embedding_has_no_output_and_no_prompt() -> None:
    pipeline = Pipeline.model_validate({"bedrock": {"model_id": "amazon.titan-embed-text-v2:0"}})
    lines = observed(STEADY, pipeline, BOOK, REGION).services[-1].lines
    assert [line.item for line in lines] == ["input_tokens"]


def test_a_design_without_a_model_pays_for_none() -> None:
    pipeline = Pipeline.model_validate({"bedrock": {"model_id": None}})
    estimate = observed(STEADY, pipeline, BOOK, REGION)
    assert estimate.services[-1].lines == ()
    assert estimate.tokens is None


def test_writing_novas_cache_costs_what_input_costs() -> None:
    pipeline = Pipeline.model_validate(
        {"bedrock": {"model_id": NOVA, "cached_prompt": True, "prompt_tokens_per_call": 2000}}
    )
    lines = {line.item: line for line in observed(STEADY, pipeline, BOOK, REGION).services[-1].lines}
    assert lines["cache_write_tokens"].unit_price == lines["input_tokens"].unit_price
    assert lines["cache_read_tokens"].quantity + lines["cache_write_tokens"].quantity == 3 * 3600 * 2000


@given(st.integers(1, 90), st.sampled_from([1, 2, 5, 15, 60]))
def test_a_month_of_steady_traffic_costs_the_same_however_long_it_was_recorded(minutes: int, seconds: int) -> None:
    """The prompt's writes among it: one begins the month, for a prompt that is used each minute is never forgotten."""
    bedrock = {"cached_prompt": True, "prompt_tokens_per_call": 5000, "output_tokens_per_call": 0}
    pipeline = Pipeline.model_validate({"bedrock": bedrock})
    recordings = [recorded([Log(second) for second in range(0, length * 60, seconds)]) for length in (1, minutes)]
    short, long = (monthly(recording, pipeline, BOOK, REGION) for recording in recordings)
    assert short.services == long.services
    written = next(line for line in short.services[-1].lines if line.item == "cache_write_tokens")
    assert written.quantity == 5000


def test_a_month_without_calls_writes_no_prompt() -> None:
    bedrock = {"cached_prompt": True, "prompt_tokens_per_call": 5000}
    pipeline = Pipeline.model_validate({"bedrock": bedrock, "reduce": {"sample_rate": 0}})
    assert monthly(STEADY, pipeline, BOOK, REGION).services[-1].lines == ()


@pytest.mark.parametrize(
    ("model", "shortest"),
    [
        (SONNET, 1_024),
        (NOVA, 1_000),
        ("global.anthropic.claude-haiku-4-5-20251001-v1:0", 4_096),
        ("us.anthropic.claude-opus-4-7", 2_048),
        ("us.anthropic.claude-opus-5", 512),
        ("global.moonshotai.kimi-k3", 1_024),
    ],
)
def test_a_prompt_that_is_too_short_for_the_cache_is_charged_as_input(model: str, shortest: int) -> None:
    def estimated(tokens: int) -> MonthlyEstimate:
        bedrock = {"model_id": model, "cached_prompt": True, "prompt_tokens_per_call": tokens}
        return monthly(STEADY, Pipeline.model_validate({"bedrock": bedrock}), BOOK, REGION)

    short, long = estimated(shortest - 1), estimated(shortest)
    assert (short.usage.llm_cached_tokens, long.usage.llm_cached_tokens) == (0, long.usage.llm_calls * shortest)
    assert "prompt_not_cached" in [warning.code for warning in short.warnings]
    assert "prompt_not_cached" not in [warning.code for warning in long.warnings]
    uncached = Pipeline.model_validate({"bedrock": {"model_id": model, "prompt_tokens_per_call": shortest - 1}})
    assert short.total_usd == monthly(STEADY, uncached, BOOK, REGION).total_usd > long.total_usd


@pytest.mark.parametrize(
    ("pipeline", "region", "field", "choice"),
    [
        ({}, "mars-north-1", "region", "us-east-1"),
        ({"bedrock": {"model_id": "anthropic.claude-9"}}, REGION, "bedrock.model_id", "us.anthropic.claude-sonnet-5"),
        ({"bedrock": {"model_id": SONNET.removeprefix("us.")}}, REGION, "bedrock.model_id", SONNET),
        ({"bedrock": {"model_id": SONNET, "mode": "priority"}}, REGION, "bedrock.mode", "batch"),
        (
            {"bedrock": {"model_id": "mistral.mistral-7b-instruct-v0:2", "cached_prompt": True}},
            REGION,
            "bedrock.cache_read_tokens",
            "input_tokens",
        ),
    ],
)
def test_what_is_not_sold_is_an_error_that_names_the_choices(
    pipeline: dict[str, object], region: str, field: str, choice: str
) -> None:
    with pytest.raises(NotPricedError) as caught:
        observed(STEADY, Pipeline.model_validate(pipeline), BOOK, region)
    assert caught.value.field == field
    assert choice in caught.value.message
    assert caught.value.details[0].field == field


def test_the_free_tier_is_no_price_that_could_be_confirmed() -> None:
    rows = [price._replace(verified=False) for price in seed_prices() if price.service != "bedrock"]
    pipeline = Pipeline.model_validate({"bedrock": {"model_id": None}, "assumptions": {"free_tier": True}})
    said = {warning.code: warning.message for warning in monthly(STEADY, pipeline, PriceBook(rows), REGION).warnings}
    assert said["unverified_prices"] == "Not confirmed by AWS's price list: lambda x86_64, sqs standard."


def test_a_month_of_no_traffic_is_idle_polling() -> None:
    estimate = monthly(recorded([], minutes=60), Pipeline(), BOOK, REGION)
    assert [line.item for service in estimate.services for line in service.lines] == ["empty_receive"]
    assert estimate.usage.sqs_requests == 730 * 60 * 15
    assert estimate.warnings[0].code == "no_traffic"


def test_a_scenario_that_never_ran_costs_nothing() -> None:
    estimate = monthly(recorded([]), Pipeline(), BOOK, REGION)
    assert estimate.total_usd == 0
