"""What a request's logs cost by themselves, at once: the slopes of the observed cost are kept for each design."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from shared.mockupaws.contracts.batch import LogBatch
from shared.mockupaws.contracts.blocks import BLOCK_BYTES
from shared.mockupaws.contracts.pipeline import Pipeline
from shared.mockupaws.contracts.traffic import ArrivalClass, Traffic, TrafficCell, size_class
from shared.mockupaws.costing.price_book import NotPricedError, PriceBook

_PROBE_TOKENS = 1_000_000


@dataclass(frozen=True, slots=True)
class Slopes:
    """What a number of logs that arrive together cost, US dollars.

    Attributes:
        logs: all of them, at one block each and without a token.
        block: each further block.
        token: each `cl100k_base` token.
    """

    logs: Decimal
    block: Decimal
    token: Decimal


def cost_impact(batch: LogBatch, pipeline: str, book: PriceBook, region: str) -> Decimal:
    """What the batch adds to the observed cost, US dollars, by itself.

    Args:
        batch: the request's logs.
        pipeline: the scenario's design, as JSON.
        book: prices in force.
        region: the scenario's.

    Returns:
        0 where the design has no price in the region any more; the estimate then says so.
    """
    if not len(batch):
        return Decimal(0)
    try:
        slopes = _slopes(len(batch), pipeline, book, region)
    except NotPricedError:
        return Decimal(0)
    blocks = sum((size - 1) // BLOCK_BYTES for size in batch.sizes if size > BLOCK_BYTES)
    return slopes.logs + blocks * slopes.block + sum(batch.tokens) * slopes.token


@lru_cache(maxsize=512)
def _slopes(logs: int, pipeline: str, book: PriceBook, region: str) -> Slopes:
    # What the doors say no to is never priced, and a design's slopes are kept: the engine is loaded for the first.
    from shared.mockupaws.costing.estimate import observed  # noqa: PLC0415

    design = Pipeline.model_validate_json(pipeline)

    def cost(blocks: int, tokens: int) -> Decimal:
        size = logs * blocks * BLOCK_BYTES
        cell = TrafficCell("info", False, size_class(size // logs), logs, size, logs * blocks, tokens, tokens, 0)
        traffic = Traffic((cell,), (ArrivalClass(size_class(logs), 1, logs, 1),), 60, (), 0)
        return observed(traffic, design, book, region).total_usd

    base = cost(1, 0)
    return Slopes(base, (cost(2, 0) - base) / logs, (cost(1, _PROBE_TOKENS) - base) / _PROBE_TOKENS)
