"""A schedule's `updated_at` is when somebody changed it."""

from functions.migrate.service import run_sql

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Leave it alone when a schedule runs."""
    run_sql("0009_schedules_touched.sql")
