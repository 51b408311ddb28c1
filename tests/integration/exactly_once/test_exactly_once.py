"""Whatever dies, and whenever: every log is stored once, the sums are exact, and the dead letters are the poison.

With `--long-storm`, as in CI, PostgreSQL is away for a minute; without, for three seconds.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.integration.exactly_once.storm import Sea, Storm, rage, sea
from tests.integration.exactly_once.worker import NAIVE, REAL

pytestmark = pytest.mark.xdist_group("exactly_once")

# Times are a tenth of the real ones and less, receives are as real. Patience is for machines that are busy.
SHORT = Storm(
    seed=20,
    messages=400,
    poison=0.01,
    workers=3,
    lasts_s=8,
    kills=20,
    outage_s=3,
    timeout_s=5,
    visibility_s=5,
    max_receives=20,
    patience_s=240,
)
LONG = Storm(
    seed=4,
    messages=5_000,
    poison=0.01,
    workers=3,
    lasts_s=120,
    kills=150,
    outage_s=60,
    timeout_s=6,
    visibility_s=9,
    max_receives=20,
    patience_s=360,
)


@pytest.fixture(scope="module")
def open_sea() -> Iterator[Sea]:
    with sea() as made:
        yield made


def test_every_log_is_stored_once(open_sea: Sea, request: pytest.FixtureRequest) -> None:
    storm = LONG if request.config.getoption("--long-storm") else SHORT
    verdict = rage(storm, REAL, open_sea)
    assert verdict.clean, verdict
    assert verdict.story["killed with a batch in hand"] > storm.kills / 2


def test_a_naive_worker_is_found_out(open_sea: Sea) -> None:
    # It never comes to an end, for poison takes whole events with it. On a busy machine it is long until harm is done.
    verdicts = (rage(replace(SHORT, patience_s=patience_s), NAIVE, open_sea) for patience_s in (5, 30, 120))
    assert any(verdict.twice for verdict in verdicts)
