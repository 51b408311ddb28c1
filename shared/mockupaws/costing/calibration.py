"""How many of a model's own tokens there are to a counted one."""

import json
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from shared.mockupaws.contracts.estimates import TokenBand
from shared.mockupaws.contracts.pipeline import BedrockDesign, bare


class Family(NamedTuple):
    """Models that share a tokenizer.

    Attributes:
        prefix: how their ids begin.
        name: for people.
        band: the factor.
    """

    prefix: str
    name: str
    band: TokenBand


def family(model_id: str) -> Family:
    """The tokenizer family of a model; the one with the longest matching prefix, at last the one for the unknown."""
    name = bare(model_id)
    return next(each for each in _families() if name.startswith(each.prefix))


def token_band(design: BedrockDesign) -> TokenBand | None:
    """The factor that a design is priced with, None where it has no model."""
    if design.model_id is None:
        return None
    if design.token_factor is None:
        return family(design.model_id).band
    factor = design.token_factor
    return TokenBand(factor=factor, low=factor, high=factor, source="measured for this scenario", verified=True)


@cache
def _families() -> tuple[Family, ...]:
    text = files("shared.mockupaws.costing").joinpath("tokenizers.json").read_text("utf-8")
    known = [
        Family(
            prefix=row["prefix"],
            name=row["name"],
            band=TokenBand(
                factor=Decimal(row["factor"]),
                low=Decimal(row["low"]),
                high=Decimal(row["high"]),
                source=row["source"],
                verified=row["verified"],
            ),
        )
        for row in json.loads(text)["families"]
    ]
    return tuple(sorted(known, key=lambda each: len(each.prefix), reverse=True))
