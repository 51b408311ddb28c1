"""What needs the owner's rights is done by functions of the owner's."""

from functions.migrate.service import run_sql

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make and replace them."""
    run_sql("0005_owners_work.sql")
