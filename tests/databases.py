"""PostgreSQL for tests: one server a run, one migrated template, and a copy of it for each worker.

A run starts its own server, or uses the one that DATABASE_URL names (15 or later, of a role that may create
databases). The workers of pytest-xdist share it; the run's first process takes it down.
"""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from psycopg import sql

from functions.migrate.service import migrate
from infra.local.postgres import THROWAWAY, Cluster, home_for
from layers.alone import alone

# Processes of one run find each other by this variable: pytest-xdist's workers inherit it.
_RUN = "MOCKUPAWS_TEST_RUN"
_FOLDER = "mockupaws-tests-"


@dataclass(frozen=True)
class Server:
    """The run's server: the URL of a database to give orders from, and what its test databases' names begin with."""

    admin_url: str
    prefix: str

    @property
    def template(self) -> str:
        return f"{self.prefix}template"

    def url(self, database: str) -> str:
        base, query, options = self.admin_url.partition("?")
        return f"{base.rpartition('/')[0]}/{database}{query}{options}"

    def create(self, database: str, template: str = "template1") -> str:
        """Make a database and say how to connect to it."""
        self._order("CREATE DATABASE {} TEMPLATE {}", database, template)
        return self.url(database)

    def drop(self, database: str) -> None:
        """Drop a database, whoever is still connected to it."""
        self._order("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)

    def drop_all(self) -> None:
        with self._connect() as connection:
            found = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [self.prefix])
            names = [name for (name,) in found]
        for name in names:
            self.drop(name)

    def _order(self, order: LiteralString, *names: str) -> None:
        with self._connect() as connection:
            connection.execute(sql.SQL(order).format(*map(sql.Identifier, names)))

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(self.admin_url, autocommit=True)


def begin(config: pytest.Config) -> None:
    """In the run's first process: make the folder its processes share, and clear up after runs that were killed."""
    if hasattr(config, "workerinput"):
        return
    for left in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*"):
        if left.stat().st_uid == os.geteuid() and not _lives(int(left.name.split("-")[-2])):
            _clear(left)
    os.environ[_RUN] = tempfile.mkdtemp(prefix=f"{_FOLDER}{os.getpid()}-")


def end(config: pytest.Config) -> None:
    """In the run's first process: stop the server and remove what the run left."""
    if not hasattr(config, "workerinput"):
        _clear(Path(os.environ.pop(_RUN)))


@pytest.fixture(scope="session")
def database_server() -> Server:
    """Give the run's PostgreSQL server, started by whichever worker asks first, with its template migrated."""
    run = Path(os.environ[_RUN])
    with alone(run / "lock"):
        if not (run / "ready").exists():
            if not os.environ.get("DATABASE_URL"):
                _cluster(run).start()
            migrate(_server(run).create(_server(run).template))
            (run / "ready").touch()
        return _server(run)


class Spare:
    """A migrated database for one test after the other: to empty it takes a twentieth of the time to copy another.

    Args:
        server: where it is.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._make()

    def _make(self) -> None:
        self._name = f"{self._server.prefix}{secrets.token_hex(4)}"
        self.url = self._server.create(self._name, self._server.template)
        with psycopg.connect(self.url, autocommit=True) as connection:
            self._filled = _filled(connection)
            self._partitions = _partitions(connection)
            self._state = _state(connection, self._filled)

    def restore(self) -> None:
        """Make it again what the migrations left, whatever a test did to it and whoever is still connected."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            for table in _filled(connection) - self._filled:
                # No foreign key stands in the way: they all cascade.
                connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            for partition in _partitions(connection) - self._partitions:
                connection.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(partition)))
            restored = _state(connection, self._filled) == self._state
        if not restored:
            self.drop()
            self._make()

    def drop(self) -> None:
        self._server.drop(self._name)


def _filled(connection: psycopg.Connection) -> set[str]:
    """The tables that have rows."""
    tables = connection.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') "
        "AND NOT relispartition"
    )
    asked = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(sql.Literal(name), sql.Identifier(name))
        for (name,) in tables
    )
    return {name for (name,) in connection.execute(asked)}


def _partitions(connection: psycopg.Connection) -> set[str]:
    found = connection.execute("SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r'")
    return {name for (name,) in found}


def _state(connection: psycopg.Connection, filled: set[str]) -> list[object]:
    """What must be as it was: every column of every relation, and the rows that the migrations wrote."""
    columns = connection.execute(
        "SELECT md5(string_agg(concat_ws(' ', relname, attname, atttypid), ',' ORDER BY relname, attnum)) "
        "FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid WHERE relnamespace = 'public'::regnamespace"
    ).fetchone()
    rows = [
        connection.execute(
            sql.SQL("SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM {} t").format(sql.Identifier(table))
        ).fetchone()
        for table in sorted(filled)
    ]
    return [columns, *rows]


@pytest.fixture(scope="session")
def spare_database(database_server: Server) -> Iterator[Spare]:
    """Give the worker's database, that its tests use in turn."""
    spare = Spare(database_server)
    yield spare
    spare.drop()


@pytest.fixture
def database_url(spare_database: Spare) -> Iterator[str]:
    """Give a database as the migrations left it, the test's own while it runs, as a postgresql:// URL."""
    yield spare_database.url
    spare_database.restore()


@pytest.fixture
def empty_database_url(database_server: Server) -> Iterator[str]:
    """Give a database with nothing in it, for tests of the migrations themselves."""
    name = f"{database_server.prefix}{secrets.token_hex(4)}"
    yield database_server.create(name)
    database_server.drop(name)


def _server(run: Path) -> Server:
    prefix = f"mockupaws_test_{run.name.rpartition('-')[2]}_"
    return Server(os.environ.get("DATABASE_URL") or _cluster(run).url(), prefix)


def _cluster(run: Path) -> Cluster:
    run.chmod(0o711)  # mkdtemp's 0700 would keep out the account that root runs PostgreSQL as
    return Cluster(home_for(run), THROWAWAY)


def _clear(run: Path) -> None:
    if os.environ.get("DATABASE_URL") and (run / "ready").exists():
        _server(run).drop_all()
    cluster = _cluster(run)
    cluster.stop()
    shutil.rmtree(cluster.home)
    shutil.rmtree(run, ignore_errors=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
