"""Money and shares as they travel: exact decimals inside, JSON outside."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field, PlainSerializer, WithJsonSchema


def plain(value: Decimal) -> str:
    """A decimal with every digit that it has, no exponent and no idle zeros: `0.00004`, `12`, `0`.

    Args:
        value: any finite decimal.
    """
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") or "0" if "." in text else text


def number(value: Decimal) -> float:
    """A decimal as a JSON number.

    Pydantic reads the signature of what serializes. Of a function it is there; of `float` itself Python makes it by
    parsing text, which takes a function's start longer than all the rest of a design's schema.

    Args:
        value: any finite decimal that is no money.
    """
    return float(value)


Share = Annotated[
    Decimal,
    Field(ge=0, le=1, max_digits=20, decimal_places=18),
    PlainSerializer(number, return_type=float, when_used="json"),
    # One description for both ways, so that a design read is of the type of a design sent.
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1}),
]
"""A part of a whole, 0 to 1. A JSON number: it is an assumption, not money."""
