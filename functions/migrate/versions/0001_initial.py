"""Every entity."""

from functions.migrate.service import run_sql

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create what there is."""
    run_sql("0001_initial.sql")
