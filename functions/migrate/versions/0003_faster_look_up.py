"""Duplicates are looked up where they can be."""

from functions.migrate.service import run_sql

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Replace the function."""
    run_sql("0003_faster_look_up.sql")
