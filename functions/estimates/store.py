"""The SQL of estimates: what is priced. Traffic and prices are read by `shared.mockupaws.records`."""

from collections.abc import Sequence
from uuid import UUID

from psycopg.rows import class_row

from functions.estimates.models import Design
from shared.mockupaws.db import Rows


def designs(connection: Rows, ids: Sequence[UUID]) -> dict[UUID, Design]:
    """The scenarios of some ids; those that don't exist are left out."""
    with connection.cursor(row_factory=class_row(Design)) as cursor:
        found = cursor.execute(
            "SELECT id, user_id, name, region, pipeline FROM scenarios WHERE id = ANY(%s)", (list(ids),)
        ).fetchall()
    return {design.id: design for design in found}
