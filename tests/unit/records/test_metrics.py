import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.mockupaws.contracts.metrics import Interval
from shared.mockupaws.records.metrics import MAX_BUCKETS, resolution

MINUTE, HOUR, DAY = 60, 3_600, 86_400


@pytest.mark.parametrize(
    ("seconds", "interval", "expected"),
    [
        (0, "auto", (MINUTE, MINUTE)),
        (8 * HOUR, "auto", (MINUTE, MINUTE)),
        (9 * HOUR, "auto", (MINUTE, 5 * MINUTE)),
        (2 * DAY, "auto", (HOUR, HOUR)),
        (30 * DAY, "auto", (HOUR, 6 * HOUR)),
        (365 * DAY, "auto", (DAY, DAY)),
        (1_000 * DAY, "auto", (DAY, 2 * DAY)),
        (HOUR, "hour", (HOUR, HOUR)),
        (30 * DAY, "minute", (HOUR, 6 * HOUR)),
        (30 * DAY, "day", (DAY, DAY)),
    ],
)
def test_the_longer_the_range_the_longer_the_buckets(
    seconds: int, interval: Interval, expected: tuple[int, int]
) -> None:
    assert resolution(seconds, interval) == expected


@given(st.floats(min_value=0, max_value=10**11), st.sampled_from(["auto", "minute", "hour", "day"]))
def test_no_range_makes_more_than_so_many_buckets(seconds: float, interval: Interval) -> None:
    stored, step = resolution(seconds, interval)
    assert seconds <= step * MAX_BUCKETS
    assert step % stored == 0
    assert stored in (MINUTE, HOUR, DAY)
