import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from infra.local.postgres import LOOPBACK, THROWAWAY, Cluster, PostgresError, app_url, free_port, home_for, lets_in


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    # pytest's own folders are closed to others, which root needs to let in.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        cluster = Cluster(home_for(Path(folder)), THROWAWAY)
        yield cluster
        cluster.stop()


def test_it_starts_once_and_keeps_its_data_and_its_password(cluster: Cluster) -> None:
    cluster.start()
    cluster.start()
    cluster.ensure_database("mine")
    cluster.ensure_database("mine")
    before = cluster.url("mine")
    cluster.stop()
    cluster.stop()
    assert not cluster.running
    cluster.start(port=int(before.rsplit(":", 1)[1].split("/")[0]))
    assert cluster.url("mine") == before
    with psycopg.connect(cluster.url("mine")) as connection:
        assert connection.execute("SELECT lower('ÀÉ')").fetchone() == ("àé",)


def test_it_asks_for_the_password_and_listens_on_loopback_only(cluster: Cluster) -> None:
    cluster.start()
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(f"postgresql://postgres:wrong@{LOOPBACK}:{cluster.port}/postgres")
    with psycopg.connect(cluster.url()) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == (LOOPBACK,)
        assert connection.execute("SHOW unix_socket_directories").fetchone() == ("",)


def test_functions_have_a_login_of_the_database_s_own_if_its_owner_may_make_one(cluster: Cluster) -> None:
    cluster.start()
    cluster.ensure_database("mine")
    made = app_url(cluster.url("mine"), "a password")
    assert made
    told = conninfo_to_dict(made)
    assert (told["user"], told["password"], told["dbname"]) == ("mine_app", "a password", "mine")
    assert not lets_in(made)
    with psycopg.connect(cluster.url()) as connection:
        connection.execute("CREATE ROLE somebody LOGIN PASSWORD 'theirs'")
        connection.execute("CREATE ROLE mine_app LOGIN PASSWORD 'a password'")
    assert lets_in(made)
    assert app_url(make_conninfo(cluster.url("mine"), user="somebody", password="theirs"), "a password") is None


def test_a_database_that_cannot_be_reached_is_said(cluster: Cluster) -> None:
    cluster.start()
    with pytest.raises(PostgresError, match="can't be reached"):
        app_url(make_conninfo(cluster.url(), password="wrong"), "a password")


def test_a_port_that_is_taken_gives_way_to_another() -> None:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) != port
    assert free_port(port) == port


def test_data_of_another_version_is_left_alone(cluster: Cluster) -> None:
    cluster.data.mkdir(parents=True)
    (cluster.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(PostgresError, match="DATABASE_URL"):
        cluster.start()


def test_a_server_that_does_not_start_says_why(cluster: Cluster) -> None:
    broken = Cluster(cluster.home, {"shared_buffers": "a lot"})
    with pytest.raises(PostgresError, match="shared_buffers"):
        broken.start()
