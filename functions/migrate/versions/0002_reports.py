"""What report jobs and schedules need."""

from functions.migrate.service import run_sql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add it to what there is."""
    run_sql("0002_reports.sql")
