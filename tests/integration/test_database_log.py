"""What RDS is told to log, told to a real PostgreSQL: nothing that people wrote is in it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import errors

from infra.constructs.database import PARAMETERS
from infra.local.postgres import THROWAWAY, Cluster, home_for

_SECRET = "ada.lovelace@example.com"


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """Give a server with the parameters of the stage's, to which every statement is slow."""
    told = {name: value for name, value in PARAMETERS.items() if not name.startswith("rds.")}
    made = Cluster(home_for(tmp_path), {**THROWAWAY, **told, "log_min_duration_statement": "0"})
    made.start()
    yield made
    made.stop()
    shutil.rmtree(made.home)


def test_neither_a_slow_statement_nor_a_failing_row_leaves_what_people_wrote(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE people (email text UNIQUE NOT NULL, age integer CHECK (age > 0))")
        insert = "INSERT INTO people VALUES (%s, %s)"
        connection.execute(insert, [_SECRET, 36])
        connection.execute("SELECT * FROM people WHERE email LIKE %s", [f"{_SECRET}%"])
        with pytest.raises(errors.UniqueViolation, match=_SECRET):
            connection.execute(insert, [_SECRET, 37])
        with pytest.raises(errors.CheckViolation, match=_SECRET):
            connection.execute(insert, [f"{_SECRET}.org", -1])
        with (
            connection.cursor() as cursor,
            pytest.raises(errors.CheckViolation),
            cursor.copy("COPY people FROM STDIN") as copy,
        ):
            copy.write_row([f"{_SECRET}.net", -1])
    log = cluster.log.read_text()
    assert "SELECT * FROM people WHERE email LIKE $1" in log
    assert "duplicate key value violates unique constraint" in log
    assert _SECRET not in log
