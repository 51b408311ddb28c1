"""The login that all other functions connect with, and the passwords: the login's and the owner's, anew each month.

Secrets Manager asks for a rotation in four steps. The second and the third, to set the new password and to try it, do
nothing here: the database's proxy goes by the secret's current version, so until the fourth every new connection would
fail, and the new password can't be tried. All is in the fourth: within one transaction the login gets its password and
the secret its version. Whoever is refused in the blink between the two asks for the secret again (db.py).
"""

import json
import secrets
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from psycopg.conninfo import conninfo_to_dict

from functions.migrate import store
from functions.migrate.models import Login
from shared.mockupaws.db import Database
from shared.mockupaws.secrets import read_secret
from shared.mockupaws.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

PASSWORD_BYTES = 32


class RotationStep(TypedDict):
    """What Secrets Manager says when it is time.

    Attributes:
        Step: the four come in this order, each as often as it takes.
        SecretId: the secret's ARN.
        ClientRequestToken: the id of the version to be made.
    """

    Step: Literal["createSecret", "setSecret", "testSecret", "finishSecret"]
    SecretId: str
    ClientRequestToken: str


def functions_login() -> Login | None:
    """The functions' login as the stage has it now; None where they connect as `migrate` itself does."""
    config = settings()
    if config.app_secret_arn:
        return _login(read_secret(config.app_secret_arn, max_age_s=0))
    if not config.app_database_url:
        return None
    given, own = conninfo_to_dict(config.app_database_url), conninfo_to_dict(config.database_url)
    return None if given.get("user") == own.get("user") else Login(str(given["user"]), str(given["password"]))


def rotate(database: Database, asked: RotationStep) -> None:
    """Does one step of a rotation. Each may be repeated, and so may all of them.

    Raises:
        PermissionError: it is another secret's, or a version that was not proposed.
        UnavailableError: the database can't be reached.
        botocore.exceptions.ClientError: Secrets Manager says no.
    """
    arn, version = asked["SecretId"], asked["ClientRequestToken"]
    config = settings()
    if arn not in {config.app_secret_arn, config.database_secret_arn}:
        raise PermissionError("only the functions' secret and the owner's are rotated here")
    if asked["Step"] == "createSecret":
        _propose(arn, version)
    elif asked["Step"] == "finishSecret":
        _change(database, arn, version)


def _propose(arn: str, version: str) -> None:
    client = _secrets_manager()
    try:
        client.get_secret_value(SecretId=arn, VersionId=version, VersionStage="AWSPENDING")
    except client.exceptions.ResourceNotFoundException:
        current = json.loads(client.get_secret_value(SecretId=arn, VersionStage="AWSCURRENT")["SecretString"])
        proposed = json.dumps(current | {"password": secrets.token_urlsafe(PASSWORD_BYTES)})
        client.put_secret_value(
            SecretId=arn, ClientRequestToken=version, SecretString=proposed, VersionStages=["AWSPENDING"]
        )


def _change(database: Database, arn: str, version: str) -> None:
    client = _secrets_manager()
    with database.transaction() as connection:
        # A deploy sets the password that is current: it must see either both or neither.
        store.take_turn(connection)
        stages = client.describe_secret(SecretId=arn)["VersionIdsToStages"]
        if not {"AWSPENDING", "AWSCURRENT"} & set(stages.get(version, ())):
            raise PermissionError("a version that no rotation proposed")
        proposed = json.loads(client.get_secret_value(SecretId=arn, VersionId=version)["SecretString"])
        store.set_password(connection, _login(proposed))
        current = next(name for name, labels in stages.items() if "AWSCURRENT" in labels)
        if current != version:
            client.update_secret_version_stage(
                SecretId=arn, VersionStage="AWSCURRENT", MoveToVersionId=version, RemoveFromVersionId=current
            )


def _login(secret: dict[str, Any]) -> Login:
    return Login(str(secret["username"]), str(secret["password"]))


@cache
def _secrets_manager() -> "SecretsManagerClient":
    import boto3  # noqa: PLC0415 - a deploy without a secret doesn't need it

    return boto3.client("secretsmanager")
