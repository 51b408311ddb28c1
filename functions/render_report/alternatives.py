"""The designs that a report tries when nobody says which."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from shared.mockupaws.contracts.pipeline import BedrockDesign, Pipeline, PipelineChange, bare
from shared.mockupaws.costing.price_book import PriceBook
from shared.mockupaws.costing.what_if import Variant

_MODELS = 5


def alternatives(pipeline: Pipeline, region: str, books: Mapping[str, PriceBook]) -> Iterator[Variant]:
    """The same pipeline without a model, with each of the cheapest models of other makers, and in other regions.

    Args:
        pipeline: the scenario's.
        region: the scenario's.
        books: prices by region.
    """
    if pipeline.bedrock.model_id is not None:
        yield Variant("no_model", PipelineChange(bedrock=BedrockDesign(model_id=None)))
        for model_id in _others(pipeline.bedrock, pipeline.bedrock.model_id, books[region], region):
            yield Variant(model_id, PipelineChange(bedrock=BedrockDesign(model_id=model_id)))
    for other, book in books.items():
        if other != region and other in book.regions:
            yield Variant(other, PipelineChange(), other)


def _others(design: BedrockDesign, model_id: str, book: PriceBook, region: str) -> list[str]:
    """One model a maker, its cheapest by as many tokens in as out, that does what the present one does."""
    cheapest: dict[str, tuple[Decimal, str]] = {}
    for other in book.models(region):
        if design.mode not in book.modes(region, other) or not book.answers(region, other):
            continue
        bands = [book.tokens(region, other, design.mode, kind) for kind in ("input", "output")]
        price = sum((each.first.price_per_unit for each in bands if each), Decimal(0))
        maker = bare(other).partition(".")[0]
        cheapest[maker] = min(cheapest.get(maker, (price, other)), (price, other))
    own = bare(model_id).partition(".")[0]
    return [other for maker, (_, other) in sorted(cheapest.items(), key=lambda each: each[1]) if maker != own][:_MODELS]
