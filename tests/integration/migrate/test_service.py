import re
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


def test_an_index_that_was_built_by_hand_before_is_taken_over(empty_database_url: str) -> None:
    page = (Path(__file__).parents[3] / "docs" / "deploy.md").read_text()
    (asked,) = re.findall(r"<!-- test: index -->\s+```sql\n(.*?) \\gexec\n", page, re.DOTALL)
    migrate(empty_database_url)
    with psycopg.connect(empty_database_url, autocommit=True) as connection:
        (definition,) = re.findall(
            r"CREATE INDEX scenario_logs_key_idx .*;",
            (Path(service.__file__).parent / "sql/0006_log_keys.sql").read_text(),
        )
        connection.execute("DROP INDEX scenario_logs_key_idx")
        for (order,) in connection.execute(asked.encode()).fetchall():
            connection.execute(order.encode())
        before = _leaves(connection)
        assert before
        connection.execute(definition.encode())
        assert _leaves(connection) == before
        attached = connection.execute(
            "SELECT inhrelid::int FROM pg_inherits WHERE inhparent = 'scenario_logs_key_idx'::regclass"
        ).fetchall()
        assert {index for (index,) in attached} == before


def _leaves(connection: psycopg.Connection) -> set[int]:
    """The indexes on partitions by which logs are looked up."""
    found = connection.execute(
        "SELECT indexrelid::int FROM pg_index JOIN pg_partition_tree('scenario_logs') ON relid = indrelid AND isleaf "
        "WHERE pg_get_indexdef(indexrelid) LIKE '%log_key(%'"
    )
    return {index for (index,) in found}


def _tables(database_url: str) -> set[str]:
    with psycopg.connect(database_url) as connection:
        return {row[0] for row in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
