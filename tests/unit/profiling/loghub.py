"""Real lines of eight systems (https://github.com/logpai/loghub), read from beside the project, not copied into it."""

from collections.abc import Sequence
from pathlib import Path

from shared.mockupaws.profiling import Profiler

FOLDER = Path(__file__).parents[3].parent / "shared" / "data" / "loghub"


def lines(folder: Path = FOLDER) -> list[str]:
    """All of them."""
    return [line for file in sorted(folder.glob("*.log")) for line in file.read_text("utf-8", "replace").splitlines()]


def flagged(lines: Sequence[str]) -> list[str]:
    """Those that are said to hold personal data. One of Loghub's does: who built a kernel."""
    profile = Profiler().profile
    return [line for line in lines if profile(line).has_pii]
