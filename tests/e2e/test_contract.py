"""The running stack is what its description says, whatever is asked of it, within that description or beyond.

Each operation that is described is in it without anybody remembering.
"""

# What schemathesis's generic types are of is its own business.
# pyright: reportMissingTypeArgument=false, reportUnknownParameterType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false, reportUntypedFunctionDecorator=false

import hashlib
import json
import re
import secrets
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import psycopg
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, Case, Response
from schemathesis.checks import not_a_server_error
from schemathesis.config import (
    CoveragePhaseConfig,
    GenerationConfig,
    PhasesConfig,
    ProjectConfig,
    ProjectsConfig,
    SchemathesisConfig,
)
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from infra.local.stack import Stack
from shared.mockupaws.auth.limits import API_KEYS, AUTH, GENERAL, INGEST, REPORTS
from shared.mockupaws.auth.passwords import hash_password
from shared.mockupaws.db import Rows
from shared.mockupaws.ids import new_id
from shared.mockupaws.replies import SECURITY_HEADERS
from tests import factories
from tests.objects import objects
from tests.samples import Sampler

pytestmark = pytest.mark.xdist_group("e2e")

Json = dict[str, Any]
DESCRIPTION = Path(__file__).parents[2] / "openapi.json"
DOCUMENT: Json = json.loads(DESCRIPTION.read_text())
PASSWORD = "Correct-Horse-7!"
STATES = ("running", "draft", "completed", "archived")
METHODS = {"GET", "POST", "PUT", "DELETE", "PATCH"}
# Of what is made up at random. What is at the limits of each field comes besides: the first of it, and some of the
# rest, for bodies have hundreds of fields, whose rules are tested where they are written.
EXAMPLES = 4
ALL, OF_THE_REST_EACH = 8, 16
SLOW_AND_STATEFUL = [
    HealthCheck.data_too_large,
    HealthCheck.filter_too_much,
    HealthCheck.function_scoped_fixture,
    HealthCheck.too_slow,
]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]

schemathesis.openapi.media_type("application/x-protobuf", st.binary(max_size=64))
schemathesis.openapi.media_type("application/x-ndjson", st.text(max_size=64).map(str.encode))
schema = schemathesis.openapi.from_path(
    DESCRIPTION,
    config=SchemathesisConfig(
        projects=ProjectsConfig(
            default=ProjectConfig(
                generation=GenerationConfig(deterministic=True, with_security_parameters=False),
                # What other methods are told, is asked below.
                phases=PhasesConfig(coverage=CoveragePhaseConfig(unexpected_methods=set())),
            )
        )
    ),
)
OPERATIONS = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]


@dataclass
class Superuser:
    """Who may do everything, and has something to do it to."""

    api_url: str
    connection: Rows
    user_id: UUID
    email: str
    token: str
    key: str
    turns: Counter[str] = field(default_factory=Counter[str])
    http: requests.Session = field(default_factory=requests.Session)

    def credential(self, operation: APIOperation) -> dict[str, str]:
        if operation.definition.raw["tags"] == ["ingest"]:
            return {"X-API-Key": self.key, "X-Amz-Firehose-Access-Key": self.key}
        return {"Authorization": f"Bearer {self.token}"}

    def ask(self, case: Case, headers: dict[str, str]) -> Response:
        return case.call(base_url=self.api_url, headers=headers, session=self.http, timeout=60, allow_redirects=False)


@pytest.fixture(scope="module")
def root(stack: Stack) -> Iterator[Superuser]:
    with closing(psycopg.connect(stack.database_url, autocommit=True)) as connection:
        user = factories.user(connection, role="superuser", password_hash=hash_password(PASSWORD))
        key = factories.api_key(connection, user_id=user["id"])["key"]
        root = Superuser(stack.api_url, connection, user["id"], user["email"], "", key)
        root.token = signed_in(root)["access_token"]
        prices = [price for (price,) in connection.execute("SELECT id FROM aws_pricing").fetchall()]
        yield root
        # What was made up here is no price to whoever comes after.
        connection.execute("DELETE FROM aws_pricing WHERE id <> ALL(%s)", (prices,))


def signed_in(root: Superuser) -> Json:
    root.connection.execute("DELETE FROM rate_limits")
    answer = httpx.post(f"{root.api_url}/auth/login", json={"email": root.email, "password": PASSWORD}, timeout=60)
    return answer.raise_for_status().json()


def test_the_description_is_the_stacks_own(api: httpx.Client) -> None:
    assert api.get("/openapi.json").json() == DOCUMENT
    assert {operation.label for operation in OPERATIONS} == {
        f"{method.upper()} {path}" for path, item in DOCUMENT["paths"].items() for method in item
    }


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=SLOW_AND_STATEFUL,
    database=None,
)
def test_whatever_is_asked_the_answer_is_one_that_is_described(case: Case, root: Superuser) -> None:
    turn = root.turns[case.operation.label]
    root.turns[case.operation.label] += 1
    if turn > ALL and turn % OF_THE_REST_EACH:
        return
    root.connection.execute("DELETE FROM rate_limits")
    places = [place for place in (case.path_parameters, case.query) if place]
    names = {name for place in places for name in place}
    known = objects(root.connection, root.user_id, names, status=STATES[turn % len(STATES)])
    for place in places:
        for name in place.keys() & known.keys():
            if is_id(place[name]):
                place[name] = known[name]
    headers = root.credential(case.operation)
    answer = root.ask(case, headers)
    checks = CHECKS if is_lenient(case) else [*CHECKS, negative_data_rejection]
    case.validate_response(answer, checks=checks, headers=headers)


def test_every_operation_was_asked(request: pytest.FixtureRequest) -> None:
    # Where pytest and schemathesis don't know each other's ways, all have one id, and pytest-xdist runs one of them.
    asked = {item.nodeid for item in request.session.items if item.name.startswith("test_whatever_is_asked")}
    assert len(asked) == len(OPERATIONS)


def is_lenient(case: Case) -> bool:
    """Whether what breaks the description may be taken: by doors, which take what they get, and numbers in strings."""
    data = case.meta.phase.data if case.meta else None
    return "ingest" in (case.operation.tags or ()) or "type" in str(getattr(data, "description", "")).lower()


def is_id(value: object) -> bool:
    if isinstance(value, list):
        return all(map(is_id, value))
    try:
        return bool(UUID(str(value)))
    except ValueError:
        return False


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_a_plain_request_succeeds_and_without_leave_or_allowance_it_is_refused(
    operation: APIOperation, root: Superuser
) -> None:
    credential = root.credential(operation)
    statuses = set[int]()
    for status in STATES:
        root.connection.execute("DELETE FROM rate_limits")
        case = plain(operation, root, status)
        answer = root.ask(case, credential)
        case.validate_response(answer, checks=CHECKS, headers=credential)
        statuses.add(answer.status_code)
        assert SECURITY_HEADERS.keys() <= {name.title() for name in answer.headers}
        assert "ratelimit-remaining" in answer.headers or not counts(operation)
    assert [status for status in statuses if status < 400], statuses
    case = plain(operation, root, "running")
    if operation.definition.raw.get("security"):
        stranger = root.ask(case, {})
        case.validate_response(stranger, checks=CHECKS)
        assert stranger.status_code == 401
    if "429" not in operation.definition.raw["responses"]:
        return
    spend(root)
    refused = root.ask(case, credential)
    case.validate_response(refused, checks=CHECKS, headers=credential)
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"][0]) <= 60


def counts(operation: APIOperation) -> bool:
    """Whether each answer says what is left of the allowance; doors say it when there is nothing left."""
    described = operation.definition.raw
    return "429" in described["responses"] and described["tags"] != ["ingest"]


def plain(operation: APIOperation, root: Superuser, status: str) -> Case:
    """A request that says what must be said and no more, about objects that there are."""
    described: Json = operation.definition.raw
    parameters = [resolved(each) for each in described.get("parameters", ())]
    names = {each["name"] for each in parameters} | {"scenario_id"}
    known = objects(root.connection, root.user_id, names, status=status)
    sampler = Sampler(DOCUMENT["components"]["schemas"], known | known_to(described["operationId"], root))
    given: Json = {"path": {}, "query": {}, "header": {}}
    for each in parameters:
        if each.get("required") or each["name"] in known:
            given[each["in"]][each["name"]] = known.get(each["name"]) or sampler.value(each["schema"])
    if described["tags"] == ["ingest"]:
        common = {"commonAttributes": {"scenario_id": known["scenario_id"]}}
        given["header"] |= {"X-Amz-Firehose-Common-Attributes": json.dumps(common)}
    body: Json = {}
    if "requestBody" in described:
        content: Json = described["requestBody"]["content"]
        kind = "application/json" if "application/json" in content else next(iter(content))
        example = content[kind].get("example")
        body = {"body": example or sampler.value(content[kind]["schema"]), "media_type": kind}
    return operation.Case(path_parameters=given["path"], query=given["query"], headers=given["header"], **body)


def resolved(parameter: Json) -> Json:
    name = parameter.get("$ref", "").rpartition("/")[2]
    return DOCUMENT["components"]["parameters"][name] if name else parameter


def known_to(operation: str, root: Superuser) -> Json:
    """What a body must say that only somebody who was here before can know."""
    if operation == "register":
        return {"email": f"{new_id()}@example.com"}
    if operation == "create_price":
        return {"usage_type": f"acme.{new_id()}/input"}
    if operation == "login":
        return {"email": root.email, "password": PASSWORD}
    if operation == "refresh":
        return {"refresh_token": signed_in(root)["refresh_token"]}
    if operation == "reset_password":
        token = secrets.token_urlsafe(32)
        factories.password_reset_token(root.connection, token_hash=hashlib.sha256(token.encode()).digest())
        return {"token": token}
    return {"usage": {"sqs": {"queue_type": "standard", "requests": 1}}}


def spend(root: Superuser) -> None:
    """Leave nothing of anybody's allowances."""
    for limit in (AUTH, API_KEYS, GENERAL, INGEST, REPORTS):
        for identity in (str(root.user_id), "127.0.0.1"):
            root.connection.execute(
                "INSERT INTO rate_limits VALUES (%s, %s, now(), %s)"
                " ON CONFLICT (class, identity) DO UPDATE SET window_started_at = now(), used = excluded.used",
                (limit.name, identity, limit.per_minute),
            )


@pytest.mark.parametrize("path", DOCUMENT["paths"])
def test_what_no_operation_answers_is_not_found(path: str, api: httpx.Client) -> None:
    for method in sorted(METHODS - {method.upper() for method in DOCUMENT["paths"][path]}):
        answer = api.request(method, re.sub(r"{\w+}", str(UUID(int=0)), path))
        # Where the path may be another operation's, which is for who is signed in, that is said first.
        assert answer.status_code in (401, 404), method
        if not path.startswith("/ingest"):
            assert answer.json()["error"] in ("unauthorized", "not_found")
