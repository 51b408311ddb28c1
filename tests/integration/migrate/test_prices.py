"""A deploy brings the prices that the product comes with, and overrules nobody."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import psycopg

from functions.migrate.store import add_prices
from shared.mockupaws.costing.price_book import PriceBook
from shared.mockupaws.costing.seed import seed_prices
from shared.mockupaws.db import Rows
from shared.mockupaws.records.store import read_prices
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


def add_with(connection: Rows, prices: list[Any]) -> int:
    with connection.transaction():
        return add_prices(connection, prices)
