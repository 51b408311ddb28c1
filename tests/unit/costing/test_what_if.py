from decimal import Decimal

import pytest
from hypothesis import given

from shared.mockupaws.contracts.pipeline import Pipeline, PipelineChange
from shared.mockupaws.contracts.traffic import Traffic
from shared.mockupaws.costing.estimate import month, monthly
from shared.mockupaws.costing.price_book import NotPricedError
from shared.mockupaws.costing.savings import savings
from shared.mockupaws.costing.what_if import Variant, what_if
from shared.mockupaws.errors import InvalidRequestError
from tests.unit.costing.recordings import RECORDINGS, STEADY, Log, recorded
from tests.unit.costing.test_estimate import BOOK, PIPELINES, REGION, SONNET

BOOKS = {REGION: BOOK, "eu-west-1": BOOK}


def change(**parts: object) -> PipelineChange:
    return PipelineChange.model_validate(parts)


@given(RECORDINGS, PIPELINES)
def test_a_variant_equal_to_the_scenario_differs_by_nothing(traffic: Traffic, pipeline: Pipeline) -> None:
    same = PipelineChange.model_validate(pipeline.model_dump(mode="json"))
    variants = [Variant("nothing", PipelineChange()), Variant("the same again", same, REGION)]
    base, priced = what_if(traffic, pipeline, BOOKS, REGION, variants)
    for variant in priced:
        assert variant.monthly == base
        assert variant.delta.delta_usd == 0
        assert all(service.delta_usd == 0 for service in variant.delta.services)


def test_a_variant_changes_only_what_it_says() -> None:
    pipeline = Pipeline.model_validate({"sqs": {"send_batch_size": 5}, "lambda": {"memory_mb": 512}})
    _, (variant,) = what_if(
        STEADY, pipeline, BOOKS, REGION, [Variant("arm", change(**{"lambda": {"architecture": "arm64"}}))]
    )
    assert variant.pipeline.lambda_.memory_mb == 512
    assert variant.pipeline.sqs.send_batch_size == 5
    assert [service.service for service in variant.delta.services if service.delta_usd] == ["lambda"]
    assert variant.delta.delta_usd < 0


def test_percent_is_null_where_the_scenario_costs_nothing() -> None:
    without = Pipeline.model_validate({"bedrock": {"model_id": None}})
    _, (variant,) = what_if(STEADY, without, BOOKS, REGION, [Variant("with", change(bedrock={"model_id": SONNET}))])
    assert variant.delta.services[0].service == "bedrock"
    assert variant.delta.services[0].delta_percent is None
    assert variant.delta.delta_percent is not None


def test_a_variant_in_another_region() -> None:
    _, (variant,) = what_if(STEADY, Pipeline(), BOOKS, REGION, [Variant("eu", PipelineChange(), "eu-west-1")])
    assert variant.region == "eu-west-1"


def test_what_aws_would_not_build_is_said_of_its_variant() -> None:
    with pytest.raises(InvalidRequestError, match="FIFO") as caught:
        what_if(STEADY, Pipeline(), BOOKS, REGION, [
            Variant("fine", PipelineChange()),
            Variant("not", change(sqs={"queue_type": "fifo", "batch_window_s": 5})),
        ])  # fmt: skip
    assert caught.value.details[0].field == "variants.1.pipeline"


def test_what_is_not_sold_is_said_of_its_variant() -> None:
    with pytest.raises(NotPricedError, match="'cheap'") as caught:
        what_if(STEADY, Pipeline(), BOOKS, REGION, [Variant("cheap", change(bedrock={"mode": "flex"}))])
    assert caught.value.field == "variants.0.pipeline.bedrock.mode"


def test_a_region_without_prices_is_the_variants_own_field() -> None:
    books = {REGION: BOOK, "eu-north-1": BOOK}
    with pytest.raises(NotPricedError) as caught:
        what_if(STEADY, Pipeline(), books, REGION, [Variant("north", PipelineChange(), "eu-north-1")])
    assert caught.value.field == "variants.0.region"


def test_all_variants_that_cannot_be_are_named_at_once() -> None:
    """So that who asks can leave them out, and ask once more."""
    with pytest.raises(InvalidRequestError) as caught:
        what_if(STEADY, Pipeline(), BOOKS, REGION, [
            Variant("cheap", change(bedrock={"mode": "flex"})),
            Variant("fine", PipelineChange()),
            Variant("not", change(sqs={"queue_type": "fifo", "batch_window_s": 5})),
        ])  # fmt: skip
    assert [detail.field for detail in caught.value.details] == [
        "variants.0.pipeline.bedrock.mode",
        "variants.2.pipeline",
    ]
    assert "'cheap'" in caught.value.message
    assert "'not'" in caught.value.message


@given(RECORDINGS, PIPELINES)
def test_savings_are_ranked_alone_and_add_up_in_steps(traffic: Traffic, pipeline: Pipeline) -> None:
    of = month(traffic, 730)
    base = monthly(traffic, pipeline, BOOK, REGION, of)
    found = savings(traffic, pipeline, BOOK, REGION, of)
    alone = [saving.saving_usd for saving in found.changes]
    assert alone == sorted(alone, reverse=True)
    assert all(saving > 0 for saving in alone)
    for saving in found.changes:
        assert monthly(traffic, saving.pipeline, BOOK, REGION, of).total_usd == saving.monthly_usd
    assert sum(step.marginal_usd for step in found.steps) == found.saving_usd == base.total_usd - found.monthly_usd
    assert monthly(traffic, found.pipeline, BOOK, REGION, of).total_usd == found.monthly_usd
    assert found.saving_usd >= max(alone, default=Decimal(0))


def test_what_two_changes_save_is_not_counted_twice() -> None:
    """Batch mode halves what is left after the smaller model, not what was there before it."""
    pipeline = Pipeline.model_validate({"bedrock": {"model_id": SONNET}})
    found = savings(STEADY, pipeline, BOOK, REGION, month(STEADY, 730))
    assert sum(saving.saving_usd for saving in found.changes) > found.saving_usd


def test_what_is_done_already_is_no_idea() -> None:
    frugal = Pipeline.model_validate(
        {
            "sqs": {"send_batch_size": 10, "receive_batch_size": 500, "batch_window_s": 60},
            "lambda": {"architecture": "arm64"},
            "bedrock": {"model_id": None},
        }
    )
    assert savings(STEADY, frugal, BOOK, REGION, month(STEADY, 730)).changes == ()


def test_a_measured_factor_is_its_models_and_goes_with_it() -> None:
    """But the same model behind another profile has the same tokenizer."""
    measured = Pipeline.model_validate({"bedrock": {"model_id": SONNET, "token_factor": 1.5}})
    other, profile, given = (
        change(bedrock=fields).applied_to(measured).bedrock.token_factor
        for fields in (
            {"model_id": "us.anthropic.claude-haiku-4-5-20251001-v1:0"},
            {"model_id": SONNET.replace("us.", "global.")},
            {"model_id": "us.amazon.nova-lite-v1:0", "token_factor": 2},
        )
    )
    assert (other, profile, given) == (None, Decimal("1.5"), Decimal(2))


def test_larger_prompts_come_with_the_batches_that_fill_them() -> None:
    """Ten logs of a batch are all that an invocation can ask about, so fifty in a call alone would save nothing."""
    busy = recorded([Log(second) for second in range(3600) for _ in range(20)])
    found = savings(busy, Pipeline(), BOOK, REGION, month(busy, 730))
    by_name = {saving.change: saving for saving in found.changes}
    assert by_name["larger_prompts"].pipeline.sqs.receive_batch_size == 100
    assert by_name["larger_prompts"].saving_usd > by_name["larger_batches"].saving_usd


@pytest.mark.parametrize(("per_log", "offered"), [(8_000, True), (10_000, False)])
def test_batches_that_lambda_would_not_finish_are_no_idea(per_log: int, offered: bool) -> None:
    """A hundred logs of ten seconds each are more than its fifteen minutes."""
    busy = recorded([Log(second) for second in range(3600) for _ in range(20)])
    slow = Pipeline.model_validate({"lambda": {"duration_ms_base": 50_000, "duration_ms_per_log": per_log}})
    changes = {saving.change for saving in savings(busy, slow, BOOK, REGION, month(busy, 730)).changes}
    assert ({"larger_batches", "larger_prompts"} <= changes) is offered
    assert {"arm64", "batch_window"} <= changes


def test_a_variant_that_lambda_would_stop_is_refused() -> None:
    with pytest.raises(InvalidRequestError, match="Lambda stops") as caught:
        what_if(
            STEADY, Pipeline(), BOOKS, REGION, [Variant("slow", change(**{"lambda": {"duration_ms_per_log": 1e5}}))]
        )
    assert caught.value.details[0].field == "variants.0.pipeline"


def test_a_stored_design_that_lambda_would_stop_is_priced_with_a_warning_and_can_be_mended() -> None:
    stored = Pipeline.model_validate({"lambda": {"duration_ms_base": 0, "duration_ms_per_log": 100_000}})
    mended = [change(sqs={"receive_batch_size": 9}), change(**{"lambda": {"memory_mb": 256}})]
    base, (shorter, other) = what_if(
        STEADY, stored, BOOKS, REGION, [Variant(str(number), each) for number, each in enumerate(mended)]
    )
    codes = [[warning.code for warning in each.warnings] for each in (base, shorter.monthly, other.monthly)]
    assert ["invocation_too_long" in each for each in codes] == [True, False, True]
    assert savings(STEADY, stored, BOOK, REGION, month(STEADY, 730)).changes


def test_no_step_is_undone_by_a_later_one() -> None:
    """Another profile of a model, and then another model."""
    sonnet = Pipeline.model_validate({"bedrock": {"model_id": SONNET}})
    found = savings(STEADY, sonnet, BOOK, REGION, month(STEADY, 730))
    steps = [step.change for step in found.steps]
    assert len({"global_profile", "smaller_model"} & set(steps)) == 1
    assert found.steps[-1].monthly_usd == found.monthly_usd
