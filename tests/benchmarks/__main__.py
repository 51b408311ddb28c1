"""`make bench`: runs every benchmark, writes bench.json and docs/performance.md.

    python -m tests.benchmarks [NAME…]

A benchmark is a module of this folder with `measure(bench: Bench) -> list[Figure]`. Each runs in a process of its own.
With names, only those run and the figures are only printed. Exits 1 and names them where a figure misses its goal or a
benchmark could not be measured; what was measured is written all the same, unless a benchmark is missing.
"""

import argparse
import importlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pydantic import TypeAdapter

from infra.local.postgres import Cluster, home_for
from layers.vocabulary import ROOT, materialise
from tests.benchmarks import report
from tests.benchmarks.bench import LOGHUB, Bench
from tests.benchmarks.figures import Figure, Goal
from tests.databases import Server

_PREFIX = "mockupaws_bench_"
_FIGURES = TypeAdapter(list[Figure])
_MINUTES = Goal("<", 15)


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(benchmarks())}; all of them if none")
    parser.add_argument("--server", help="(a benchmark's own process) the run's PostgreSQL")
    arguments = parser.parse_args()
    if arguments.server:
        (name,) = arguments.names
        print(_FIGURES.dump_json(_measure(name, arguments.server)).decode())
        return
    sys.exit(run(arguments.names))


def benchmarks() -> list[str]:
    """The modules of this folder that measure something."""
    return sorted(
        file.stem for file in Path(__file__).parent.glob("*.py") if "\ndef measure(" in file.read_text("utf-8")
    )


def run(names: Sequence[str]) -> int:
    """Runs the benchmarks and says what they came to: 1 if one couldn't be measured or missed its goal, else 0."""
    figures: list[Figure] = []
    failed: list[str] = []
    begun = time.monotonic()
    with _postgres() as url:
        for name in names or benchmarks():
            started = time.monotonic()
            print(f"{name} …", end=" ", flush=True, file=sys.stderr)
            measured = subprocess.run(
                [sys.executable, "-m", "tests.benchmarks", name, "--server", url],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                text=True,
                check=False,
            )
            print(f"{time.monotonic() - started:.0f} s", file=sys.stderr)
            if measured.returncode:
                failed.append(name)
            else:
                figures += _FIGURES.validate_json(measured.stdout.splitlines()[-1])
    if not names:
        minutes = (time.monotonic() - begun) / 60
        figures.append(Figure("bench_minutes", minutes, "min", _MINUTES, "`make bench` from its beginning to its end"))
    print(report.table(figures))
    if not names and not failed:
        (ROOT / "bench.json").write_text(report.as_json(figures))
        (ROOT / "docs" / "performance.md").write_text(report.page(figures, loghub=LOGHUB.is_dir()))
    return verdict(figures, failed)


def verdict(figures: Sequence[Figure], failed: Sequence[str]) -> int:
    """Says what is not as it should be.

    Args:
        figures: what was measured.
        failed: names of the benchmarks that could not be.

    Returns:
        The exit code.
    """
    missed = [
        f"{f.name} is {f.value:.3g} {f.unit}, not {f.goal}" for f in figures if f.goal and not f.goal.met(f.value)
    ]
    for text in (*(f"{name} could not be measured" for name in failed), *missed):
        print(text, file=sys.stderr)
    return 1 if failed or missed else 0


def _measure(name: str, server_url: str) -> list[Figure]:
    module = importlib.import_module(f"tests.benchmarks.{name}")
    os.environ["TIKTOKEN_CACHE_DIR"] = str(materialise())
    return module.measure(Bench(Server(server_url, _PREFIX), LOGHUB if LOGHUB.is_dir() else None))


@contextmanager
def _postgres() -> Generator[str]:
    with tempfile.TemporaryDirectory(prefix="mockupaws-bench-") as folder:
        home = Path(folder)
        home.chmod(0o711)  # root runs PostgreSQL as somebody else
        cluster = Cluster(home_for(home))
        cluster.start()
        try:
            server = Server(cluster.url(), _PREFIX)
            server.prepare()
            yield server.admin_url
        finally:
            cluster.stop()


if __name__ == "__main__":
    main()
