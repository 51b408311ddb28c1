from hypothesis import given
from hypothesis import strategies as st

from shared.mockupaws.contracts.pipeline import SqsDesign
from shared.mockupaws.contracts.traffic import ArrivalClass
from shared.mockupaws.costing.batching import Batches, batches

STEADY = ArrivalClass(rate_class=5, minutes=60, logs=3600, active_seconds=3600)
"""One log a second for an hour."""
BURST = ArrivalClass(rate_class=9, minutes=1, logs=1000, active_seconds=1)
"""A thousand logs in one second."""


def invocations(arrival: ArrivalClass, size: int = 10, window: int = 0, mean_bytes: int = 100) -> int:
    design = SqsDesign(receive_batch_size=size, batch_window_s=window)
    return sum(batch.count for batch in batches([arrival], design, mean_bytes))


def test_a_burst_fills_its_batches() -> None:
    assert invocations(BURST) == 100
    assert invocations(BURST, size=1000, window=5) == 1


def test_sparse_traffic_is_invoked_log_by_log_without_a_window() -> None:
    assert invocations(STEADY) == 3600


def test_a_window_collects_what_arrives_in_it() -> None:
    """One log a second: 5 in 5 s, and no more than the batch holds in 20."""
    assert invocations(STEADY, window=5) == 720
    assert invocations(STEADY, window=20) == 360
    assert invocations(STEADY, size=1000, window=300) == 12


def test_a_window_collects_nothing_that_did_not_arrive() -> None:
    """Three logs in the one active second of a minute: a long window gives one batch, not a third of one."""
    lonely = ArrivalClass(rate_class=1, minutes=1, logs=3, active_seconds=1)
    assert invocations(lonely, window=300) == 1


def test_an_invocation_carries_6_mb() -> None:
    """Of 256 KiB messages 24 fit."""
    assert invocations(BURST, size=1000, window=5, mean_bytes=256 * 1024) == 42


def arrival_class(minutes: int, seconds_each: int, more_logs: int) -> ArrivalClass:
    active = minutes * seconds_each
    return ArrivalClass(rate_class=0, minutes=minutes, logs=active + more_logs, active_seconds=active)


ARRIVALS = st.builds(arrival_class, st.integers(1, 10_000), st.integers(1, 60), st.integers(0, 10**9))


@given(ARRIVALS, st.integers(1, 10_000), st.integers(1, 300), st.integers(1, 262_144))
def test_every_log_is_in_one_batch_and_no_batch_is_too_full(
    arrival: ArrivalClass, size: int, window: int, mean_bytes: int
) -> None:
    made = batches([arrival], SqsDesign(receive_batch_size=size, batch_window_s=window), mean_bytes)
    assert sum(batch.count * batch.logs for batch in made) == arrival.logs
    assert all(batch.logs <= size for batch in made)
    assert all(batch.logs >= 1 for batch in made if batch.count)


@given(ARRIVALS, st.integers(1, 9_999), st.integers(1, 299))
def test_larger_and_longer_batches_are_never_more(arrival: ArrivalClass, size: int, window: int) -> None:
    few = invocations(arrival, size, window)
    assert invocations(arrival, size + 1, window) <= few
    assert invocations(arrival, size, window + 1) <= few


def test_no_traffic_is_no_batch() -> None:
    assert batches([], SqsDesign(), 0) == []
    assert batches([ArrivalClass(0, 1, 1, 1)], SqsDesign(), 50) == [Batches(1, 1)]
