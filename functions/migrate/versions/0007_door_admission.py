"""Admission at the door of logs, whose plan is kept."""

from functions.migrate.service import run_sql

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the function."""
    run_sql("0007_door_admission.sql")
