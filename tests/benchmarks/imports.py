"""Cold starts: what a function imports, against a bare handler with the same libraries."""

import tempfile
from pathlib import Path

from layers.vocabulary import ROOT
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure, Goal
from tests.cold import Cold, bare

_ROUNDS = 7
# One of the API's, which most are.
_USUAL = "scenarios"


def measure(bench: Bench) -> list[Figure]:
    """Each function's imports and its bare handler's take turns; the least of each counts, since noise only adds."""
    del bench  # nothing is imported from a database
    names = sorted(path.parent.name for path in (ROOT / "functions").glob("*/handler.py"))
    least: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        cold = Cold(Path(folder))
        functions = {name: f"import functions.{name}.handler" for name in names}
        yardsticks = {name: bare(cold.modules(code)) for name, code in functions.items()}
        for turn in range(_ROUNDS + 1):
            for code in {*functions.values(), *yardsticks.values()}:
                took = cold.seconds(code)
                if turn:  # the first compiles
                    least[code] = min(least.get(code, took), took)
    ratios = {name: least[functions[name]] / least[yardsticks[name]] for name in names}
    worst = max(ratios, key=ratios.__getitem__)
    every = ", ".join(f"{name} {ratio:.2f}" for name, ratio in ratios.items())
    about = (
        f"processor time of imports over those of a bare handler with the libraries that the function loads (of "
        f"powertools' logger and resolver, pydantic, psycopg, boto3, bcrypt, msgpack, re2, alembic, reportlab) and no "
        f"others: the worst, {worst}, of {every}"
    )
    return [
        Figure("import_vs_bare", ratios[worst], "ratio", Goal("<=", 1.25), about),
        Figure("import_bare_ms", least[yardsticks[_USUAL]] * 1_000, "ms", None, f"the bare handler's of {_USUAL}"),
    ]
