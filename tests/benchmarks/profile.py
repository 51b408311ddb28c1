"""What profiling a log line costs, beside tiktoken's encode alone."""

import time

import tiktoken

from shared.mockupaws.profiling import Profiler, mask_pii
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure, Goal, seconds, side_by_side
from tests.unit.profiling import hostile, loghub

_ROUNDS = 15
_LARGEST_BYTES = 262_144


def measure(bench: Bench) -> list[Figure]:
    """Profiling and encoding take turns over the same lines, in this process, on one core."""
    lines = bench.lines()
    profile, encode = Profiler().profile, tiktoken.get_encoding("cl100k_base").encode_ordinary
    taken = side_by_side(
        _ROUNDS,
        {
            "profile": lambda: seconds(lambda: [profile(line) for line in lines], time.process_time),
            "encode": lambda: seconds(lambda: [encode(line) for line in lines], time.process_time),
        },
    )
    flagged = len(loghub.flagged(lines))
    return [
        Figure(
            "profile_vs_tiktoken",
            round(taken.ratio("profile", "encode"), 3),
            "ratio",
            Goal("<=", 0.75),
            "profiling a line (hash, personal data, masking, tokens, blocks, level) against tiktoken's encode of it",
        ),
        Figure(
            "profile_line_us",
            round(taken.seconds("profile") / len(lines) * 1e6, 2),
            "µs",
            None,
            "profiling a line",
        ),
        Figure(
            "pii_flagged_per_1000",
            round(flagged / len(lines) * 1000, 3),
            "lines",
            Goal("<", 1),
            "of a thousand ordinary lines, how many are said to hold personal data",
        ),
        Figure(
            "pii_256k_ms",
            round(_worst_ms(), 1),
            "ms",
            Goal("<", 250),
            "finding and masking personal data in the worst of the hostile lines of 256 KiB",
        ),
    ]


def _worst_ms() -> float:
    """Of all hostile lines the one that takes longest, ms: noise only adds, so what looks worst is taken again."""
    taken = {name: [_masking_ms(name)] for name in hostile.NAMES}
    while True:
        worst = max(taken, key=lambda name: min(taken[name]))
        if len(taken[worst]) == _ROUNDS:
            return min(taken[worst])
        taken[worst].append(_masking_ms(worst))


def _masking_ms(name: str) -> float:
    line = hostile.line(name, _LARGEST_BYTES)
    return seconds(lambda: mask_pii(line, mask_ip=True), time.process_time) * 1000
