from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from shared.cli.demo import _dollars
from shared.cli.sample import SPAN, sample_logs
from shared.mockupaws.profiling.timestamps import parse_timestamp

_UNTIL = datetime(2026, 11, 23, 1, tzinfo=UTC)


def test_the_same_seed_gives_the_same_lines() -> None:
    assert sample_logs(500, _UNTIL) == sample_logs(500, _UNTIL)
    assert sample_logs(500, _UNTIL) != sample_logs(500, _UNTIL, seed=2)


def test_every_line_has_a_time_of_the_week_before() -> None:
    lines = [line for source in sample_logs(2_000, _UNTIL).values() for line in source]
    assert len(lines) == 2_000
    for line in lines:
        moment = parse_timestamp(line, _UNTIL)
        assert moment is not None
        assert _UNTIL - SPAN <= moment.astimezone(UTC) <= _UNTIL


def test_there_are_kinds_duplicates_personal_data_and_nights() -> None:
    logs = sample_logs(5_000, _UNTIL)
    assert {name for name, lines in logs.items() if lines} == {"nginx", "shop", "java", "postgres", "auth"}
    lines = [line for source in logs.values() for line in source]
    assert 100 < len(lines) - len(set(lines)) < 500
    assert any("@example.com" in line for line in lines)
    hours = Counter(moment.hour for line in lines if (moment := parse_timestamp(line, _UNTIL)))
    assert hours[16] > 4 * hours[4]


@pytest.mark.parametrize(
    ("amount", "written"),
    [("0", "$0.00"), ("1234.5", "$1,234.50"), ("0.0098", "$0.0098"), ("0.00004", "$0.00004"), ("-3", "$-3.00")],
)
def test_tiny_amounts_are_not_rounded_away(amount: str, written: str) -> None:
    assert _dollars(Decimal(amount)) == written
