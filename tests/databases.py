"""PostgreSQL for tests: one server a run, one migrated template, and a copy of it for each worker.

A run starts its own server, or uses the one that DATABASE_URL names (15 or later, of a role that may create databases
and roles). The workers of pytest-xdist share it; the run's first process takes it down.

As where it runs, the migrations are run by an owner who is no superuser, and what is under test connects as the login
that `migrate` lets in: whatever it does, it has the right to. Tests themselves look around as who they are.
"""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from functions.migrate import store
from functions.migrate.models import Login
from functions.migrate.service import migrate
from infra.local.postgres import THROWAWAY, Cluster, home_for
from layers.alone import alone

# Processes of one run find each other by this variable: pytest-xdist's workers inherit it.
_RUN = "MOCKUPAWS_TEST_RUN"
_FOLDER = "mockupaws-tests-"


@dataclass(frozen=True)
class Server:
    """The run's server: the URL of a database to give orders from, and what its databases' and roles' names begin with.

    Args:
        admin_url: of a role that may create databases and roles.
        prefix: of a run of tests.
        password: the run's roles', which `prepare` sets.
    """

    admin_url: str
    prefix: str
    password: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def template(self) -> str:
        return f"{self.prefix}template"

    @property
    def owner(self) -> str:
        return f"{self.prefix}owner"

    @property
    def login(self) -> Login:
        """What the functions connect as."""
        return Login(f"{self.prefix}app", self.password)

    def url(self, database: str) -> str:
        base, query, options = self.admin_url.partition("?")
        return f"{base.rpartition('/')[0]}/{database}{query}{options}"

    def as_app(self, url: str) -> str:
        """Say how the functions connect to the database that a URL names."""
        return make_conninfo(url, user=self.login.user, password=self.password)

    def as_owner(self, url: str) -> str:
        """Say how migrations connect to it, as a postgresql:// URL."""
        return f"postgresql://{self.owner}:{self.password}@{url.rpartition('@')[2].removeprefix('postgresql://')}"

    def prepare(self) -> None:
        """Make the owner and the template, as a deploy makes a database."""
        owner, login = map(sql.Identifier, (self.owner, self.login.user))
        with self._connect() as admin:
            admin.execute(
                sql.SQL("CREATE ROLE {} LOGIN CREATEROLE PASSWORD {}").format(owner, sql.Literal(self.password))
            )
            admin.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(owner))
            me = sql.Identifier(admin.info.user)
        url = self.create(self.template)
        migrate(self.as_owner(url))
        with psycopg.connect(self.as_owner(url)) as connection:
            store.let_in(connection, self.login)
            # Or whoever gives the orders here couldn't end the login's sessions, if that is no superuser.
            connection.execute(sql.SQL("GRANT {} TO {}").format(login, me))

    def create(self, database: str, template: str = "template1") -> str:
        """Make a database of the owner's and say how to connect to it."""
        self._order("CREATE DATABASE {} TEMPLATE {} OWNER {}", database, template, self.owner)
        return self.url(database)

    def drop(self, database: str) -> None:
        """Drop a database, whoever is still connected to it."""
        self._order("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)

    def drop_all(self) -> None:
        """Drop what tests made, the roles last."""
        with self._connect() as connection:
            found = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [self.prefix])
            names = [name for (name,) in found]
        for name in names:
            self.drop(name)
        with self._connect() as connection:
            connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(self.owner)))
            connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(self.login.user)))
            connection.execute("RESET ROLE")
        self._order("DROP ROLE {}", self.owner)

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
    run = Path(tempfile.mkdtemp(prefix=f"{_FOLDER}{os.getpid()}-"))
    (run / "password").write_text(secrets.token_urlsafe(24))
    os.environ[_RUN] = str(run)


def end(config: pytest.Config) -> None:
    """In the run's first process: stop the server and remove what the run left."""
    if not hasattr(config, "workerinput"):
        _clear(Path(os.environ.pop(_RUN)))


def run_folder() -> Path:
    """Say where the processes of a run find what they share."""
    return Path(os.environ[_RUN])


@pytest.fixture(scope="session")
def database_server() -> Server:
    """Give the run's PostgreSQL server, started by whichever worker asks first, with its template migrated."""
    run = run_folder()
    with alone(run / "lock"):
        if not (run / "ready").exists():
            if not os.environ.get("DATABASE_URL"):
                _cluster(run).start()
            _server(run).prepare()
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
        self.app_url = self._server.as_app(self.url)
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
def app_database_url(spare_database: Spare, database_url: str) -> str:
    """Give the same database as the functions connect to it."""
    assert database_url == spare_database.url
    return spare_database.app_url


@pytest.fixture
def empty_database_url(database_server: Server) -> Iterator[str]:
    """Give a database with nothing in it, for tests of the migrations themselves."""
    name = f"{database_server.prefix}{secrets.token_hex(4)}"
    yield database_server.create(name)
    database_server.drop(name)


def _server(run: Path) -> Server:
    prefix = f"mockupaws_test_{run.name.rpartition('-')[2]}_"
    return Server(os.environ.get("DATABASE_URL") or _cluster(run).url(), prefix, (run / "password").read_text())


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
