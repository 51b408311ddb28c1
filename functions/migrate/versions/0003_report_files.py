"""Files of reports that are gone."""

from functions.migrate.service import run_sql

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Note them as they are left."""
    run_sql("0003_report_files.sql")
