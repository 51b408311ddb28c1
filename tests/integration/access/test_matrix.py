"""Every operation of the API's description, by everybody who may ask for it.

What is expected comes from the description: the role and the scope that each operation says it takes. What the
description must say is in test_policy.py.
"""

import importlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import boto3
import pytest

from functions.migrate.store import add_prices
from functions.pricing import refresh
from infra.catalog import FUNCTIONS
from shared.mockupaws.auth.access import SCOPES, Role
from shared.mockupaws.costing.seed import seed_prices
from shared.mockupaws.db import Rows
from shared.mockupaws.settings import settings
from tests import factories
from tests.gateway import Gateway, HttpReply
from tests.objects import NAMED, objects
from tests.samples import Sampler
from tests.sessions import access_token

Json = dict[str, Any]

DOCUMENT: Json = json.loads((Path(__file__).parents[3] / "openapi.json").read_text())
SCHEMAS: Json = DOCUMENT["components"]["schemas"]
RANK: dict[str, int] = {"readonly": 0, "user": 1, "superuser": 2}
# Whose text only its owner may read: with it, a superuser could act as them.
OWNERS_ONLY = {"rotate_api_key"}


@dataclass(frozen=True)
class Operation:
    """One method on one path, as it is described."""

    method: str
    path: str
    described: Json

    @property
    def name(self) -> str:
        return self.described["operationId"]

    @property
    def public(self) -> bool:
        return not self.described.get("security")

    @property
    def role(self) -> str:
        """The least role; where only keys are taken, that of who may give such a key's scope."""
        named = [roles[0] for one in self.described["security"] for kind, roles in one.items() if kind == "BearerAuth"]
        return named[0] if named else "user"

    @property
    def scope(self) -> str | None:
        """What a key needs; None where no key will do."""
        named = [roles[0] for one in self.described["security"] for kind, roles in one.items() if kind != "BearerAuth"]
        return named[0] if named else None

    @property
    def sessions(self) -> bool:
        return any("BearerAuth" in one for one in self.described["security"])

    @property
    def is_door(self) -> bool:
        return self.described["tags"] == ["ingest"]

    @property
    def names_an_object(self) -> bool:
        """Whether it is about an object that somebody owns."""
        text = json.dumps([self.described.get("parameters"), self._body_schema])
        return not self.is_door and ("_id}" in self.path or '"ids"' in text or "scenario_id" in text)

    def body(self, known: Json) -> Any:
        """A plain body that it takes: its example, or what fits its schema."""
        described = self.described.get("requestBody")
        if described is None:
            return None
        content: Json = described["content"]
        kind = content.get("application/json") or next(iter(content.values()))
        return kind["example"] if "example" in kind else Sampler(SCHEMAS, known).value(kind["schema"])

    @property
    def _body_schema(self) -> Json:
        content = self.described.get("requestBody", {}).get("content", {})
        return Sampler(SCHEMAS, {}).resolved(content.get("application/json", {}).get("schema", {}))


OPERATIONS = [
    Operation(method.upper(), path, operation)
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
]
PUBLIC = [operation for operation in OPERATIONS if operation.public]
PRIVATE = [operation for operation in OPERATIONS if not operation.public]


@dataclass
class World:
    """Users and the API before all functions; each request is about new objects of an owner's."""

    connection: Rows
    api: Gateway

    def user(self, role: Role = "user") -> UUID:
        return factories.user(self.connection, role=role)["id"]

    def objects(self, owner: UUID) -> Json:
        """An object of each kind, by the names that paths, queries and bodies give them."""
        return objects(self.connection, owner, {*NAMED}) | {"user_id": str(owner)}

    def ask(self, operation: Operation, objects: Json, **credential: str) -> HttpReply:
        self.connection.execute("DELETE FROM rate_limits")
        path = operation.path.format_map(objects)
        query: Json = {
            each["name"]: objects.get(each["name"]) or Sampler(SCHEMAS, {}).value(each["schema"])
            for each in map(_resolved, operation.described.get("parameters", ()))
            if each["in"] == "query" and (each.get("required") or each["name"] in objects)
        }
        known = {"scenario_id": objects["scenario_id"], "usage": {"sqs": {"queue_type": "standard", "requests": 1}}}
        return self.api.request(
            operation.method,
            path,
            query=query,
            body=operation.body(known),
            headers={"X-Scenario-ID": objects["scenario_id"]} if operation.is_door else None,
            **credential,
        )


def _resolved(parameter: Json) -> Json:
    name = parameter.get("$ref", "").rpartition("/")[2]
    return DOCUMENT["components"]["parameters"][name] if name else parameter


@pytest.fixture
def world(stage: None, connection: Rows, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    del stage
    sqs, s3 = boto3.client("sqs"), boto3.client("s3")
    for name in ("LOG_QUEUE_URL", "LOG_DLQ_URL", "RESET_QUEUE_URL", "REPORT_QUEUE_URL"):
        monkeypatch.setenv(name, sqs.create_queue(QueueName=name)["QueueUrl"])
    for name in ("payload-bucket", "report-bucket"):
        s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
        monkeypatch.setenv(name.upper().replace("-", "_"), name)
    settings.cache_clear()
    # moto runs no function, and who may start one is all that is asked here.
    monkeypatch.setattr(refresh, "start", lambda: None)
    with connection.transaction():
        add_prices(connection, seed_prices())
    handlers: dict[str, Callable[[Any, Any], Json]] = {
        route.key: importlib.import_module(f"functions.{function.name}.handler").handler
        for function in FUNCTIONS
        for route in function.routes
    }
    yield World(connection, Gateway(lambda event, context: handlers[event["routeKey"]](event, context), handlers))
    settings.cache_clear()


def let_in(reply: HttpReply) -> bool:
    """Whether the request got past admission and to its object; what it did there is other tests' business."""
    assert reply.status in {401, 403, 404, 409, *range(200, 303)}, reply.text
    return reply.status not in (401, 403, 404)


@pytest.mark.parametrize("operation", PRIVATE, ids=lambda operation: operation.name)
def test_who_may_may_and_who_may_not_is_told_why(operation: Operation, world: World) -> None:
    owner, other, root, reader = world.user(), world.user(), world.user("superuser"), world.user("readonly")

    def refused(status: int, objects: Json, **credential: str) -> None:
        reply = world.ask(operation, objects, **credential)
        assert reply.status == status, (credential.keys(), reply.text)

    def key(user_id: UUID, *scopes: str) -> str:
        return factories.api_key(world.connection, user_id=user_id, scopes=list(scopes))["key"]

    scope, sessions = operation.scope, operation.sessions
    foreign = 400 if operation.is_door else 404
    # Nobody.
    refused(401, world.objects(owner))
    refused(401, world.objects(owner), token="no.such.token")
    refused(401, world.objects(owner), key=f"mk_abcdefgh_{'a' * 32}")
    # Their own, by role.
    for user_id, role in ((reader, "readonly"), (owner, "user"), (root, "superuser")):
        may = RANK[role] >= RANK[operation.role]
        if sessions:
            reply = world.ask(operation, world.objects(user_id), token=access_token(user_id))
            assert let_in(reply) == may, (role, reply.text)
            assert may or reply.status == 403
        # A key with the scope, and one with all others.
        if scope is not None:
            reply = world.ask(operation, world.objects(user_id), key=key(user_id, scope))
            assert let_in(reply) == may, (role, reply.text)
            assert may or reply.status == 403
            refused(403, world.objects(user_id), key=key(user_id, *(s for s in SCOPES if s != scope)))
        else:
            refused(403, world.objects(user_id), key=key(user_id, *SCOPES))
    # Others'.
    if not sessions:
        refused(foreign, world.objects(owner), key=key(other, *SCOPES))
        return
    objects = world.objects(owner)
    reply = world.ask(operation, objects, token=access_token(other))
    if RANK[operation.role] > RANK["user"]:
        assert reply.status == 403
    elif operation.names_an_object or operation.is_door:
        assert reply.status == foreign, reply.text
    else:
        assert let_in(reply), reply.text
        # A list has nothing of anybody else in it; prices are everybody's.
        owned = {name: objects[name] for name in objects.keys() - {"price_id", "ids"}}
        assert not [name for name, value in owned.items() if value in reply.text]
    # Superusers see all.
    reply = world.ask(operation, world.objects(owner), token=access_token(root))
    assert let_in(reply) == (operation.name not in OWNERS_ONLY), reply.text


@pytest.mark.parametrize("operation", PUBLIC, ids=lambda operation: operation.name)
def test_a_public_operation_is_the_same_for_everybody(operation: Operation, world: World) -> None:
    owner, root = world.user(), world.user("superuser")
    key = factories.api_key(world.connection, user_id=owner)["key"]
    everybody: list[dict[str, str]] = [{}, {"token": access_token(owner)}, {"token": access_token(root)}, {"key": key}]
    everybody += [{"token": "no.such.token"}, {"key": "no key"}]
    replies = [world.ask(operation, world.objects(owner), **credential) for credential in everybody]
    assert len({reply.status for reply in replies}) == 1
    assert replies[0].status < 500
