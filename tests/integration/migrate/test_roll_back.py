"""A release that was taken back leaves a database that is newer than the code, which then runs `migrate` again."""

import psycopg
import pytest
from psycopg import sql

from shared.mockupaws.invocation import InvocationFailedError
from tests.integration.migrate.conftest import Deploy


def _release(deploy: Deploy, own: str) -> str:
    """What the next release's `migrate` does to a database: it adds, and lets the functions do more."""
    newer = f"{int(own) + 1:04}"
    with psycopg.connect(deploy.owner_url) as connection:
        connection.execute("ALTER TABLE users ADD COLUMN nickname text NOT NULL DEFAULT ''")
        connection.execute("ALTER TABLE aws_pricing ADD COLUMN checked boolean NOT NULL DEFAULT false")
        connection.execute("CREATE TABLE notes (id uuid PRIMARY KEY)")
        connection.execute(sql.SQL("GRANT UPDATE (nickname) ON users TO {}").format(sql.Identifier(deploy.login.user)))
        connection.execute("UPDATE alembic_version SET version_num = %s", (newer,))
    return newer


def test_the_code_before_leaves_a_newer_database_as_it_is_and_says_so(
    deploy: Deploy, caplog: pytest.LogCaptureFixture
) -> None:
    own = deploy.run()["revision"]
    newer = _release(deploy, own)
    caplog.clear()
    assert deploy.run() == {"revision": newer}
    said, done = (vars(record) for record in caplog.records)
    assert (said["levelname"], said["message"]) == ("WARNING", "database is newer than the code")
    assert (said["revision"], said["newest_known"]) == (newer, own)
    assert (done["message"], done["outcome"], done["revision"]) == ("migrated", "ok", newer)
    with psycopg.connect(deploy.owner_url) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (newer,)
        assert connection.execute("SELECT count(*) FROM notes").fetchone() == (0,)


def test_the_functions_get_the_rights_of_the_code_that_runs_from_here_on(deploy: Deploy) -> None:
    _release(deploy, deploy.run()["revision"])
    with psycopg.connect(deploy.owner_url) as connection:
        connection.execute(sql.SQL("REVOKE SELECT ON scenarios FROM {}").format(sql.Identifier(deploy.login.user)))
    deploy.run()
    with psycopg.connect(deploy.url()) as connection:
        may = connection.execute(
            "SELECT has_table_privilege('scenarios', 'SELECT'), has_column_privilege('users', 'nickname', 'UPDATE')"
        ).fetchone()
    assert may == (True, False)


def test_prices_that_this_code_brings_fit_a_table_that_has_more_columns(deploy: Deploy) -> None:
    _release(deploy, deploy.run()["revision"])
    with psycopg.connect(deploy.owner_url) as connection:
        before = connection.execute("SELECT count(*) FROM aws_pricing").fetchone()
        connection.execute("DELETE FROM aws_pricing WHERE service = 'sqs'")
    deploy.run()
    with psycopg.connect(deploy.owner_url) as connection:
        assert connection.execute("SELECT count(*) FROM aws_pricing").fetchone() == before


def test_what_is_at_no_revision_of_ours_fails_by_a_name_that_says_so(deploy: Deploy) -> None:
    deploy.run()
    with psycopg.connect(deploy.owner_url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'f00ba4'")
    with pytest.raises(InvocationFailedError, match="UnknownRevisionError"):
        deploy.run()


def test_no_function_has_two_forms_of_which_the_code_before_could_mean_either(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        twice = connection.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS "
            "(SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e') GROUP BY proname HAVING count(*) > 1"
        ).fetchall()
    assert twice == []
