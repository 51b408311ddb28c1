from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.scenarios.cursor import Position, read_cursor, write_cursor
from shared.mockupaws.errors import InvalidRequestError

positions = st.builds(
    Position,
    received_at=st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
    log_id=st.uuids(),
)


@given(positions)
def test_a_cursor_is_read_as_it_was_written_and_needs_no_quoting_in_a_url(position: Position) -> None:
    cursor = write_cursor(position)
    assert read_cursor(cursor) == position
    assert cursor.replace("-", "").replace("_", "").isalnum()


@given(st.text())
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(InvalidRequestError) as refused:
        read_cursor(text)
    assert refused.value.details[0].field == "query.cursor"


def test_a_time_beyond_the_calendar_is_refused() -> None:
    cursor = write_cursor(Position(datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC), UUID(int=0)))
    beyond = "f" + cursor[1:]
    with pytest.raises(InvalidRequestError):
        read_cursor(beyond)
