from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.mockupaws.costing.queues import batched_units, messages, queue_cost
from tests.unit.costing.prices import MONTH

KIB = 1024


def by_name(count: int, size: int, send: int, receive: int) -> dict[str, Decimal]:
    return {item.name: item.quantity for item in messages("standard", count, size, send, receive).requests}


@pytest.mark.parametrize(
    ("size", "units"), [(1, 1), (64 * KIB - 1, 1), (64 * KIB, 1), (64 * KIB + 1, 2), (256 * KIB, 4)]
)
def test_a_message_is_charged_by_64_kib(size: int, units: int) -> None:
    assert by_name(100, size, 1, 1) == {
        "send": 100 * units,
        "receive": 100 * units,
        "delete": 100,
        "empty_receive": 0,
    }


def test_a_batch_is_charged_by_its_payload() -> None:
    """10 messages of 10 KiB are 100 KiB: two units; the last, of 5 messages, one. Deletes carry no payload."""
    assert by_name(105, 10 * KIB, 10, 10) == {"send": 21, "receive": 21, "delete": 11, "empty_receive": 0}


def test_a_call_carries_no_more_than_a_mebibyte() -> None:
    """Of 200 KiB messages five fit into one call: 1,000 KiB, 16 units."""
    assert by_name(10, 200 * KIB, 10, 10)["send"] == 2 * 16


def test_pollers_read_at_most_ten_a_call() -> None:
    assert by_name(1000, 100, 1, 500)["receive"] == 100


@given(st.integers(1, 10**6), st.integers(1, 256 * KIB), st.integers(1, 10))
def test_recorded_traffic_of_equal_messages_is_charged_as_such(full: int, size: int, batch: int) -> None:
    """What the cells say of equal messages is what is charged for them when they are counted out."""
    fits = max(1, min(batch, 2**20 // size))
    count = full * fits
    assert batched_units([(count, count * size)], Fraction(batch)) == by_name(count, size, batch, 1)["send"]


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(1, 4000)), min_size=1), st.integers(1, 10))
def test_small_messages_are_one_unit_a_batch_however_mixed(classes: list[tuple[int, int]], batch: int) -> None:
    sums = [(count, count * size) for count, size in classes]
    assert batched_units(sums, Fraction(batch)) == Fraction(sum(count for count, _ in classes), batch)


def test_fifo_costs_more_a_request() -> None:
    assert queue_cost(messages("fifo", 1_000_000, 100, 10, 10), MONTH).cost_usd == Decimal("0.15")
