from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from shared.mockupaws.contracts.wire import Day, Text, Usd, Utc

TIME: TypeAdapter[datetime] = TypeAdapter(Utc)
DAY: TypeAdapter[date] = TypeAdapter(Day)
MONEY: TypeAdapter[Decimal] = TypeAdapter(Usd)
TEXT: TypeAdapter[str] = TypeAdapter(Text)


@given(st.datetimes(timezones=st.timezones(), min_value=datetime(1900, 1, 2), max_value=datetime(2900, 1, 1)))  # noqa: DTZ001
def test_a_time_is_the_same_instant_in_utc_and_comes_back(time: datetime) -> None:
    read = TIME.validate_python(time.isoformat()) if time.utcoffset() and not _odd(time) else TIME.validate_python(time)
    assert read == time.astimezone(UTC)
    written = TIME.dump_python(read)
    assert written.endswith("Z")
    assert TIME.validate_python(written) == read


def _odd(time: datetime) -> bool:
    """Whether its zone is off by seconds, as in the days of local mean time, which ISO 8601 has no form for."""
    offset = time.utcoffset()
    return offset is not None and offset % timedelta(minutes=1) != timedelta()


@pytest.mark.parametrize("value", ["0.5", 5, 1.5, "1790367712", "2026-09-25", "2026-09-25T20:21:52", "now", "", True])
def test_a_time_without_its_zone_is_none(value: object) -> None:
    with pytest.raises(ValidationError):
        TIME.validate_python(value)


@pytest.mark.parametrize("value", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_time_that_utc_has_no_year_for_is_refused(value: str) -> None:
    with pytest.raises(ValidationError, match="years 1 to 9999"):
        TIME.validate_python(value)


@pytest.mark.parametrize("value", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"])
def test_the_first_and_the_last_time_are_times(value: str) -> None:
    assert TIME.dump_python(TIME.validate_python(value)) == value


@given(st.dates())
def test_a_day_is_read_as_it_is_written(day: date) -> None:
    assert DAY.validate_python(day.isoformat()) == DAY.validate_python(day) == day


@pytest.mark.parametrize(
    "value", [0, 20_000, 1.5, "0", "1790367712", "2026-09-25T00:00:00Z", "2026-02-30", "26-9-5", "", True]
)
def test_a_number_or_a_time_is_no_day(value: object) -> None:
    with pytest.raises(ValidationError):
        DAY.validate_python(value)


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_money_is_read_as_it_is_written_in_plain_digits(amount: Decimal) -> None:
    written = MONEY.dump_python(amount)
    assert "e" not in written.lower()
    assert Decimal(written) == amount


@pytest.mark.parametrize("value", ["a\0b", "\ud800"])
def test_text_that_postgresql_can_not_hold_is_refused(value: str) -> None:
    with pytest.raises(ValidationError):
        TEXT.validate_python(value)
