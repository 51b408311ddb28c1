import threading
from pathlib import Path

import psycopg
import pytest

from functions.migrate import service
from functions.migrate.service import UnknownRevisionError, migrate


def test_an_empty_database_gets_every_table_and_a_second_run_changes_nothing(empty_database_url: str) -> None:
    first = migrate(empty_database_url)
    before = _tables(empty_database_url)
    assert migrate(empty_database_url) == first
    assert _tables(empty_database_url) == before
    assert {"users", "scenarios", "scenario_logs", "scenario_metrics", "aws_pricing"} <= before


def test_migrations_are_one_row_without_a_fork() -> None:
    here = Path(service.__file__).parent
    versions, files = ([path.stem for path in here.glob(found)] for found in ("versions/*.py", "sql/*.sql"))
    assert sorted(versions) == sorted(files)
    assert sorted(name[:4] for name in versions) == [f"{number + 1:04}" for number in range(len(versions))]


def test_two_deploys_at_once_migrate_once(empty_database_url: str) -> None:
    revisions: list[str] = []
    deploys = [threading.Thread(target=lambda: revisions.append(migrate(empty_database_url))) for _ in range(2)]
    for deploy in deploys:
        deploy.start()
    for deploy in deploys:
        deploy.join()
    assert len(revisions) == 2
    assert len(set(revisions)) == 1


@pytest.mark.parametrize("revision", ["garbage", "0003b", "00", "900", "00001", "99999", "\u0664" * 4])
def test_a_database_at_a_revision_that_no_release_of_ours_has_is_left_alone(
    empty_database_url: str, revision: str
) -> None:
    migrate(empty_database_url)
    with psycopg.connect(empty_database_url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = %s", (revision,))
    with pytest.raises(UnknownRevisionError, match=revision):
        migrate(empty_database_url)


def test_a_test_database_is_a_migrated_copy(database_url: str) -> None:
    assert "users" in _tables(database_url)


def _tables(database_url: str) -> set[str]:
    with psycopg.connect(database_url) as connection:
        return {row[0] for row in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
