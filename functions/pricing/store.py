"""The SQL of the price table."""

from datetime import date
from typing import Any
from uuid import UUID

from psycopg import sql
from psycopg.rows import class_row, scalar_row

from functions.pricing.models import PricedModel, PriceFilter, PriceRow
from shared.mockupaws.contracts.prices import Price
from shared.mockupaws.db import Rows

_COLUMNS = sql.SQL(", ").join(map(sql.Identifier, PriceRow.model_fields))


def page(connection: Rows, wanted: PriceFilter, today: date) -> tuple[list[PriceRow], int]:
    """One page of the prices that match, and how many match in all.

    Args:
        connection: is only read from.
        wanted: which.
        today: the day that counts where no other is asked for.
    """
    matching = sql.SQL("""
        FROM aws_pricing
        WHERE (%(service)s::text IS NULL OR service = %(service)s)
          AND (%(region)s::text IS NULL OR region = %(region)s)
          AND (%(tier)s::text IS NULL OR tier = %(tier)s)
          AND (%(model)s::text IS NULL
               OR service = 'bedrock' AND strpos(lower(split_part(usage_type, '/', 1)), lower(%(model)s)) > 0)
          AND (%(history)s
               -- As `read_prices` has it.
               OR effective_from <= %(day)s
               AND CASE WHEN is_active THEN coalesce(effective_to >= %(day)s, true) ELSE effective_to > %(day)s END)
    """)
    values: dict[str, Any] = wanted.model_dump(include={"service", "region", "tier", "model", "history"})
    values |= {"day": wanted.active_on or today}
    with connection.cursor(row_factory=scalar_row) as cursor:
        cursor.execute(sql.SQL("SELECT count(*) {}").format(matching), values)
        total: int = cursor.fetchone() or 0
    with connection.cursor(row_factory=class_row(PriceRow)) as cursor:
        statement = """
            SELECT {} {}
            ORDER BY service, region, tier, usage_type, range_begin, effective_from DESC, id
            LIMIT %(limit)s OFFSET %(offset)s
        """
        limits = {"limit": wanted.page_size, "offset": (wanted.page - 1) * wanted.page_size}
        return cursor.execute(sql.SQL(statement).format(_COLUMNS, matching), values | limits).fetchall(), total


def models(connection: Rows, region: str, today: date) -> list[PricedModel]:
    """The Bedrock models whose input is priced in a region, each with its modes.

    Args:
        connection: is only read from.
        region: where they would run.
        today: the day that counts.
    """
    with connection.cursor(row_factory=class_row(PricedModel)) as cursor:
        return cursor.execute(
            """
            SELECT left(usage_type, -length('/input')) AS model_id, array_agg(DISTINCT tier ORDER BY tier) AS modes
            FROM aws_pricing
            WHERE service = 'bedrock' AND region = %(region)s AND usage_type LIKE '%%/input'
              AND is_active AND effective_from <= %(day)s AND (effective_to IS NULL OR effective_to >= %(day)s)
            GROUP BY model_id
            ORDER BY model_id
            """,
            {"region": region, "day": today},
        ).fetchall()


def lock(connection: Rows, price_id: UUID) -> Price | None:
    """A price that nobody else changes until the transaction ends."""
    with connection.cursor(row_factory=class_row(Price)) as cursor:
        statement = sql.SQL("SELECT {} FROM aws_pricing WHERE id = %s FOR UPDATE").format(_COLUMNS)
        return cursor.execute(statement, (price_id,)).fetchone()


def overlapping(connection: Rows, price: Price) -> Price | None:
    """The price of the same thing that counts for a day on which another one would; the open one, if it is there.

    Of those that were withdrawn that are the days before, by which an estimate may have been made.

    Args:
        connection: is only read from.
        price: the other one, which would go on holding.
    """
    with connection.cursor(row_factory=class_row(Price)) as cursor:
        statement = """
            SELECT {} FROM aws_pricing
            WHERE service = %(service)s AND region = %(region)s AND tier = %(tier)s AND usage_type = %(usage_type)s
              AND range_begin = %(range_begin)s
              AND CASE WHEN is_active THEN coalesce(effective_to >= %(effective_from)s, true)
                       ELSE effective_to > greatest(effective_from, %(effective_from)s) END
            ORDER BY effective_to DESC NULLS FIRST, is_active DESC LIMIT 1
        """
        return cursor.execute(sql.SQL(statement).format(_COLUMNS), price._asdict()).fetchone()


def withdraw(connection: Rows, price_id: UUID, today: date) -> None:
    """Takes a price out of the estimates of today and later, and keeps the row for those of the days before.

    Its `effective_to` becomes the first day that it doesn't count for: today, or what followed its last day.
    """
    connection.execute(
        """
        UPDATE aws_pricing
           SET is_active = false, effective_to = greatest(effective_from, least(effective_to + 1, %(day)s))
         WHERE id = %(id)s AND is_active
        """,
        {"id": price_id, "day": today},
    )
