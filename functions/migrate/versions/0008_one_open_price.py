"""At most one price of a thing goes on holding."""

from functions.migrate.service import run_sql

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """End those that another one follows, and have no second one opened."""
    run_sql("0008_one_open_price.sql")
