"""A deploy brings the prices that the product comes with, and overrules nobody."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from psycopg import errors

from functions.migrate.service import migrate
from functions.migrate.store import add_prices
from shared.mockupaws.costing.price_book import PriceBook
from shared.mockupaws.costing.seed import seed_prices
from shared.mockupaws.db import Rows
from shared.mockupaws.records.store import read_prices
from tests import factories
from tests.integration.migrate.conftest import Deploy

SEED = seed_prices()
ONE = next(p for p in SEED if (p.service, p.region, p.tier, p.range_begin) == ("sqs", "us-east-1", "fifo", 0))


def fifo(connection: Rows) -> list[tuple[Any, ...]]:
    query = """
        SELECT price_per_unit, effective_from, effective_to, is_active FROM aws_pricing
        WHERE service = 'sqs' AND region = 'us-east-1' AND tier = 'fifo' AND range_begin = 0 ORDER BY effective_from
    """
    return connection.execute(query).fetchall()


def test_a_deploy_brings_every_price_once(deploy: Deploy) -> None:
    for _ in range(2):
        deploy.run()
    with psycopg.connect(deploy.owner_url) as connection:
        for region in ("us-east-1", "eu-central-1"):
            stored = read_prices(connection, region)
            assert {price._replace(id=None) for price in stored} == {price for price in SEED if price.region == region}
            assert PriceBook(stored).models(region) == PriceBook(SEED).models(region)


def test_a_newer_seed_closes_the_price_that_it_follows(connection: Rows) -> None:
    assert add_with(connection, [ONE]) == 1
    later = ONE._replace(price_per_unit=Decimal("0.45"), effective_from=ONE.effective_from + timedelta(days=30))
    assert add_with(connection, [later]) == 1
    assert fifo(connection) == [
        (ONE.price_per_unit, ONE.effective_from, later.effective_from - timedelta(days=1), True),
        (Decimal("0.45"), later.effective_from, None, True),
    ]
    assert add_with(connection, [ONE]) == add_with(connection, [later]) == 0


def test_what_a_person_changed_or_deleted_stays(connection: Rows) -> None:
    add_with(connection, [ONE])
    connection.execute("UPDATE aws_pricing SET effective_from = %s, price_per_unit = 9", [date(2026, 10, 1)])
    assert add_with(connection, [ONE]) == 0
    connection.execute("UPDATE aws_pricing SET is_active = false")
    assert add_with(connection, [ONE]) == 0
    assert fifo(connection) == [(Decimal(9), date(2026, 10, 1), None, False)]


def test_a_newer_seed_leaves_a_deleted_price_the_days_before_it(connection: Rows) -> None:
    add_with(connection, [ONE])
    deleted = ONE.effective_from + timedelta(days=40)
    connection.execute("UPDATE aws_pricing SET is_active = false, effective_to = %s", [deleted])
    later = ONE._replace(price_per_unit=Decimal("0.45"), effective_from=ONE.effective_from + timedelta(days=30))
    assert add_with(connection, [later]) == 1
    eve = later.effective_from - timedelta(days=1)
    held = [read_prices(connection, "us-east-1", day) for day in (eve, later.effective_from)]
    assert [[price.price_per_unit for price in prices] for prices in held] == [[ONE.price_per_unit], [Decimal("0.45")]]


def test_of_several_open_prices_of_one_thing_each_ends_where_the_next_begins(empty_database_url: str) -> None:
    """As a superuser could make them before 0008, which keeps the cost of each day as it was."""
    migrate(empty_database_url)
    with psycopg.connect(empty_database_url, autocommit=True) as connection:
        connection.execute("DROP INDEX aws_pricing_open_key")
        connection.execute("UPDATE alembic_version SET version_num = '0007'")
        ahead = date(2126, 1, 1)
        for begin in (date(2026, 9, 1), ahead, date(2026, 1, 1)):
            factories.aws_price(connection, effective_from=begin)
        alone = factories.aws_price(connection, tier="fifo")["id"]
        withdrawn = factories.aws_price(connection, tier="fifo", effective_from=date(2026, 2, 1), is_active=False)["id"]
    migrate(empty_database_url)
    with psycopg.connect(empty_database_url, autocommit=True) as connection:
        rows = connection.execute(
            "SELECT effective_from, effective_to, is_active FROM aws_pricing WHERE tier = 'standard' ORDER BY 1"
        ).fetchall()
        assert rows == [
            (date(2026, 1, 1), date(2026, 8, 31), True),
            (date(2026, 9, 1), date(2125, 12, 31), True),
            (ahead, None, True),
        ]
        kept = connection.execute("SELECT id FROM aws_pricing WHERE tier = 'fifo' AND effective_to IS NULL").fetchall()
        assert {each for (each,) in kept} == {alone, withdrawn}
        with pytest.raises(errors.UniqueViolation):
            factories.aws_price(connection, effective_from=date(2026, 10, 1))


def add_with(connection: Rows, prices: list[Any]) -> int:
    with connection.transaction():
        return add_prices(connection, prices)
