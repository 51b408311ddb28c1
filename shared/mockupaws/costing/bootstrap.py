"""How far a month may be from what a sample of it says."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from math import ceil
from random import Random
from typing import NamedTuple

from shared.mockupaws.contracts.traffic import SeriesPoint

RESAMPLES = 1000
TAIL = 20
"""One in 20 resamples is below the low end, and one in 20 above the high end."""
CONFIDENCE = Decimal("0.9")
"""So this many are between them."""
_SEED = 20260901
_SHIFT = 128  # bits between two sums that travel in one integer


class Spread(NamedTuple):
    """Traffic at the ends of its interval, over the mean recorded.

    Attributes:
        logs: (low, high) of messages; low is at most 1, high at least 1.
        tokens: the same of tokens.
        blocks: how many blocks of time were resampled.
    """

    logs: tuple[Fraction, Fraction]
    tokens: tuple[Fraction, Fraction]
    blocks: int


def spread(series: Sequence[SeriesPoint], month_points: int) -> Spread:
    """The interval of a mean over time, by a circular block bootstrap with a fixed seed.

    Blocks keep what belongs together together: logs come in bursts, so single minutes drawn at random would promise
    too much. Their length is the customary n^(1/3); the circle makes every point as likely as any other, so that the
    resampled mean is the recorded one. As much is drawn as was recorded, or a month where more was.

    Args:
        series: recorded time.
        month_points: points of such a length in a month.
    """
    n = len(series)
    logs, tokens = (sum(point.logs for point in series), sum(point.tokens for point in series))
    if n < 2 or not logs:  # noqa: PLR2004 - one point can't vary
        return Spread((Fraction(1), Fraction(1)), (Fraction(1), Fraction(1)), n)
    length = max(1, ceil(n ** (1 / 3)))
    blocks = ceil(n / length)
    draws = max(1, min(blocks, ceil(month_points / length)))

    # Both sums in one integer: one addition instead of two, in the only loop that is long.
    packed = [(point.logs << _SHIFT) + point.tokens for point in series]
    sums = [0, *accumulate(packed + packed[:length])]
    block_sums = [sums[start + length] - sums[start] for start in range(n)]
    # Bootstrapping the mean needs reproducible chance, not secret chance.
    choices = Random(_SEED).choices  # noqa: S311 # nosec B311 # an estimate that can be made again
    drawn = [sum(choices(block_sums, k=draws)) for _ in range(RESAMPLES)]

    mask = (1 << _SHIFT) - 1
    share = Fraction(n, draws * length)  # a resample's points over the sample's
    return Spread(
        _ends([total >> _SHIFT for total in drawn], logs, share),
        _ends([total & mask for total in drawn], tokens, share),
        blocks,
    )


def _ends(totals: list[int], recorded: int, share: Fraction) -> tuple[Fraction, Fraction]:
    if not recorded:
        return Fraction(1), Fraction(1)
    ordered = sorted(totals)
    low, high = ordered[len(ordered) // TAIL], ordered[-1 - len(ordered) // TAIL]
    return min(Fraction(1), share * low / recorded), max(Fraction(1), share * high / recorded)
