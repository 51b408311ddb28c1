"""Whatever dies, and whenever: every log is stored once, the sums are exact, and the dead letters are the poison."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.integration.exactly_once.storm import Sea, Storm, rage, sea
from tests.integration.exactly_once.worker import NAIVE, REAL

pytestmark = pytest.mark.xdist_group("exactly_once")

STORM = Storm(
    seed=20,
    messages=240,
    poison=0.01,
    workers=3,
    lasts_s=10,
    kills=40,
    outage_s=4,
    timeout_s=3,
    visibility_s=3,
    max_receives=12,
    patience_s=90,
)


@pytest.fixture(scope="module")
def open_sea() -> Iterator[Sea]:
    with sea() as made:
        yield made


def test_every_log_is_stored_once(open_sea: Sea) -> None:
    verdict = rage(STORM, REAL, open_sea)
    assert verdict.clean, verdict
    assert verdict.story["killed with a batch in hand"] > STORM.kills / 2


def test_a_naive_worker_is_found_out(open_sea: Sea) -> None:
    verdict = rage(replace(STORM, patience_s=5), NAIVE, open_sea)
    assert verdict.twice, verdict
