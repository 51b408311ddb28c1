"""Logs of a batch to prompts: how many times an invocation calls the model."""

from fractions import Fraction
from functools import lru_cache
from math import ceil

_NEGLIGIBLE = 1e-18
_GRID = 10**12


@lru_cache(maxsize=4096)
def calls_of(logs: int, kept: Fraction, logs_per_call: int) -> Fraction:
    """Calls that an invocation makes on average: it asks about what is left of its own batch, so many logs at a time.

    Which logs are left is taken to be chance: of `logs`, a number X ~ Binomial(logs, kept), and E[ceil(X / per call)]
    are the calls. Were they thinned evenly instead, a batch of ten of which a tenth is kept would always ask once; by
    chance it asks in 65 of 100 cases.

    Args:
        logs: messages in the batch.
        kept: share of them that reach the model, 0 to 1.
        logs_per_call: in one prompt.
    """
    if kept in {0, 1}:
        return Fraction(ceil(logs * kept / logs_per_call))
    if logs == 1 or logs_per_call == 1:
        return logs * kept
    # Weights outwards from the likeliest number, each from its neighbour's by one multiplication, so that nothing
    # under- or overflows and no factorial is needed. Basic arithmetic alone: the same digits on every machine.
    odds = float(kept / (1 - kept))
    mode = min(logs, int((logs + 1) * kept))
    weights = calls = 0.0
    for step in (1, -1):
        weight, left = 1.0, mode
        while 0 <= left <= logs and weight > _NEGLIGIBLE:
            if step == 1 or left != mode:  # the mode itself but once
                weights += weight
                calls += weight * -(-left // logs_per_call)
            weight *= (logs - left) / (left + 1) * odds if step == 1 else left / (logs - left + 1) / odds
            left += step
    return Fraction(round(calls / weights * _GRID), _GRID)
