"""A key by which a log's hash is looked up that is cheap to make on either side."""

from functions.migrate.service import run_sql

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Index it, and look up by it."""
    run_sql("0006_log_keys.sql")
