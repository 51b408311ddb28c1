"""Dividing a sum so that its parts add up to it, to the last digit."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Context, Decimal
from itertools import accumulate, pairwise

# Smaller than any price of a single request, byte or token.
PLACES = 18
_WIDE = Context(prec=100, rounding=ROUND_FLOOR)


def apportion(total: Decimal, weights: Sequence[Decimal | int], places: int = PLACES) -> list[Decimal]:
    """Divides a total in proportion to weights.

    What is rounded, downwards, is the running sum, not each part, so that the error of one never adds to another's:

        apportion(Decimal(100), [1, 1, 1], places=2) == [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]

    Args:
        total: what is divided, not negative.
        weights: none negative.
        places: decimal places of the parts; whatever the total has beyond them is in the last part with a weight.

    Returns:
        A part for each weight. They add up to the total, save where there is no weight: then all are 0.
    """
    whole = sum(weights)
    if not whole:
        return [Decimal(0) for _ in weights]
    step = Decimal(1).scaleb(-places)

    def upto(sum_of_weights: Decimal | int) -> Decimal:
        if sum_of_weights == whole:
            return total
        share = _WIDE.divide(_WIDE.multiply(total, Decimal(sum_of_weights)), Decimal(whole))
        return _WIDE.quantize(share, step)

    sums = accumulate(weights, initial=Decimal(0))
    return [_WIDE.subtract(after, before) for before, after in pairwise(map(upto, sums))]
