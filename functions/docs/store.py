"""The least that can be asked of the database."""

from shared.mockupaws.db import Rows


def answers(connection: Rows) -> None:
    """Does nothing, if the database answers.

    Raises:
        psycopg.OperationalError: it doesn't.
    """
    connection.execute("SELECT 1")
