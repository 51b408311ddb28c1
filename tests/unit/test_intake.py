"""What is kept of a record's source, and of what could not be read."""

import tracemalloc
from datetime import UTC, datetime
from uuid import UUID

import pytest

from shared.mockupaws.contracts.batch import LogBatch
from shared.mockupaws.ids import new_id
from shared.mockupaws.intake import Record, Unreadable, fill

_CARD = "4242 4242 4242 4242"


def filled(*records: Record, unreadable: tuple[Unreadable, ...] = ()) -> LogBatch:
    batch = LogBatch(new_id(), UUID(int=1), datetime.now(UTC))
    fill(batch, records, unreadable, mask_ip=False)
    return batch


def sources(batch: LogBatch) -> list[str]:
    return batch.sources


def test_sources_are_masked_and_cut() -> None:
    batch = filled(Record("a", "shop"), Record("b"), Record("c", "ada@example.com"), Record("d", "x" * 100_000))
    assert sources(batch) == ["shop", "unknown", "a***@***.com", "x" * 255]


@pytest.mark.parametrize("before", range(240, 262))
def test_a_source_is_masked_before_it_is_cut(before: int) -> None:
    (source,) = sources(filled(Record("a", "x" * before + " " + _CARD + " " + "y" * 5_000)))
    assert "4242 4242" not in source


@pytest.mark.parametrize("before", range(1_000, 1_024))
def test_a_source_that_masking_shortens_shows_nothing_that_the_cut_went_through(before: int) -> None:
    long_names = f"{'a' * 60}@{'b' * 60}.com " * 20
    (source,) = sources(filled(Record("a", long_names[:before] + " " + _CARD + " " + "y" * 5_000)))
    assert "4242" not in source.replace("**** **** **** 4242", "")


def test_long_sources_are_not_kept_in_memory() -> None:
    filled(Record("a", "b"))
    tracemalloc.start()
    for number in range(50):
        filled(Record("a", f"{number}" + "x" * 1_000_000))
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 5_000_000
