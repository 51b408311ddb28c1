"""Which scenarios listen to CloudWatch Logs."""

from dataclasses import dataclass
from uuid import UUID

from psycopg.rows import class_row

from shared.mockupaws.db import Rows


@dataclass(frozen=True, slots=True)
class Listener:
    """A running scenario that names log groups as its own.

    Attributes:
        id: the scenario.
        log_groups: patterns with `*`.
        mask_ip: whether it counts and masks IP addresses as personal data.
    """

    id: UUID
    log_groups: list[str]
    mask_ip: bool


def listeners(connection: Rows) -> list[Listener]:
    """The running scenarios with log groups, of users who may send logs: the HTTP door would refuse the others."""
    with connection.cursor(row_factory=class_row(Listener)) as cursor:
        return cursor.execute(
            """
            SELECT s.id, s.log_groups, coalesce((s.pii ->> 'ip_addresses')::boolean, false) AS mask_ip
            FROM scenarios s JOIN users u ON u.id = s.user_id
            WHERE s.status = 'running' AND s.log_groups <> '{}' AND u.is_active AND u.role <> 'readonly'
            ORDER BY s.id
            """
        ).fetchall()
