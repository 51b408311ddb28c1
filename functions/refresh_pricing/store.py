"""The SQL of the refresh."""

from collections.abc import Sequence
from datetime import date

from psycopg.rows import class_row

from shared.mockupaws.contracts.prices import Price
from shared.mockupaws.db import Rows


def lock_in_force(connection: Rows, today: date) -> Sequence[Price]:
    """Every price that holds on a day, which nobody else changes until the transaction ends.

    One that is announced isn't among them: of that, the Price List says nothing until its first day.
    """
    with connection.cursor(row_factory=class_row(Price)) as cursor:
        return cursor.execute(
            """
            SELECT id, service, region, tier, usage_type, price_per_unit, unit, range_begin, range_end,
                   effective_from, effective_to, is_active, source_url, verified, description
            FROM aws_pricing
            WHERE is_active AND effective_from <= %(today)s AND (effective_to IS NULL OR effective_to >= %(today)s)
            ORDER BY id FOR UPDATE
            """,
            {"today": today},
        ).fetchall()


def confirm(connection: Rows, price: Price, source_url: str) -> None:
    """Notes that AWS itself says so. The amount stays as it is, so the row does."""
    connection.execute("UPDATE aws_pricing SET verified = true, source_url = %s WHERE id = %s", (source_url, price.id))
