"""What profiling a log line costs, beside tiktoken's encode alone: both in this process, on the same lines, one core.

    python -m tests.benchmarks.profile [folder of *.log]

prints `{name: {value, unit, goal}}` as JSON.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import tiktoken

from layers.vocabulary import materialise
from shared.mockupaws.profiling import Profiler, mask_pii
from tests.unit.profiling import hostile

DEFAULT_LOGS = Path(__file__).parents[2].parent / "shared" / "data" / "loghub"
_ROUNDS = 5
_LARGEST = 262_144


def lines_of(folder: Path) -> list[str]:
    """Every line of the logs in a folder."""
    files = sorted(folder.glob("*.log"))
    if not files:
        raise SystemExit(f"no *.log in {folder}")
    return [line for file in files for line in file.read_text("utf-8", "replace").splitlines()]


def _seconds(work: Callable[[str], object], lines: Iterable[str]) -> float:
    start = time.thread_time()
    for line in lines:
        work(line)
    return time.thread_time() - start


def measure(folder: Path) -> dict[str, dict[str, float | str]]:
    """The figures. Rounds alternate, and the best of each counts, so that a busy machine slows both or neither."""
    os.environ["TIKTOKEN_CACHE_DIR"] = str(materialise())
    lines = lines_of(folder)
    profile, encode = Profiler().profile, tiktoken.get_encoding("cl100k_base").encode_ordinary
    profile(lines[0])
    profiling = encoding = float("inf")
    for _ in range(_ROUNDS):
        encoding = min(encoding, _seconds(encode, lines))
        profiling = min(profiling, _seconds(profile, lines))
    flagged = sum(profile(line).has_pii for line in lines)
    worst = max(
        min(_seconds(lambda text: mask_pii(text, mask_ip=True), [line]) for _ in range(3))
        for line in (hostile.line(name, _LARGEST) for name in hostile.NAMES)
    )
    return {
        "profile_vs_tiktoken": {"value": round(profiling / encoding, 3), "unit": "ratio", "goal": "<= 0.75"},
        "profile_us": {"value": round(profiling / len(lines) * 1e6, 2), "unit": "us/line", "goal": ""},
        "pii_flagged_per_1000": {"value": round(flagged / len(lines) * 1000, 3), "unit": "lines", "goal": "< 1"},
        "pii_worst_256k_ms": {"value": round(worst * 1e3, 1), "unit": "ms", "goal": "< 250"},
    }


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_LOGS), indent=2))  # noqa: T201
