"""A test finds its database as the migrations left it, whatever the one before did."""

import psycopg
import pytest

from tests import factories
from tests.databases import Server, Spare


@pytest.fixture
def spare(database_server: Server) -> Spare:
    """Give a database of the test's own."""
    return Spare(database_server)


def test_rows_are_gone_and_the_database_is_the_same(spare: Spare) -> None:
    url = spare.url
    with psycopg.connect(url, autocommit=True) as connection:
        scenario = factories.scenario(connection)
        factories.scenario_log(connection, scenario_id=scenario["id"])
        factories.rate_limit(connection)
    spare.restore()
    assert spare.url == url
    with psycopg.connect(url) as connection:
        for table in (b"users", b"scenarios", b"scenario_logs", b"rate_limits"):
            assert connection.execute(b"SELECT count(*) FROM " + table).fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)
    spare.drop()


def test_whoever_is_still_connected_is_not_waited_for(spare: Spare) -> None:
    open_one = psycopg.connect(spare.url)
    factories.user(open_one)
    spare.restore()
    with pytest.raises(psycopg.OperationalError):
        open_one.execute("SELECT 1")
    open_one.close()
    spare.drop()


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TABLE mine (a integer)",
        "DROP TABLE scenario_logs CASCADE",
        "ALTER TABLE users ADD COLUMN nickname text",
        "UPDATE alembic_version SET version_num = 'other'",
    ],
)
def test_a_database_that_was_changed_itself_is_made_anew(spare: Spare, change: str) -> None:
    url = spare.url
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(change.encode())
    spare.restore()
    assert spare.url != url
    with psycopg.connect(spare.url) as connection:
        factories.scenario_log(connection)
        assert connection.execute("SELECT to_regclass('mine')").fetchone() == (None,)
    spare.drop()
