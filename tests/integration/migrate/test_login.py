"""The login that the functions share: made, renewed and rotated by the owner, who is no superuser."""

import json
import secrets
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import boto3
import psycopg
import pytest
from botocore.exceptions import ClientError
from psycopg import errors, sql

from functions.migrate import login as module
from functions.migrate import store
from functions.migrate.handler import handler
from functions.migrate.models import Login
from shared.mockupaws.db import Rows, database
from shared.mockupaws.invocation import InvocationFailedError
from shared.mockupaws.settings import settings
from tests.databases import Server
from tests.gateway import Invocation
from tests.integration.migrate.conftest import Deploy
from tests.waiting import until


def _drop(connection: Rows, login: Login) -> None:
    role = sql.Identifier(login.user)
    for order in ("GRANT {} TO CURRENT_USER", "DROP OWNED BY {}", "DROP ROLE {}"):
        connection.execute(sql.SQL(order).format(role))


def _until_somebody_waits(connection: Rows) -> None:
    """Until another session waits for a lock."""
    waiting = "SELECT FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()"
    assert until(lambda: connection.execute(waiting).fetchall(), within_s=30), "nobody waits"


STEPS = ("createSecret", "setSecret", "testSecret", "finishSecret")


def test_a_deploy_lets_the_functions_in_who_are_nobody_else(deploy: Deploy) -> None:
    assert not deploy.lets_in(deploy.login)
    deploy.run()
    assert deploy.lets_in(deploy.login)
    with psycopg.connect(deploy.url()) as connection:
        may = connection.execute(
            "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls FROM pg_roles "
            "WHERE rolname = current_user"
        ).fetchone()
        assert may == (False,) * 5
        beside = connection.execute("SELECT rolname FROM pg_roles WHERE pg_has_role(oid, 'MEMBER')").fetchall()
        assert beside == [(deploy.login.user,)]
        assert connection.execute("SHOW statement_timeout").fetchone() == ("5min",)
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute("CREATE TEMPORARY TABLE mine (a integer)")


def test_each_deploy_sets_the_password_that_the_stage_has(deploy: Deploy, monkeypatch: pytest.MonkeyPatch) -> None:
    deploy.run()
    renewed = replace(deploy.login, password=secrets.token_urlsafe(16))
    monkeypatch.setenv("APP_DATABASE_URL", deploy.url(renewed))
    settings.cache_clear()
    deploy.run()
    assert deploy.lets_in(renewed)
    assert not deploy.lets_in(deploy.login)


def test_a_database_that_was_restored_without_its_roles_gets_them_with_the_next_deploy(deploy: Deploy) -> None:
    deploy.run()
    with psycopg.connect(deploy.owner_url) as connection:
        _drop(connection, deploy.login)
    assert not deploy.lets_in(deploy.login)
    deploy.run()
    assert deploy.lets_in(deploy.login)


def test_where_the_functions_connect_as_the_owner_there_is_no_login(
    deploy: Deploy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APP_DATABASE_URL", deploy.owner_url)
    settings.cache_clear()
    assert deploy.run()["revision"]
    assert not deploy.lets_in(deploy.login)


def test_two_databases_that_make_the_same_login_at_once_both_have_it(deploy: Deploy, database_server: Server) -> None:
    deploy.run()
    name = f"{database_server.prefix}{secrets.token_hex(4)}"
    second = database_server.as_owner(database_server.create(name, database_server.template))
    login = Login(f"{deploy.login.user}2", secrets.token_urlsafe(16))

    def let_in() -> None:
        with psycopg.connect(second) as connection, connection.transaction():
            store.let_in(connection, login)

    with ThreadPoolExecutor(1) as beside:
        with psycopg.connect(deploy.owner_url) as first, first.transaction():
            store.let_in(first, login)
            waiting = beside.submit(let_in)
            _until_somebody_waits(first)
        waiting.result()
    for url in (deploy.owner_url, second):
        with psycopg.connect(url) as connection:
            may = connection.execute("SELECT has_table_privilege(%s, 'users', 'SELECT')", (login.user,)).fetchone()
            assert may == (True,)
    database_server.drop(name)
    with psycopg.connect(deploy.owner_url) as connection:
        _drop(connection, login)


def test_the_password_is_not_in_what_the_server_is_told(deploy: Deploy) -> None:
    deploy.run()
    with psycopg.connect(deploy.owner_url) as connection, tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told"
        with told.open("wb") as file:
            connection.pgconn.trace(file.fileno())
            store.set_password(connection, deploy.login)
            connection.pgconn.untrace()
        text = told.read_text(errors="replace")
    assert "SCRAM-SHA-256$" in text
    assert deploy.login.password not in text


@pytest.fixture
def secret(deploy: Deploy, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Give the functions' secret, as after a deploy."""
    module._secrets_manager.cache_clear()
    text = json.dumps({"username": deploy.login.user, "password": deploy.login.password, "port": 5432})
    arn = boto3.client("secretsmanager").create_secret(Name="app", SecretString=text)["ARN"]
    monkeypatch.delenv("APP_DATABASE_URL")
    monkeypatch.setenv("APP_SECRET_ARN", arn)
    settings.cache_clear()
    deploy.run()
    yield arn
    module._secrets_manager.cache_clear()


def ask(secret: str, step: str, version: str) -> dict[str, str]:
    return handler({"SecretId": secret, "ClientRequestToken": version, "Step": step}, Invocation())


def stored(secret: str) -> dict[str, Any]:
    client = boto3.client("secretsmanager")
    return json.loads(client.get_secret_value(SecretId=secret, VersionStage="AWSCURRENT")["SecretString"])


def current(secret: str) -> Login:
    return Login(stored(secret)["username"], stored(secret)["password"])


@pytest.mark.parametrize("times", [1, 2])
def test_a_rotation_changes_password_and_secret_together(deploy: Deploy, secret: str, times: int) -> None:
    assert deploy.lets_in(deploy.login)
    version = str(uuid4())
    for step in STEPS[:-1]:
        for _ in range(times):
            assert ask(secret, step, version) == {"step": step}
        assert current(secret) == deploy.login
        assert deploy.lets_in(deploy.login)
    for _ in range(times):
        ask(secret, STEPS[-1], version)
    rotated = current(secret)
    assert rotated.user == deploy.login.user
    assert stored(secret)["port"] == 5432
    assert len(rotated.password) >= 32
    assert deploy.lets_in(rotated)
    assert not deploy.lets_in(deploy.login)
    deploy.run()
    assert deploy.lets_in(rotated)


def test_a_rotation_that_fails_leaves_the_password_that_the_secret_has(
    deploy: Deploy, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = str(uuid4())
    ask(secret, "createSecret", version)

    def refuse(**_options: Any) -> None:
        raise ClientError({"Error": {"Code": "InternalServiceError"}}, "UpdateSecretVersionStage")

    with monkeypatch.context() as patch:
        patch.setattr(module._secrets_manager(), "update_secret_version_stage", refuse)
        with pytest.raises(InvocationFailedError, match="ClientError"):
            ask(secret, "finishSecret", version)
    assert current(secret) == deploy.login
    assert deploy.lets_in(deploy.login)
    ask(secret, "finishSecret", version)
    assert deploy.lets_in(current(secret))


def test_a_deploy_waits_for_a_rotation_and_finds_its_password(
    deploy: Deploy, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = str(uuid4())
    ask(secret, "createSecret", version)
    client = module._secrets_manager()
    promote = client.update_secret_version_stage

    def promote_while_a_deploy_waits(**options: Any) -> None:
        deploys.append(beside.submit(deploy_again))
        with psycopg.connect(deploy.owner_url) as connection:
            _until_somebody_waits(connection)
        promote(**options)

    def deploy_again() -> None:
        with psycopg.connect(deploy.owner_url) as connection, connection.transaction():
            store.take_turn(connection)
            login = module.functions_login()
            assert login
            store.let_in(connection, login)

    deploys: list[Future[None]] = []
    with ThreadPoolExecutor(1) as beside:
        monkeypatch.setattr(client, "update_secret_version_stage", promote_while_a_deploy_waits)
        ask(secret, "finishSecret", version)
    deploys[0].result()
    assert current(secret) != deploy.login
    assert deploy.lets_in(current(secret))


def test_the_owner_s_own_password_is_rotated_alike(
    deploy: Deploy, database_server: Server, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = Login(f"{deploy.login.user}_owner", secrets.token_urlsafe(16))
    role = sql.Identifier(owner.user)
    with psycopg.connect(database_server.admin_url, autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEROLE PASSWORD {}").format(role, sql.Literal(owner.password)))
        text = json.dumps({"username": owner.user, "password": owner.password})
        own = boto3.client("secretsmanager").create_secret(Name="owner", SecretString=text)["ARN"]
        monkeypatch.setenv("DATABASE_URL", deploy.url(owner))
        monkeypatch.setenv("DATABASE_SECRET_ARN", own)
        settings.cache_clear()
        database().close()
        database.cache_clear()
        version = str(uuid4())
        for step in STEPS:
            ask(own, step, version)
        database().close()
        with psycopg.connect(deploy.url(current(own))) as connection:
            assert connection.info.user == owner.user
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(deploy.url(owner))
        assert current(secret) == deploy.login
        admin.execute(sql.SQL("DROP ROLE {}").format(role))


@pytest.mark.usefixtures("deploy")
def test_nothing_else_is_rotated(secret: str) -> None:
    other = boto3.client("secretsmanager").create_secret(Name="other", SecretString="{}")["ARN"]
    with pytest.raises(InvocationFailedError, match="PermissionError"):
        ask(other, "createSecret", str(uuid4()))
    with pytest.raises(InvocationFailedError, match="PermissionError"):
        ask(secret, "finishSecret", str(uuid4()))
