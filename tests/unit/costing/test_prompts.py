from fractions import Fraction
from math import ceil, comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.mockupaws.costing.prompts import calls_of

SHARES = st.fractions(0, 1, max_denominator=1_000_000)


@given(st.integers(1, 60), SHARES, st.integers(1, 80))
def test_it_is_the_mean_over_all_that_can_be_left(logs: int, kept: Fraction, per_call: int) -> None:
    """The same by its definition, in exact arithmetic."""
    mean = sum(
        comb(logs, left) * kept**left * (1 - kept) ** (logs - left) * ceil(Fraction(left, per_call))
        for left in range(logs + 1)
    )
    assert abs(calls_of(logs, kept, per_call) - mean) < Fraction(1, 10**11)


@given(st.integers(1, 10_000), SHARES, st.integers(1, 10_000))
def test_it_is_at_least_what_full_prompts_would_take_and_at_most_a_call_a_log(
    logs: int, kept: Fraction, per_call: int
) -> None:
    calls, slack = calls_of(logs, kept, per_call), Fraction(1, 10**11)
    assert logs * kept / per_call - slack <= calls <= min(logs * kept, Fraction(ceil(Fraction(logs, per_call)))) + slack


@given(st.integers(1, 9_999), SHARES, SHARES, st.integers(1, 100))
def test_more_logs_left_are_never_fewer_calls(logs: int, kept: Fraction, other: Fraction, per_call: int) -> None:
    slack = Fraction(1, 10**10)
    assert calls_of(logs + 1, kept, per_call) >= calls_of(logs, kept, per_call) - slack
    assert calls_of(logs, max(kept, other), per_call) >= calls_of(logs, min(kept, other), per_call) - slack


@pytest.mark.parametrize(("kept", "calls"), [(Fraction(1), 1), (Fraction(1, 10), 0.6513215599), (Fraction(0), 0)])
def test_a_batch_of_ten_in_one_prompt(kept: Fraction, calls: float) -> None:
    assert float(calls_of(10, kept, 10)) == pytest.approx(calls)
