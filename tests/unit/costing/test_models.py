"""Which model is the cheapest for a design."""

from decimal import Decimal

from hypothesis import given, settings

from shared.mockupaws.contracts.pipeline import BedrockDesign, Pipeline, PipelineChange
from shared.mockupaws.contracts.traffic import Traffic
from shared.mockupaws.costing.estimate import month, month_usage, monthly_total
from shared.mockupaws.costing.models import cheapest_first
from shared.mockupaws.costing.price_book import PriceBook
from shared.mockupaws.costing.savings import savings
from tests.unit.costing.prices import MODEL, model_price
from tests.unit.costing.prices import REGION as THERE
from tests.unit.costing.recordings import RECORDINGS, STEADY
from tests.unit.costing.test_estimate import BOOK, PIPELINES, REGION

MONTH = month(STEADY, 730)


def calling(model_id: str, **bedrock: object) -> Pipeline:
    return Pipeline.model_validate({"bedrock": {"model_id": model_id, **bedrock}})


def first(pipeline: Pipeline, book: PriceBook = BOOK, region: str = REGION) -> list[str]:
    return cheapest_first(month_usage(STEADY, pipeline, MONTH), pipeline, book, region)


def smaller(pipeline: Pipeline) -> str | None:
    found = savings(STEADY, pipeline, BOOK, REGION, MONTH).changes
    return next((each.pipeline.bedrock.model_id for each in found if each.change == "smaller_model"), None)


@settings(max_examples=15)  # each prices all models
@given(RECORDINGS, PIPELINES.filter(lambda pipeline: pipeline.bedrock.model_id is not None))
def test_the_order_is_that_of_the_whole_bill(traffic: Traffic, pipeline: Pipeline) -> None:
    of = month(traffic, 730)
    found = cheapest_first(month_usage(traffic, pipeline, of), pipeline, BOOK, REGION)

    def bill(model_id: str) -> Decimal:
        design = PipelineChange(bedrock=BedrockDesign(model_id=model_id)).applied_to(pipeline)
        return monthly_total(traffic, design, BOOK, REGION, of)

    bills = [bill(model_id) for model_id in found]
    assert bills == sorted(bills)
    assert pipeline.bedrock.model_id in found


def test_a_model_without_a_cache_is_none_for_a_design_with_one() -> None:
    """gpt-oss is the cheapest by list price, and sells no cached tokens: that must not be the end of the idea."""
    sol = calling("global.openai.gpt-6-sol", prompt_tokens_per_call=5000)
    cached = calling("global.openai.gpt-6-sol", prompt_tokens_per_call=5000, cached_prompt=True)
    assert any("gpt-oss" in model_id for model_id in first(sol))
    assert not any("gpt-oss" in model_id for model_id in first(cached))
    assert smaller(cached) == "global.openai.gpt-6-luna"


def test_what_isnt_written_costs_nothing() -> None:
    """By a token in and a token out llama3-1-8b would be the cheapest of Meta's."""
    reading = calling("us.meta.llama3-1-70b-instruct-v1:0", output_tokens_per_call=0)
    assert smaller(reading) == "meta.llama4-scout-17b-instruct-v1:0"


def test_a_price_of_a_million_tokens_is_not_taken_for_one_of_a_thousand() -> None:
    small = "amazon.test-small-v1:0"
    book = PriceBook(
        [
            model_price("input", "0.003"),
            model_price("output", "0.015"),
            model_price("input", "1", model=small)._replace(unit="per_million_tokens"),
            model_price("output", "5", model=small)._replace(unit="per_million_tokens"),
        ]
    )
    assert first(calling(MODEL), book, THERE) == [small, MODEL]


def test_only_embeddings_can_take_an_embeddings_place() -> None:
    found = first(calling("amazon.titan-embed-text-v2:0"))
    assert "cohere.embed-english-v3" in found
    assert all("embed" in model_id for model_id in found)


def test_what_is_not_sold_in_the_designs_mode_is_left_out() -> None:
    batch = calling("global.anthropic.claude-haiku-4-5-20251001-v1:0", mode="batch")
    assert all("batch" in BOOK.modes(REGION, model_id) for model_id in first(batch))
