"""What the functions' login may do in the database, and what it may not, whatever a function is made to say."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from psycopg import errors

from shared.mockupaws.db import Rows
from tests import factories

# Tables from which no function deletes, and whose rows none changes.
NEVER_DELETED = {"users", "api_keys", "scenario_runs", "scenario_metrics", "scenario_traffic", "scenario_arrivals",
                 "aws_pricing"}  # fmt: skip
NEVER_CHANGED = {"scenario_logs", "scenario_purges", "ingest_batches", "ingest_rejects"}


@pytest.fixture
def app(app_database_url: str) -> Iterator[Rows]:
    """Give a connection as a function has it."""
    with psycopg.connect(app_database_url, autocommit=True) as connection:
        yield connection


def monday(**ahead: float) -> datetime:
    day = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(**ahead)
    return day - timedelta(days=day.weekday())


def partition(begins: datetime) -> str:
    return f"scenario_logs_{begins:%Y%m%d}"


@pytest.mark.parametrize(
    "order",
    [
        "CREATE TABLE mine (a integer)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE INDEX ON users (email)",
        "CREATE TRIGGER mine BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION touch_updated_at()",
        "CREATE TABLE scenario_logs_mine PARTITION OF scenario_logs FOR VALUES FROM ('2001-01-01') TO ('2001-01-08')",
        "ALTER TABLE users ADD COLUMN nickname text",
        "ALTER FUNCTION drop_log_partition SECURITY INVOKER",
        "DROP TABLE users",
        "TRUNCATE rate_limits",
        "SELECT * FROM alembic_version",
        "UPDATE alembic_version SET version_num = '0001'",
        "UPDATE users SET email = 'mine@example.com'",
        "UPDATE users SET id = gen_random_uuid()",
        "UPDATE api_keys SET user_id = gen_random_uuid()",
        "UPDATE api_keys SET scopes = '{}'",
        "UPDATE refresh_tokens SET expires_at = 'infinity'",
        "UPDATE scenarios SET user_id = gen_random_uuid()",
        "UPDATE aws_pricing SET price_per_unit = 0",
        "UPDATE reports SET user_id = gen_random_uuid()",
        "CREATE ROLE mine",
        "ALTER ROLE CURRENT_USER CREATEROLE",
        "COPY users TO PROGRAM 'cat'",
        "COPY users FROM '/etc/passwd'",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT rolpassword FROM pg_authid",
    ],
)
def test_the_functions_login_may_not(app: Rows, order: str) -> None:
    with pytest.raises(errors.InsufficientPrivilege):
        app.execute(order.encode())


def test_it_does_not_become_the_owner(app: Rows, connection: Rows) -> None:
    found = connection.execute("SELECT tableowner FROM pg_tables WHERE tablename = 'users'").fetchone()
    assert found
    for order in (b"SET ROLE ", b"SET SESSION AUTHORIZATION "):
        with pytest.raises(errors.InsufficientPrivilege):
            app.execute(order + found[0].encode())
    assert app.execute("SELECT pg_has_role(%s, 'MEMBER')", found).fetchone() == (False,)


def test_of_each_table_it_may_what_functions_do_and_no_more(app: Rows) -> None:
    tables = app.execute(
        """
        SELECT relname,
               has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT'),
               has_any_column_privilege(oid, 'UPDATE'), has_table_privilege(oid, 'DELETE'),
               has_table_privilege(oid, 'UPDATE') OR has_table_privilege(oid, 'TRUNCATE')
               OR has_any_column_privilege(oid, 'REFERENCES') OR has_table_privilege(oid, 'TRIGGER')
               OR has_any_column_privilege(oid, 'SELECT WITH GRANT OPTION')
          FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
        """
    ).fetchall()
    ours = {name: rest for name, *rest in tables if not name.startswith("scenario_logs_") and name != "alembic_version"}
    assert len(ours) >= 20
    for name, (reads_and_adds, changes, deletes, more) in ours.items():
        assert reads_and_adds, f"{name}: functions/migrate/store.py says what functions may do with a table"
        assert changes == (name not in NEVER_CHANGED), name
        assert deletes == (name not in NEVER_DELETED), name
        assert not more, name
    assert not [name for name, *may in tables if name not in ours and any(may)]


def test_nobody_else_may_call_what_works_with_the_owners_rights(app: Rows) -> None:
    may = app.execute(
        """
        SELECT proname, proacl::text, proconfig FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND prosecdef ORDER BY proname
        """
    ).fetchall()
    assert [name for name, *_ in may] == ["drop_log_partition", "ensure_log_partitions"]
    for _, rights, settings in may:
        assert not [right for right in rights.strip("{}").split(",") if right.startswith("=")]
        assert settings == ["search_path=public, pg_temp"]


def test_a_partition_is_dropped_when_it_has_had_its_time_and_not_before(app: Rows, connection: Rows) -> None:
    old = monday(days=-40)
    factories.scenario_log(connection, received_at=old)
    with pytest.raises(errors.InsufficientPrivilege, match="still needed"):
        app.execute("SELECT drop_log_partition(%s, %s)", (partition(old), old + timedelta(days=6)))
    app.execute("SELECT drop_log_partition(%s, %s)", (partition(old), old + timedelta(days=7)))
    assert connection.execute("SELECT to_regclass(%s)", (partition(old),)).fetchone() == (None,)


@pytest.mark.parametrize("ahead", [-1, 0, 7])
@pytest.mark.parametrize("until", ["infinity", None])
def test_what_comes_now_is_not_dropped_whatever_is_said(app: Rows, ahead: int, until: str | None) -> None:
    with pytest.raises(errors.InsufficientPrivilege, match="still needed"):
        app.execute(
            "SELECT drop_log_partition(%s, %s::timestamptz)", (partition(monday(days=ahead)), until)
        )  # fmt: skip


@pytest.mark.parametrize("name", ["users", "scenario_logs", "alembic_version", "pg_class", "x; DROP TABLE users"])
def test_nothing_else_is_dropped(app: Rows, connection: Rows, name: str) -> None:
    with pytest.raises(errors.UndefinedTable):
        app.execute("SELECT drop_log_partition(%s, 'infinity')", (name,))
    assert connection.execute("SELECT to_regclass('users') IS NOT NULL").fetchone() == (True,)


def test_partitions_are_made_where_they_belong_whatever_the_caller_has_made(app: Rows, connection: Rows) -> None:
    far = monday(days=200)
    app.execute("CREATE TEMPORARY TABLE scenario_logs (received_at timestamptz) PARTITION BY RANGE (received_at)")
    app.execute("SET search_path = pg_temp, public")
    made = app.execute("SELECT ensure_log_partitions(%s, %s)", (far, far + timedelta(days=1))).fetchone()
    assert made == (1,)
    owners = connection.execute(
        """
        SELECT child.relowner = parent.relowner, parent.relnamespace = 'public'::regnamespace
          FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid JOIN pg_class parent ON parent.oid = inhparent
         WHERE child.relname = %s
        """,
        (partition(far),),
    ).fetchall()
    assert owners == [(True, True)]


def test_no_end_of_partitions_is_made_at_once(app: Rows) -> None:
    with pytest.raises(errors.ProgramLimitExceeded):
        app.execute("SELECT ensure_log_partitions('2001-01-01', 'infinity')")
