"""Cold starts: what a function imports, against a bare handler with the same libraries."""

import tempfile
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from layers.vocabulary import ROOT
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure, Goal
from tests.cold import Cold, bare

_ROUNDS = 5
# Of so many functions one looks bad by chance: those that look worst are measured for longer.
_WORST = 4
_MORE_ROUNDS = 15
# One of the API's, which most are.
_USUAL = "scenarios"


@dataclass
class Taken:
    """What both took in all, by turns, seconds. The least of each, and the median, scatter more than these sums do."""

    function: float = 0
    bare: float = 0
    rounds: int = 0

    def add(self, function: float, bare: float) -> None:
        self.function += function
        self.bare += bare
        self.rounds += 1

    @property
    def ratio(self) -> float:
        return self.function / self.bare


def measure(bench: Bench) -> list[Figure]:
    """Each function's imports take turns with those of its bare handler."""
    del bench  # nothing is imported from a database
    names = sorted(path.parent.name for path in (ROOT / "functions").glob("*/handler.py"))
    taken = {name: Taken() for name in names}
    with tempfile.TemporaryDirectory() as folder:
        cold = Cold(Path(folder))
        functions = {name: f"import functions.{name}.handler" for name in names}
        # This compiles them, too.
        yardsticks = {name: bare(cold.modules(code)) for name, code in functions.items()}
        for code in {*yardsticks.values()}:
            cold.seconds(code)

        def take_turns(some: list[str], rounds: int) -> None:
            for _, name in product(range(rounds), some):
                taken[name].add(cold.seconds(functions[name]), cold.seconds(yardsticks[name]))

        take_turns(names, _ROUNDS)
        take_turns(sorted(names, key=lambda name: taken[name].ratio)[-_WORST:], _MORE_ROUNDS)
    bare_s = taken[_USUAL].bare / taken[_USUAL].rounds
    worst = max(names, key=lambda name: taken[name].ratio)
    every = ", ".join(f"{name} {it.ratio:.2f}" for name, it in taken.items())
    about = (
        f"processor time of imports over those of a bare handler with the libraries that the function loads (of "
        f"powertools' logger and resolver, pydantic, psycopg, boto3, bcrypt, msgpack, re2, alembic, reportlab) and no "
        f"others: the worst, {worst}, of {every}"
    )
    return [
        Figure("import_vs_bare", taken[worst].ratio, "ratio", Goal("<=", 1.25), about),
        Figure("import_bare_ms", bare_s * 1_000, "ms", None, f"the bare handler's of {_USUAL}"),
    ]
