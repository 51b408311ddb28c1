"""Files of reports that are gone."""

from functions.migrate.service import run_sql

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Note them as they are left."""
    run_sql("0004_report_files.sql")
