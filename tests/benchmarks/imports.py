"""Cold starts: what a function imports, against a bare handler with the same libraries."""

import tempfile
from pathlib import Path

from layers.vocabulary import ROOT
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure, Goal, Turns, side_by_side
from tests.cold import Cold, bare

_ROUNDS = 5
# Of so many functions one looks bad by chance: those that look worst are measured anew, for longer.
_WORST = 4
_MORE_ROUNDS = 20
# One of the API's, which most are.
_USUAL = "scenarios"


def measure(bench: Bench) -> list[Figure]:
    """Each function's imports take turns with those of its bare handler."""
    del bench  # nothing is imported from a database
    names = sorted(path.parent.name for path in (ROOT / "functions").glob("*/handler.py"))
    with tempfile.TemporaryDirectory() as folder:
        cold = Cold(Path(folder))

        def turns(name: str, rounds: int) -> Turns:
            function = f"import functions.{name}.handler"
            yardstick = bare(cold.modules(function))
            return side_by_side(
                rounds, {"function": lambda: cold.seconds(function), "bare": lambda: cold.seconds(yardstick)}
            )

        taken = {name: turns(name, _ROUNDS) for name in names}
        for name in sorted(names, key=lambda name: _ratio(taken[name]))[-_WORST:]:
            taken[name] = turns(name, _MORE_ROUNDS)
    ratios = {name: _ratio(each) for name, each in taken.items()}
    worst = max(ratios, key=ratios.__getitem__)
    every = ", ".join(f"{name} {ratio:.2f}" for name, ratio in ratios.items())
    about = (
        f"processor time of imports over those of a bare handler with the libraries that the function loads (of "
        f"powertools' logger and resolver, pydantic, psycopg, boto3, bcrypt, msgpack, re2, alembic, reportlab) and no "
        f"others: the worst, {worst}, of {every}"
    )
    return [
        Figure("import_vs_bare", ratios[worst], "ratio", Goal("<=", 1.25), about),
        Figure("import_bare_ms", taken[_USUAL].seconds("bare") * 1_000, "ms", None, f"the bare handler's of {_USUAL}"),
    ]


def _ratio(taken: Turns) -> float:
    """Of all turns together: so short ones scatter, and their sums less than the median of their ratios."""
    return sum(taken.taken["function"]) / sum(taken.taken["bare"])
