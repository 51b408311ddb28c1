"""Bedrock: tokens at a model's prices."""

from decimal import Decimal
from typing import NamedTuple

from shared.mockupaws.contracts.estimates import Line, ServiceCost
from shared.mockupaws.contracts.pipeline import Mode
from shared.mockupaws.contracts.prices import TokenKind
from shared.mockupaws.costing.charge import Item, charge, service_cost
from shared.mockupaws.costing.price_book import Bands, NotPricedError
from shared.mockupaws.costing.terms import Terms


class TokenUsage(NamedTuple):
    """What a model reads and writes. As in Converse, `input_tokens` has no cached tokens in it: each is charged once.

    Attributes:
        model_id: the model or profile.
        mode: how it is called.
        input_tokens: read, and not from the cache.
        output_tokens: written.
        cache_read_tokens: read from the cache.
        cache_write_tokens: written to the cache.
    """

    model_id: str
    mode: Mode
    input_tokens: int
    output_tokens: int = 0
    cache_read_tokens: int = 0
    cache_write_tokens: int = 0


def token_cost(usage: TokenUsage, terms: Terms) -> ServiceCost:
    """What tokens cost.

    Raises:
        NotPricedError: the model isn't sold in the region or in the mode, or has no such tokens.
    """
    asked: tuple[tuple[TokenKind, str, int], ...] = (
        ("input", "Input tokens", usage.input_tokens),
        ("output", "Output tokens", usage.output_tokens),
        ("cache_read", "Tokens read from the prompt cache", usage.cache_read_tokens),
        ("cache_write", "Tokens written to the prompt cache", usage.cache_write_tokens),
    )
    lines: list[Line] = []
    for kind, description, quantity in asked:
        # Asked for even where there is nothing to charge: an unknown model is an error, not a bill of $0.
        bands = terms.book.tokens(terms.region, usage.model_id, usage.mode, kind)
        says = f"{description}, {usage.model_id}"
        if not quantity:
            continue
        if bands is None and kind == "cache_write":
            bands, says = _write_at_input(usage, terms), f"{says}, at the input price"
        if bands is None:
            raise _no_such_tokens(usage, kind, terms)
        lines += charge([Item(f"{kind}_tokens", says, Decimal(quantity))], bands, terms)
    return service_cost("bedrock", lines)


def _write_at_input(usage: TokenUsage, terms: Terms) -> Bands | None:
    """The price of writing a cache that can be read but lists no price for writing, as Nova's.

    AWS (user guide, prompt caching): what isn't charged as a read or a write "is charged at the standard input token
    rate", so that is what it takes at most.
    """
    if terms.book.tokens(terms.region, usage.model_id, usage.mode, "cache_read") is None:
        return None
    return terms.book.tokens(terms.region, usage.model_id, usage.mode, "input")


def _no_such_tokens(usage: TokenUsage, kind: TokenKind, terms: Terms) -> NotPricedError:
    sold = [
        f"{each}_tokens"
        for each in ("input", "output", "cache_read")
        if terms.book.tokens(terms.region, usage.model_id, usage.mode, each) is not None
    ]
    return NotPricedError(
        f"bedrock.{kind}_tokens", f"{usage.model_id} has no {kind} price in {terms.region} ({usage.mode}).", sold
    )
