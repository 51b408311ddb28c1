from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from shared.mockupaws.costing import exact
from shared.mockupaws.costing.apportion import apportion

totals = st.decimals(min_value=0, max_value=10**9, places=23)
weights = st.lists(st.integers(min_value=0, max_value=10**12), min_size=1, max_size=50)


@given(totals, weights)
def test_the_parts_add_up_to_the_last_digit_and_none_is_negative(total: Decimal, weights: list[int]) -> None:
    parts = apportion(total, weights)
    assert len(parts) == len(weights)
    assert exact.total(parts) == (total if any(weights) else 0)
    assert all(part >= 0 for part in parts)
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if not weight)


@given(totals, weights.filter(any), st.integers(min_value=0, max_value=18))
def test_no_part_is_further_off_than_a_rounding(total: Decimal, weights: list[int], places: int) -> None:
    step = Decimal(1).scaleb(-places)
    for part, weight in zip(map(Fraction, apportion(total, weights, places)), weights, strict=True):
        assert abs(part - Fraction(total) * weight / sum(weights)) <= Fraction(step)


def test_percentages_make_a_hundred() -> None:
    assert apportion(Decimal(100), [1, 1, 1], places=2) == [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]
    assert apportion(Decimal(100), [Decimal("0.5"), Decimal(0)], places=2) == [Decimal(100), Decimal(0)]


def test_without_a_weight_there_is_nothing_to_divide_by() -> None:
    assert apportion(Decimal(5), [0, 0]) == [Decimal(0), Decimal(0)]
    assert apportion(Decimal(5), []) == []
