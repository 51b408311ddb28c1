"""PostgreSQL: one connection a container, checked after a freeze, made anew when it is lost.

Statements are never prepared on the server (`prepare_threshold=None`): RDS Proxy would pin the connection.
"""

import time
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import Connection, IsolationLevel, errors

from shared.mockupaws.errors import UnavailableError
from shared.mockupaws.invocation import span
from shared.mockupaws.secrets import TTL_SECONDS, read_secret
from shared.mockupaws.settings import settings

CONNECT_TIMEOUT_S = 5
# A container that was idle longer may have been frozen while the server or the proxy closed its connection.
IDLE_CHECK_S = 5.0

Rows = Connection[tuple[Any, ...]]


class ConnectionLostError(UnavailableError):
    """The connection broke before anything was committed: the same work may be tried again."""


class Database:
    """One connection, kept for the life of a container."""

    def __init__(self, conninfo: str | None = None) -> None:
        self._conninfo = conninfo
        self._connection: Rows | None = None
        self._used_at = 0.0

    @contextmanager
    def transaction(self, *, snapshot: bool = False) -> Generator[Rows]:
        """A transaction that commits when the block ends and rolls back when it raises.

        Args:
            snapshot: every statement sees the database as it was at the first (REPEATABLE READ): for figures that must
                agree with each other, not for writes.

        Raises:
            ConnectionLostError: the connection broke in the block; nothing was committed.
            UnavailableError: the database can't be reached, or broke while committing.
        """
        connection = self._live()
        inside = True
        # Part of BEGIN: a SET would pin the proxy's connection.
        connection.isolation_level = IsolationLevel.REPEATABLE_READ if snapshot else None
        try:
            with span("PostgreSQL"), connection.transaction():
                yield connection
                inside = False
        except errors.ReadOnlySqlTransaction as error:
            raise self._demoted() from error
        except psycopg.OperationalError as error:
            if not connection.broken:
                raise UnavailableError("The database is busy; try again.") from error
            if inside:
                raise ConnectionLostError("The database connection was lost; try again.") from error
            raise UnavailableError("The database went away while committing; look before you try again.") from error
        finally:
            self._used_at = time.monotonic()

    @contextmanager
    def autocommit(self) -> Generator[Rows]:
        """The connection outside a transaction, for a single statement.

        Raises:
            ConnectionLostError: the connection broke in the block.
        """
        connection = self._live()
        try:
            with span("PostgreSQL"):
                yield connection
        except errors.ReadOnlySqlTransaction as error:
            raise self._demoted() from error
        except psycopg.OperationalError as error:
            if connection.broken:
                raise ConnectionLostError("The database connection was lost; try again.") from error
            raise UnavailableError("The database is busy; try again.") from error
        finally:
            self._used_at = time.monotonic()

    def _demoted(self) -> UnavailableError:
        """What to say of a server that takes no writes: a failover's old primary. The next connection finds the new."""
        self.close()
        return UnavailableError("The database takes no writes now; try again.")

    def close(self) -> None:
        """Gives the connection back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _live(self) -> Rows:
        connection = self._connection
        if connection is not None and not connection.closed:
            if time.monotonic() - self._used_at < IDLE_CHECK_S:
                return connection
            try:
                connection.execute("")
            except psycopg.OperationalError:
                connection.close()
            else:
                return connection
        self._connection = self._connect()
        return self._connection

    def _connect(self) -> Rows:
        try:
            return _open(self._conninfo or conninfo())
        except psycopg.OperationalError as error:
            if self._conninfo is not None or not settings().database_secret_arn:
                raise UnavailableError("The database can't be reached; try again.") from error
        # The password may have been rotated since it was read.
        try:
            return _open(conninfo(fresh=True))
        except psycopg.OperationalError as error:
            raise UnavailableError("The database can't be reached; try again.") from error


def _open(conninfo: str) -> Rows:
    return psycopg.connect(  # the one place that connects
        conninfo,
        autocommit=True,
        prepare_threshold=None,
        connect_timeout=CONNECT_TIMEOUT_S,
        application_name="mockupaws",
    )


def conninfo(*, fresh: bool = False) -> str:
    """Where the database is: DATABASE_URL, or the proxy's host with the secret's credentials.

    To the proxy it is TLS, and its certificate has to be that host's: whoever else answers gets no password.

    Args:
        fresh: read the secret again, because it may have been rotated.
    """
    config = settings()
    if config.database_url:
        return config.database_url
    secret = read_secret(config.database_secret_arn, max_age_s=0 if fresh else TTL_SECONDS)
    user, password = quote(str(secret["username"]), safe=""), quote(str(secret["password"]), safe="")
    place = f"{config.database_host}:{secret.get('port', 5432)}/{secret.get('dbname', 'mockupaws')}"
    return f"postgresql://{user}:{password}@{place}?sslmode=verify-full&sslrootcert={quote(config.database_roots)}"


@cache
def database() -> Database:
    """This container's database."""
    return Database()
