"""`mockupaws estimate` counts lines in a process of its own; what it counts is what a scenario records of them."""

from datetime import UTC, datetime, timedelta

from functions.store_logs.service import store_batches
from shared.cli.lines import look_at
from shared.cli.recorder import Recorder
from shared.mockupaws.contracts.batch import LogBatch
from shared.mockupaws.db import Rows
from shared.mockupaws.ids import new_id
from shared.mockupaws.profiling import Profiler
from shared.mockupaws.records.store import read_sums
from tests import factories
from tests.batches import sealed
from tests.unit.profiling import ordinary


def test_a_scenario_records_what_the_command_line_counts(connection: Rows) -> None:
    scenario_id = factories.scenario(connection, status="running")["id"]
    begin = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    # At uneven distances; fifty of them again.
    stamped = [(begin + timedelta(seconds=i * i % 900 + i), text) for i, text in enumerate(ordinary.lines(1_000))]
    stamped += stamped[400:450]
    lines = [f"{moment:%Y-%m-%dT%H:%M:%SZ} {text}" for moment, text in stamped]

    recorder = Recorder()
    recorder.begin("app.log")
    recorder.record(look_at(lines, "cl100k_base"))

    profile = Profiler().profile
    for start in range(0, len(lines), 100):
        batch = LogBatch(new_id(), scenario_id, datetime.now(UTC))
        for line, (moment, _) in zip(lines[start : start + 100], stamped[start : start + 100], strict=True):
            batch.add(profile(line), "app", int(moment.timestamp()))
        with connection.transaction():
            store_batches(connection, [sealed(batch)])

    counted, recorded = recorder.traffic(), read_sums(connection, scenario_id)
    assert sorted(counted.cells) == sorted(recorded.cells)
    assert counted.arrivals == recorded.arrivals
