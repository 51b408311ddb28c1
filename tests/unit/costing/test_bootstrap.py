from random import Random

from hypothesis import given
from hypothesis import strategies as st

from shared.mockupaws.contracts.traffic import SeriesPoint
from shared.mockupaws.costing.bootstrap import spread

MONTH = 730 * 60


def series(counts: list[int]) -> list[SeriesPoint]:
    return [SeriesPoint(count, count * 100, count * 30) for count in counts]


def noise(seed: int, points: int, top: int = 100) -> list[int]:
    chance = Random(seed)  # noqa: S311 - numbers that look random and never change
    return [chance.randrange(top + 1) for _ in range(points)]


def test_traffic_that_never_varies_has_no_spread() -> None:
    found = spread(series([7] * 500), MONTH)
    assert found.logs == found.tokens == (1, 1)


def test_the_seed_is_fixed() -> None:
    counts = noise(1, 300)
    assert spread(series(counts), MONTH) == spread(series(counts), MONTH)


def test_bursts_spread_wider_than_noise() -> None:
    """The same counts, shuffled and in one block: what comes together stays together."""
    quiet, busy = [1] * 450, [50] * 50
    counts = [*quiet, *busy]
    shuffled = [count for _, count in sorted(zip(noise(3, 500, 10**9), counts, strict=True))]
    together = spread(series(counts), MONTH).logs
    apart = spread(series(shuffled), MONTH).logs
    assert together[1] - together[0] > 1.5 * (apart[1] - apart[0])


def test_a_longer_sample_says_more() -> None:
    short = spread(series(noise(5, 60)), MONTH).logs
    long = spread(series(noise(5, 6000)), MONTH).logs
    assert long[1] - long[0] < (short[1] - short[0]) / 3


def test_nine_in_ten_means_are_between_the_ends() -> None:
    """For independent counts the interval is that of the mean: 1.645 standard errors either way."""
    counts = noise(7, 1000)
    low, high = spread(series(counts), MONTH).logs
    error = (100 * 102 / 12) ** 0.5 / 1000**0.5 / 50
    assert abs(float(high) - 1 - 1.645 * error) < 0.25 * error
    assert abs(1 - float(low) - 1.645 * error) < 0.25 * error


@given(st.lists(st.integers(0, 10**9), max_size=200), st.integers(1, 10**5))
def test_the_mean_is_between_the_ends(counts: list[int], month_points: int) -> None:
    found = spread(series(counts), month_points)
    for low, high in (found.logs, found.tokens):
        assert 0 <= low <= 1 <= high
