"""The refresh while a price is announced: it compares the price of the day, and what is to come stays."""

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from functions.refresh_pricing.offers import Published
from functions.refresh_pricing.service import Refreshed, refresh
from shared.mockupaws.db import Rows
from tests import factories
from tests.unit.refresh_pricing.price_list import sqs

TODAY = date(2026, 11, 26)
ANNOUNCED = date(2027, 1, 5)
EVE = ANNOUNCED - timedelta(days=1)
IN_FORCE, TO_COME = Decimal("0.40"), Decimal("0.30")


def announce(connection: Rows) -> None:
    factories.aws_price(connection, effective_to=EVE, verified=False)
    factories.aws_price(connection, price_per_unit=TO_COME, effective_from=ANNOUNCED, verified=False)


def refreshed(connection: Rows, usd: str, today: date = TODAY) -> Refreshed:
    """What comes of a refresh on a day on which AWS asks so much for a single request."""
    published = Published()
    published.read([json.loads(sqs("us-east-1", first=usd), parse_float=Decimal)])
    with connection.transaction():
        return refresh(connection, published, today)


def rows(connection: Rows) -> list[tuple[Any, ...]]:
    return connection.execute(
        """
        SELECT price_per_unit, effective_from, effective_to, is_active, verified FROM aws_pricing
        ORDER BY effective_from, is_active
        """
    ).fetchall()


def test_a_confirmed_price_leaves_the_announced_one_as_it_is(connection: Rows) -> None:
    announce(connection)
    assert refreshed(connection, "0.0000004000") == Refreshed(1, 0, 0, frozenset())
    assert rows(connection) == [
        (IN_FORCE, date(2026, 1, 1), EVE, True, True),
        (TO_COME, ANNOUNCED, None, True, False),
    ]


def test_a_changed_price_holds_from_today_until_the_announced_one_does(connection: Rows) -> None:
    announce(connection)
    assert refreshed(connection, "0.0000004500") == Refreshed(0, 1, 0, frozenset({"us-east-1"}))
    assert rows(connection) == [
        (IN_FORCE, date(2026, 1, 1), TODAY - timedelta(days=1), True, False),
        (Decimal("0.45"), TODAY, EVE, True, True),
        (TO_COME, ANNOUNCED, None, True, False),
    ]
    assert refreshed(connection, "0.0000004500").confirmed == 1


def test_on_its_last_day_a_price_is_still_the_one_that_is_compared(connection: Rows) -> None:
    announce(connection)
    assert refreshed(connection, "0.0000004500", EVE).changed == 1
    assert rows(connection)[1:] == [
        (Decimal("0.45"), EVE, EVE, True, True),
        (TO_COME, ANNOUNCED, None, True, False),
    ]


def test_an_announced_price_is_compared_from_its_first_day_on(connection: Rows) -> None:
    announce(connection)
    assert refreshed(connection, "0.0000003000", ANNOUNCED) == Refreshed(1, 0, 0, frozenset())
    assert rows(connection)[-1] == (TO_COME, ANNOUNCED, None, True, True)


def test_what_was_announced_and_did_not_come_was_never_in_force(connection: Rows) -> None:
    announce(connection)
    assert refreshed(connection, "0.0000004000", ANNOUNCED).changed == 1
    assert rows(connection) == [
        (IN_FORCE, date(2026, 1, 1), EVE, True, False),
        (TO_COME, ANNOUNCED, ANNOUNCED, False, False),
        (IN_FORCE, ANNOUNCED, None, True, True),
    ]


def test_what_has_ended_or_was_withdrawn_is_not_compared(connection: Rows) -> None:
    factories.aws_price(connection, effective_to=TODAY - timedelta(days=1))
    factories.aws_price(connection, effective_from=date(2026, 2, 1), effective_to=TODAY, is_active=False)
    before = rows(connection)
    assert refreshed(connection, "0.0000004500") == Refreshed(0, 0, 0, frozenset())
    assert rows(connection) == before
