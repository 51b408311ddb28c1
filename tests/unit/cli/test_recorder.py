from hypothesis import given
from hypothesis import strategies as st

from shared.cli.lines import look_at, look_at_all
from shared.cli.recorder import Recorder
from shared.cli.seen import Seen


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
    assert sum(point.logs for point in traffic.series) == len(seconds)
    assert len(traffic.series) <= 1_500
    assert len(traffic.series) * traffic.bucket_seconds >= max(seconds) - min(seconds)
