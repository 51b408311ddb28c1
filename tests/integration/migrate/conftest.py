"""A deploy into a database of its own, as the owner of that, who is no superuser."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from functions.migrate.handler import handler
from functions.migrate.models import Login
from shared.mockupaws.db import database
from shared.mockupaws.settings import settings
from tests.databases import Server
from tests.gateway import Invocation


@dataclass(frozen=True)
class Deploy:
    """What a deploy is told, and how to do it.

    Attributes:
        owner_url: what `migrate` connects with.
        login: what the functions are to connect with.
    """

    owner_url: str
    login: Login

    def url(self, login: Login | None = None) -> str:
        """How the functions connect, or would with another password."""
        login = login or self.login
        return make_conninfo(self.owner_url, user=login.user, password=login.password)

    def run(self) -> dict[str, str]:
        return handler({}, Invocation())

    def lets_in(self, login: Login) -> bool:
        try:
            with psycopg.connect(self.url(login)) as connection:
                return connection.execute("SELECT count(*) FROM users").fetchone() is not None
        except psycopg.OperationalError:
            return False


@pytest.fixture
def login(database_server: Server) -> Iterator[Login]:
    """Give a login that isn't there yet."""
    login = Login(f"{database_server.prefix}{secrets.token_hex(4)}", secrets.token_urlsafe(16))
    yield login
    with psycopg.connect(database_server.as_owner(database_server.admin_url)) as connection:
        connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(login.user)))


@pytest.fixture
def deploy(
    database_server: Server,
    login: Login,
    empty_database_url: str,
    stage: None,  # noqa: ARG001 (its database and settings are replaced)
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Deploy]:
    """Give a deploy into a database with nothing in it."""
    made = Deploy(database_server.as_owner(empty_database_url), login)
    monkeypatch.setenv("DATABASE_URL", made.owner_url)
    monkeypatch.setenv("APP_DATABASE_URL", made.url())
    settings.cache_clear()
    database.cache_clear()
    yield made
    database().close()
