"""Brings a database up to the newest migration: alembic keeps the order, each migration is a file of plain SQL."""

import re
from pathlib import Path

from alembic import command, op
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, NullPool, create_engine, make_url, text

from functions.migrate.store import TURN
from shared.mockupaws.observability import logger

_HERE = Path(__file__).parent
_NUMBER = re.compile("[0-9]{4}")


class UnknownRevisionError(RuntimeError):
    """The database is at a revision of which no release can be: neither one of ours nor one that follows them."""


def migrate(database_url: str) -> str:
    """Run what is missing, each migration in a transaction of its own, and wait for whoever is at it already.

    A database that is newer stays as it is: CloudFormation runs the code before when it takes a release back, and what
    that release's migrations added doesn't harm it.

    Args:
        database_url: postgresql://user:password@host:port/database, of a role that may create tables and extensions.

    Returns:
        The revision that the database now has.

    Raises:
        UnknownRevisionError: it isn't a database of ours; nothing was done.
        sqlalchemy.exc.DBAPIError: a statement failed; that migration left nothing behind.
    """
    engine = create_engine(make_url(database_url).set(drivername="postgresql+psycopg"), poolclass=NullPool)
    with engine.connect() as lock, engine.connect() as connection:
        lock.execute(text("SELECT pg_advisory_lock(:key)"), {"key": TURN})
        config = _config(connection)
        newest, *older = (script.revision for script in ScriptDirectory.from_config(config).walk_revisions())
        found = _revision(lock)
        if _NUMBER.fullmatch(found) and found > newest:
            logger.warning("database is newer than the code", extra={"revision": found, "newest_known": newest})
            return found
        if found not in {"", newest, *older}:
            raise UnknownRevisionError(f"the database is at {found}, neither one of ours nor one that follows {newest}")
        command.upgrade(config, "head")
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
