"""The prices that the product comes with, into a database that may know better."""

from collections.abc import Sequence
from dataclasses import astuple

from shared.mockupaws.contracts.prices import Price
from shared.mockupaws.db import Rows
from shared.mockupaws.ids import new_id


def add_prices(connection: Rows, prices: Sequence[Price]) -> int:
    """Adds the prices that the database doesn't know yet, and closes those that they follow.

    A price that is as new or newer stays: the AWS Price List or a person has said it since. One that a person deleted
    stays deleted.

    Args:
        connection: in a transaction.
        prices: rows without ids.

    Returns:
        How many were added.
    """
    connection.execute("CREATE TEMPORARY TABLE seed (LIKE aws_pricing) ON COMMIT DROP")
    with (
        connection.cursor() as cursor,
        cursor.copy(
            """
            COPY seed (service, region, tier, usage_type, price_per_unit, unit, range_begin, range_end, effective_from,
                       effective_to, is_active, source_url, verified, description, id, created_at) FROM STDIN
            """
        ) as copy,
    ):
        for price in prices:
            copy.write_row((*astuple(price)[:-1], new_id(), "now"))
    # Known: the same thing, from the same day or later, whether it is still in force or not.
    connection.execute(
        """
        DELETE FROM seed s USING aws_pricing p
        WHERE (p.service, p.region, p.tier, p.usage_type, p.range_begin)
            = (s.service, s.region, s.tier, s.usage_type, s.range_begin)
          AND p.effective_from >= s.effective_from
        """
    )
    connection.execute(
        """
        UPDATE aws_pricing p SET effective_to = s.effective_from - 1 FROM seed s
        WHERE (p.service, p.region, p.tier, p.usage_type, p.range_begin)
            = (s.service, s.region, s.tier, s.usage_type, s.range_begin)
          AND p.is_active AND (p.effective_to IS NULL OR p.effective_to >= s.effective_from)
        """
    )
    return connection.execute("INSERT INTO aws_pricing SELECT * FROM seed").rowcount
