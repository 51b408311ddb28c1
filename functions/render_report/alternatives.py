"""The designs that a report tries when nobody says which."""

from collections.abc import Iterable, Iterator, Mapping

from shared.mockupaws.contracts.pipeline import BedrockDesign, Pipeline, PipelineChange
from shared.mockupaws.costing.models import cheapest_first, maker
from shared.mockupaws.costing.price_book import PriceBook
from shared.mockupaws.costing.usage import Usage
from shared.mockupaws.costing.what_if import Variant

_MODELS = 5


def alternatives(pipeline: Pipeline, used: Usage, region: str, books: Mapping[str, PriceBook]) -> Iterator[Variant]:
    """The same pipeline without a model, with each of the cheapest models of other makers, and in other regions.

    Args:
        pipeline: the scenario's.
        used: what it uses in a month.
        region: the scenario's.
        books: prices by region.
    """
    if pipeline.bedrock.model_id is not None:
        yield Variant("no_model", PipelineChange(bedrock=BedrockDesign(model_id=None)))
        for model_id in _others(cheapest_first(used, pipeline, books[region], region), pipeline.bedrock.model_id):
            yield Variant(model_id, PipelineChange(bedrock=BedrockDesign(model_id=model_id)))
    for other, book in books.items():
        if other != region and other in book.regions:
            yield Variant(other, PipelineChange(), other)


def _others(models: Iterable[str], model_id: str) -> list[str]:
    """Of models, the cheapest first, one a maker; the present one's has its place among the savings."""
    by_maker: dict[str, str] = {}
    for other in models:
        by_maker.setdefault(maker(other), other)
    by_maker.pop(maker(model_id), None)
    return list(by_maker.values())[:_MODELS]
