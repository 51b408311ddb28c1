"""`make bench`: runs every benchmark, writes bench.json and docs/performance.md.

    python -m tests.benchmarks [NAME…]

A benchmark is a module of this folder with `measure(bench: Bench) -> list[Figure]`. Each runs in a process of its own.
With names, only those run and the figures are only printed.
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
from tests.benchmarks.figures import Figure
from tests.databases import Server

_PREFIX = "mockupaws_bench_"
_FIGURES = TypeAdapter(list[Figure])


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
    """Runs the benchmarks and says how many could not be measured."""
    figures: list[Figure] = []
    failed = 0
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
            failed += measured.returncode != 0
            print(f"{time.monotonic() - started:.0f} s", file=sys.stderr)
            if measured.returncode == 0:
                figures += _FIGURES.validate_json(measured.stdout.splitlines()[-1])
    print(report.table(figures))
    if not names and not failed:
        (ROOT / "bench.json").write_text(report.as_json(figures))
        (ROOT / "docs" / "performance.md").write_text(report.page(figures, loghub=LOGHUB.is_dir()))
    return failed


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
