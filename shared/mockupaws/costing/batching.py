"""Arrivals to batches: how many times Lambda is invoked, and with how many logs."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from shared.mockupaws.contracts.pipeline import SqsDesign
from shared.mockupaws.contracts.traffic import ArrivalClass

EVENT_BYTES = 6 * 1024 * 1024
"""A batch closes when it would be larger: what an invocation can carry."""
POLL_SECONDS = Fraction(1, 10)
"""Without a window a batch is what a poller finds. Taken to be what came in a tenth of a second: an assumption."""

_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Batches:
    """Batches of one size.

    Attributes:
        count: how many.
        logs: messages in each.
    """

    count: int
    logs: int


def batches(arrivals: Iterable[ArrivalClass], sqs: SqsDesign, mean_bytes: int) -> list[Batches]:
    """The batches in which recorded traffic reaches the function.

    A batch opens with a first arrival and closes when it is full, at 6 MB, or when its window ends.

    Args:
        arrivals: the traffic by rate.
        sqs: batch size and window.
        mean_bytes: of a message.
    """
    most = min(sqs.receive_batch_size, max(1, EVENT_BYTES // max(1, mean_bytes)))
    found: list[Batches] = []
    for arrival in arrivals:
        if arrival.logs <= 0:
            continue
        size = min(Fraction(most), max(Fraction(1), _in_window(arrival, sqs.batch_window_s)))
        count = ceil(arrival.logs / size)
        # As even as whole messages allow, so that every message is in exactly one batch.
        smaller, larger = divmod(arrival.logs, count)
        found.append(Batches(count - larger, smaller))
        if larger:
            found.append(Batches(larger, smaller + 1))
    return found


def _in_window(arrival: ArrivalClass, window_s: int) -> Fraction:
    """The logs that arrive while a batch that a first one opened waits.

    The seconds with arrivals are taken to be spread over their minute by chance, the logs evenly over these seconds:
    a window of W seconds sees the second that opened it and, of the W - 1 after it, as many as are active on average.
    """
    active = max(1, arrival.active_seconds)
    in_second = Fraction(arrival.logs, active)
    if window_s == 0:
        return 1 + max(Fraction(0), in_second - 1) * POLL_SECONDS
    minutes = max(1, arrival.minutes)
    also_active = min(Fraction(1), max(Fraction(0), Fraction(active, minutes) - 1) / (_MINUTE - 1))
    logs = in_second * (1 + (min(window_s, _MINUTE) - 1) * also_active)
    if window_s > _MINUTE:
        # The minutes that follow are taken to be like this one.
        logs += Fraction(arrival.logs, minutes) * Fraction(window_s - _MINUTE, _MINUTE)
    return min(logs, Fraction(arrival.logs))
