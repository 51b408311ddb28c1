"""SQS: what requests cost, and how many a message's life takes."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from shared.mockupaws.contracts.blocks import BLOCK_BYTES
from shared.mockupaws.contracts.estimates import ServiceCost
from shared.mockupaws.contracts.pipeline import QueueType
from shared.mockupaws.costing.charge import Item, charge, give_back, service_cost
from shared.mockupaws.costing.terms import Terms

CALL_BYTES = 1_048_576
"""Most that a call carries, whatever the number of its messages."""
CALL_MESSAGES = 10
"""Most messages that a call carries. Lambda's poller reads no more either."""
FREE_REQUESTS = Decimal(1_000_000)
"""A month, over all queues of an account."""


class QueueUsage(NamedTuple):
    """Requests, in 64 KiB units.

    Attributes:
        queue_type: standard or FIFO.
        requests: by what they do, in the order that they fill the volume tiers.
    """

    queue_type: QueueType
    requests: tuple[Item, ...]

    @property
    def total(self) -> int:
        """All requests."""
        return int(sum(item.quantity for item in self.requests))


def queue_cost(usage: QueueUsage, terms: Terms) -> ServiceCost:
    """What requests cost.

    Raises:
        NotPricedError: no price for the queue type in the region.
    """
    bands = terms.book.bands("sqs", terms.region, usage.queue_type, "requests")
    lines = charge(usage.requests, bands, terms)
    if terms.free_tier and usage.total:
        free = min(FREE_REQUESTS, Decimal(usage.total))
        lines.append(give_back("free_tier_requests", "Free tier: the first 1,000,000 requests a month", free, bands))
    return service_cost("sqs", lines)


def requests(queue_type: QueueType, count: int) -> QueueUsage:
    """Requests of which it isn't known what they do."""
    return QueueUsage(queue_type, (Item("requests", "Requests", Decimal(count)),))


def messages(queue_type: QueueType, count: int, size: int, send_batch: int, receive_batch: int) -> QueueUsage:
    """The requests of equal messages, each sent, received and deleted once, with no idle polling.

    Args:
        queue_type: standard or FIFO.
        count: messages.
        size: bytes of each.
        send_batch: messages in a send.
        receive_batch: messages in a receive, and in a delete.
    """
    sends = _units_of_equal(count, size, send_batch)
    receives = _units_of_equal(count, size, receive_batch)
    deletes = -(-count // min(receive_batch, CALL_MESSAGES))
    return life(queue_type, sends, receives, deletes, 0)


def life(queue_type: QueueType, sends: int, receives: int, deletes: int, empty_receives: int) -> QueueUsage:
    """The requests of messages' lives.

    Args:
        queue_type: standard or FIFO.
        sends: units sent.
        receives: units received, those received again included.
        deletes: delete calls.
        empty_receives: receives that found nothing.
    """
    return QueueUsage(
        queue_type,
        (
            Item("send", "Sends", Decimal(sends)),
            Item("receive", "Receives", Decimal(receives)),
            Item("delete", "Deletes", Decimal(deletes)),
            Item("empty_receive", "Empty receives of idle pollers", Decimal(empty_receives)),
        ),
    )


def batched_units(classes: Iterable[tuple[int, int]], batch: Fraction | int) -> Fraction:
    """The 64 KiB units of messages that travel in batches.

    Messages of one size class are taken to be in batches of their own, each of the class's mean size: exact where the
    messages are alike, and for small ones, of which no batch reaches 64 KiB, exact however they are mixed.

    Args:
        classes: (messages, bytes) of each size class.
        batch: messages in a full batch.
    """
    whole = Fraction(0)
    for count, size in classes:
        if count:
            # The class's mean may let fewer messages into a call than the batch has.
            fits = min(Fraction(batch), Fraction(_fits(count, size, CALL_MESSAGES)))
            whole += count / fits * _units(size * fits.numerator, count * fits.denominator)
    return whole


def _fits(count: int, size: int, batch: int) -> int:
    """How many messages of a mean size go into one call."""
    return max(1, min(batch, CALL_MESSAGES, CALL_BYTES * count // size if size else batch))


def _units(numerator: int, denominator: int) -> int:
    """The units of a payload that is given as a fraction of bytes."""
    return max(1, -(-numerator // (denominator * BLOCK_BYTES)))


def _units_of_equal(count: int, size: int, batch: int) -> int:
    fits = _fits(1, size, batch)
    full, rest = divmod(count, fits)
    return full * _units(size * fits, 1) + (_units(size * rest, 1) if rest else 0)
