import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.cli.lines import look_at, look_at_all
from shared.cli.recorder import Recorder
from shared.cli.seen import Seen
from shared.cli.times import Times


@given(st.lists(st.integers(0, 2**64 - 1)))
def test_seen_is_a_set(digests: list[int]) -> None:
    seen, known = Seen(), set[int]()
    for digest in digests:
        assert seen.add(digest) == ((digest or 1) in known)
        known.add(digest or 1)


def test_digests_that_fall_on_one_slot_are_told_apart() -> None:
    seen = Seen()
    digests = [number << 22 | 7 for number in range(1000)]
    assert not any(map(seen.add, digests))
    assert all(map(seen.add, digests))


def test_several_processes_find_what_one_finds() -> None:
    batches = [[f"2026-10-01T00:00:{second:02}Z ERROR card 4242 4242 4242 4242 {second}"] for second in range(20)]
    alone = list(look_at_all(batches, "cl100k_base", 1))
    together = list(look_at_all(batches, "cl100k_base", 2))
    assert together == alone
    assert all(line.has_pii and line.level == "error" for lines in alone for line in lines)


@given(st.lists(st.integers(0, 400 * 86_400), min_size=1, max_size=50))
def test_sums_agree_however_far_the_times_are_apart(seconds: list[int]) -> None:
    """Whatever the bucket grows to, no log is lost, and the series covers the file from its first line to its last."""
    recorder = Recorder()
    source = recorder.begin("a")
    lines = look_at([f"request {number}" for number in range(len(seconds))], "cl100k_base")
    recorder.record(line._replace(second=1_700_000_000 + second) for line, second in zip(lines, seconds, strict=True))
    traffic = recorder.traffic()
    assert sum(cell.logs for cell in traffic.cells) == source.lines == len(seconds)
    assert sum(arrival.logs for arrival in traffic.arrivals) == len(seconds)
    assert sum(point.logs for point in traffic.series) == len(seconds) - source.strays
    assert source.strays <= len(seconds) // 20
    assert len(traffic.series) <= 1_500
    assert source.first is not None
    assert source.last is not None
    assert len(traffic.series) * traffic.bucket_seconds >= source.last - source.first
    if not source.strays:
        assert source.last - source.first == max(seconds) - min(seconds)


_DAY = 86_400
_YEAR = 365 * _DAY
_HOUR = list(range(3_600))


def recorded(seconds: list[int | None]) -> tuple[int, int]:
    """What time a file of these covers, and how many of its lines are not believed."""
    recorder = Recorder()
    source = recorder.begin("a")
    line = look_at(["request"], "cl100k_base")[0]
    for start in range(0, len(seconds), 1_000):
        recorder.record(
            line._replace(second=None if second is None else 1_700_000_000 // 60 * 60 + second)
            for second in seconds[start : start + 1_000]
        )
    traffic = recorder.traffic()
    assert sum(cell.logs for cell in traffic.cells) == sum(arrival.logs for arrival in traffic.arrivals) == len(seconds)
    return recorder.recorded_seconds, source.strays


@pytest.mark.parametrize(
    ("strays", "places"),
    [
        ([5 * _YEAR], [0, 1_800, 3_600]),
        ([-20 * _YEAR], [0, 1_800, 3_600]),
        ([-50 * _YEAR, 5 * _YEAR, 5 * _YEAR, 9 * _YEAR], [0, 1_800, 3_600]),
        ([31 * _DAY] * 180, [1_800]),
    ],
)
def test_a_few_times_far_from_all_others_are_not_believed(strays: list[int], places: list[int]) -> None:
    for place in places:
        assert recorded([*_HOUR[:place], *strays, *_HOUR[place:]]) == (3_600, len(strays))


@pytest.mark.parametrize(
    "seconds",
    [
        [*_HOUR, 29 * _DAY],  # quiet for a while
        [*_HOUR, *range(5 * _YEAR, 5 * _YEAR + 400)],  # more than a few
        [day * _DAY for day in range(0, 720, 45)],  # hardly ever a line
        [0, 5 * _YEAR],  # who is to say which of the two
        [*range(0, 3 * _YEAR, 2 * _DAY), 5 * _YEAR],  # no further than the others are apart
        [*range(0, 29 * _DAY, _DAY), *(29 * _DAY + second for second in _HOUR)],  # quiet, then an incident
    ],
)
def test_files_with_quiet_times_are_recorded_whole(seconds: list[int | None]) -> None:
    times = [second for second in seconds if second is not None]
    assert recorded(seconds) == (max(times) // 60 * 60 + 60, 0)


def test_lines_without_a_time_do_not_follow_one_that_is_not_believed() -> None:
    recorder = Recorder()
    source = recorder.begin("a")
    line = look_at(["request"], "cl100k_base")[0]
    for second in range(3_000):
        far = 5 * _YEAR + second if second % 100 == 7 else None
        recorder.record(line._replace(second=at) for at in (second, far, None, None))
    traffic = recorder.traffic()
    assert source.strays == 30
    assert sum(point.logs for point in traffic.series) == source.lines - source.strays


def test_a_million_different_times_take_no_more_memory_than_there_are_months() -> None:
    times = Times()
    for second in range(0, 80 * _YEAR, 2_500):
        times.add(second)
    assert len(times.periods) <= 80 * 365 // 30 + 1
