"""What a model does for a design, what that costs, and which other models could do it."""

from decimal import Decimal
from fractions import Fraction

from shared.mockupaws.contracts.pipeline import BedrockDesign, Pipeline, PipelineChange, bare
from shared.mockupaws.costing.calibration import token_band
from shared.mockupaws.costing.exact import whole
from shared.mockupaws.costing.price_book import NotPricedError, PriceBook
from shared.mockupaws.costing.prompt_cache import cacheable_tokens
from shared.mockupaws.costing.terms import Terms
from shared.mockupaws.costing.tokens import TokenUsage, token_cost
from shared.mockupaws.costing.usage import Usage


def maker(model_id: str) -> str:
    """Who made a model: `anthropic`."""
    return bare(model_id).partition(".")[0]


def cheapest_first(
    used: Usage, pipeline: Pipeline, book: PriceBook, region: str, made_by: str | None = None
) -> list[str]:
    """The models that could do what a design's does, its own among them, by what they would cost it.

    List prices don't say which that is: it depends on how much is read, written and cached, and on each tokenizer.
    What a design uses doesn't depend on its model, so it is worked out once, and the rest of the bill is the same for
    all. A model that isn't sold in the design's mode, or has no cache where the design wants one, isn't among them.

    Args:
        used: what the design uses in a month.
        pipeline: the design; it has a model.
        book: prices in force.
        region: where it runs.
        made_by: whose models, None for everybody's.
    """
    own = pipeline.bedrock.model_id
    assert own is not None  # noqa: S101 - said above
    terms = Terms(book, region, volume_tiers=True, free_tier=pipeline.assumptions.free_tier)
    answers = book.answers(region, own)
    found: list[tuple[Decimal, str]] = []
    for model_id in book.models(region):
        if made_by not in {None, maker(model_id)} or book.answers(region, model_id) != answers:
            continue
        design = PipelineChange(bedrock=BedrockDesign(model_id=model_id)).applied_to(pipeline).bedrock
        band = token_band(design)
        assert band is not None  # noqa: S101 - a factor comes with a model
        try:
            cost = token_cost(model_usage(used, design, Fraction(band.factor), terms), terms).cost_usd
        except NotPricedError:
            continue
        found.append((cost, model_id))
    return [model_id for _, model_id in sorted(found)]


def model_usage(used: Usage, design: BedrockDesign, factor: Fraction, terms: Terms) -> TokenUsage:
    """What a design's model reads and writes, in its own tokens.

    Args:
        used: what the design uses.
        design: with a model.
        factor: the model's tokens to a counted one.
        terms: where it is called.
    """
    assert design.model_id is not None  # noqa: S101 - a factor comes with a model
    calls = whole(used.llm_calls)
    log_tokens = whole(used.llm_tokens * factor)
    if not terms.book.answers(terms.region, design.model_id):
        return TokenUsage(design.model_id, design.mode, log_tokens)
    prompt = design.prompt_tokens_per_call
    # A model that sells no cached tokens is asked for them all the same: that is an error, however long the prompt.
    sold = terms.book.tokens(terms.region, design.model_id, design.mode, "cache_read") is not None
    is_cached = design.cached_prompt and not (sold and prompt < cacheable_tokens(design.model_id))
    # What is read was written once: in the month, not in each recording that the month is a multiple of.
    writes = min(calls, max(1, whole(used.cache_writes))) if is_cached else 0
    reads = calls - writes if is_cached else 0
    return TokenUsage(
        model_id=design.model_id,
        mode=design.mode,
        input_tokens=log_tokens + (0 if is_cached else calls * prompt),
        output_tokens=calls * design.output_tokens_per_call,
        cache_read_tokens=reads * prompt,
        cache_write_tokens=writes * prompt,
    )
