"""Cold starts: what a function imports, against a bare handler with the same libraries."""

import tempfile
from pathlib import Path

from layers.vocabulary import ROOT
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure, Goal
from tests.cold import BARE, Cold

_ROUNDS = 7
# Libraries that one function alone is there for.
_OWN = {
    "migrate": "import alembic.command, alembic.op, sqlalchemy",
    "render_report": "import reportlab.graphics.shapes, reportlab.pdfgen.canvas, reportlab.platypus",
}


def measure(bench: Bench) -> list[Figure]:
    """Each function's imports and the bare handler's take turns; the least of each counts, since noise only adds."""
    del bench  # nothing is imported from a database
    names = sorted(path.parent.name for path in (ROOT / "functions").glob("*/handler.py"))
    contestants = {"bare": BARE, **{f"bare {name}": f"{BARE}\n{own}" for name, own in _OWN.items()}}
    contestants |= {name: f"import functions.{name}.handler" for name in names}
    least: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        cold = Cold(Path(folder))
        for turn in range(_ROUNDS + 1):
            for name, code in contestants.items():
                took = cold.seconds(code)
                if turn:  # the first compiles
                    least[name] = min(least.get(name, took), took)
    ratios = {name: least[name] / least[f"bare {name}" if name in _OWN else "bare"] for name in names}
    worst = max(ratios, key=ratios.__getitem__)
    every = ", ".join(f"{name} {ratio:.2f}" for name, ratio in ratios.items())
    about = (
        f"processor time of imports over those of a bare handler with the same libraries (powertools' "
        f"resolver, pydantic, psycopg; alembic in migrate, reportlab in render_report): the worst, {worst}, of {every}"
    )
    return [
        Figure("import_vs_bare", ratios[worst], "ratio", Goal("<=", 1.25), about),
        Figure("import_bare_ms", least["bare"] * 1_000, "ms", None, "the bare handler's"),
    ]
