"""Brings a database up to the newest migration: alembic keeps the order, each migration is a file of plain SQL."""

from pathlib import Path

from alembic import command, op
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, NullPool, create_engine, make_url, text

from functions.migrate.store import TURN

_HERE = Path(__file__).parent


def migrate(database_url: str) -> str:
    """Run what is missing, each migration in a transaction of its own, and wait for whoever is at it already.

    Args:
        database_url: postgresql://user:password@host:port/database, of a role that may create tables and extensions.

    Returns:
        The revision that the database now has.

    Raises:
        sqlalchemy.exc.DBAPIError: a statement failed; that migration left nothing behind.
    """
    engine = create_engine(make_url(database_url).set(drivername="postgresql+psycopg"), poolclass=NullPool)
    with engine.connect() as lock, engine.connect() as connection:
        lock.execute(text("SELECT pg_advisory_lock(:key)"), {"key": TURN})
        command.upgrade(_config(connection), "head")
        connection.commit()
        return _revision(connection)


def run_sql(name: str) -> None:
    """Run one file of functions/migrate/sql in the migration under way: any number of statements, as psql would.

    Args:
        name: the file's name.
    """
    # Without parameters psycopg uses the simple protocol, which takes many statements and leaves % alone.
    bind = op.get_bind().execution_options(no_parameters=True)
    bind.exec_driver_sql((_HERE / "sql" / name).read_text(encoding="utf-8"))


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE / "alembic"))
    config.set_main_option("version_locations", str(_HERE / "versions"))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    return config


def _revision(connection: Connection) -> str:
    revision = MigrationContext.configure(connection).get_current_revision()
    return revision or ""
