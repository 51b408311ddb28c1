"""Makes the API's description from its code: functions/docs/openapi.json, which openapi.json links to.

    python scripts/openapi.py           writes it
    python scripts/openapi.py --check   fails if what is there is stale

The routes and models of every domain go into one document, so that a model that two domains share is described once.
The doors read bodies themselves and bring their description along (functions/ingest/openapi.json).
"""

import importlib
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus
from inspect import cleandoc
from pathlib import Path
from typing import Any, cast

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.event_handler.openapi.models import License, Server
from pydantic import BaseModel

from shared.mockupaws import errors
from shared.mockupaws.contracts.version import API_VERSION
from shared.mockupaws.errors import MockupAwsError
from shared.mockupaws.http import Api, security_schemes
from shared.mockupaws.replies import BASE_PATH

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "functions" / "docs" / "openapi.json"
DOORS = ROOT / "functions" / "ingest" / "openapi.json"

Json = dict[str, Any]

_DESCRIPTION = (
    "What would this log pipeline cost on AWS? Make a scenario, start it, send it real logs, and read what they would "
    "cost through SQS, Lambda and Bedrock.\n\n"
    "Money is an exact decimal in a string, times are UTC. Unknown fields in a body are an error. A list has `items`, "
    "`total`, `page` and `page_size`. Every error has the same form, see `ErrorReply`."
)
# In the order in which a newcomer needs them.
_AREAS = (
    "auth",
    "api keys",
    "scenarios",
    "ingest",
    "metrics",
    "estimates",
    "reports",
    "schedules",
    "pricing",
    "users",
    "docs",
)
_MESSAGES: Mapping[int, str] = {
    400: "The request has errors; `details` names each field.",
    401: "Sign in first: send `Authorization: Bearer <access token>` or `X-API-Key: mk_…`.",
    403: "This API key lacks the scope write:scenarios; make a key that has it.",
    404: "There is no such scenario.",
    409: "This scenario is running; to archive it, it must be draft or completed.",
    413: "The request is larger than 6 MB; send fewer logs at a time.",
    415: "Send the body as `Content-Type: application/json`.",
    429: "100 requests a minute are allowed; try again in 12 s.",
    500: "Something went wrong on our side; quote the request_id when you report it.",
    503: "The database can't be reached; try again.",
}
# What is answered without a model.
_WITHOUT_MODEL: Mapping[str, Json] = {
    "get_docs": {"text/html": {"schema": {"type": "string"}}},
    "get_openapi": {"application/json": {"schema": {"type": "object", "required": ["openapi", "paths"]}}},
}
# What names objects elsewhere than in its path.
_NAME_OTHERS = ("compare_scenarios", "create_schedule")
# Reads what may not be there yet.
_TOO_EARLY = ("download_report",)
# How a door for other senders fails, each in its sender's form.
_DOOR_FAILURES = (400, 401, 403, 409, 413, 429, 500, 503)
# Powertools' own validation errors: ours are 400 and have the form of all others.
_UNUSED = ("HTTPValidationError", "ValidationError", "ResponseValidationError")


def apis() -> dict[str, Api]:
    """Every domain that declares its routes on an `Api`, by the name of its function."""
    found: dict[str, Api] = {}
    for path in sorted(ROOT.glob("functions/*/handler.py")):
        module = importlib.import_module(f"functions.{path.parent.name}.handler")
        api = getattr(module, "api", None)
        if isinstance(api, Api):
            found[path.parent.name] = api
    return found


def document() -> Json:
    """The whole description."""
    domains = apis()
    resolver = APIGatewayHttpResolver(enable_validation=True)
    for api in domains.values():
        # Powertools describes one resolver, or merges descriptions by name; only together are names told apart.
        resolver._static_routes += api.resolver._static_routes  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
        resolver._dynamic_routes += api.resolver._dynamic_routes  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
    text = resolver.get_openapi_json_schema(
        title="mockupAWS API",
        version=API_VERSION,
        description=_DESCRIPTION,
        license_info=License.model_validate({"name": "MIT", "identifier": "MIT"}),
        servers=[Server.model_validate({"url": BASE_PATH})],
        security_schemes={**security_schemes()},
    )
    made: Json = json.loads(text)
    _spell_out_queries(made, resolver)
    made["paths"] = {path.removeprefix(BASE_PATH): item for path, item in made["paths"].items()}
    _add_doors(made)
    _say_what_can_fail(made, {key: limit for api in domains.values() for key, (_, limit) in api.routes.items()})
    for name in _UNUSED:
        made["components"]["schemas"].pop(name, None)
    for schema in made["components"]["schemas"].values():
        _describe(schema)
    _strip_titles(made["components"])
    _strip_titles(made["paths"])
    made = _join_twins(made)
    _drop_unreferenced(made)
    made = _rename_pages(made)
    for _, _, operation in _operations(made):
        for status in ("204", "302"):
            operation["responses"].get(status, {}).pop("content", None)
        if content := _WITHOUT_MODEL.get(operation["operationId"]):
            operation["responses"]["200"]["content"] = content
    made["tags"] = [{"name": area} for area in _areas(made)]
    made["paths"] = dict(sorted(made["paths"].items()))
    made["components"]["schemas"] = dict(sorted(made["components"]["schemas"].items()))
    _check_operation_ids(made)
    return made


def text() -> str:
    """The description as it is stored."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def main(arguments: list[str]) -> int:
    """Writes the description, or checks it."""
    made = text()
    if "--check" not in arguments:
        TARGET.write_text(made, "utf-8")
    elif not TARGET.exists() or TARGET.read_text("utf-8") != made:
        print("openapi.json is stale: python scripts/openapi.py")
        return 1
    return 0


def _operations(made: Json) -> Iterator[tuple[str, str, Json]]:
    for path, item in made["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def _areas(made: Json) -> list[str]:
    """The areas that there are, in the order in which a newcomer needs them."""
    used = {tag for _, _, operation in _operations(made) for tag in operation["tags"]}
    if unknown := used - set(_AREAS):
        raise SystemExit(f"_AREAS has no place for {', '.join(sorted(unknown))}")
    return [area for area in _AREAS if area in used]


def _spell_out_queries(made: Json, resolver: APIGatewayHttpResolver) -> None:
    """Powertools knows only the types of a query model's fields; their limits and defaults are in the model."""
    for route in resolver._static_routes + resolver._dynamic_routes:  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
        operation: Json = made["paths"][route.openapi_path][route.method.lower()]
        for field in route.dependant.query_params:
            model = field.field_info.annotation
            if isinstance(model, type) and issubclass(model, BaseModel):
                schema = model.model_json_schema(by_alias=True)
                _describe(schema)
                for parameter in operation["parameters"]:
                    if parameter["in"] == "query" and parameter["name"] in schema["properties"]:
                        _spell_out(parameter, schema["properties"][parameter["name"]])


def _spell_out(parameter: Json, schema: Json) -> None:
    # A parameter that isn't given isn't there: it is never null.
    options = [option for option in schema.pop("anyOf", []) if option != {"type": "null"}]
    if schema.get("default", "") is None:
        schema.pop("default")
    description = schema.pop("description", None)
    parameter["schema"] = {**(options[0] if len(options) == 1 else {"anyOf": options} if options else {}), **schema}
    _strip_titles(parameter["schema"])
    if description:
        parameter["description"] = description


def _add_doors(made: Json) -> None:
    doors: Json = json.loads(DOORS.read_text("utf-8"))
    made["paths"] |= doors["paths"]
    for kind, parts in doors["components"].items():
        made["components"].setdefault(kind, {}).update(parts)


def _say_what_can_fail(made: Json, limits: Mapping[str, Any]) -> None:
    """Each operation's errors: those that can come of what it takes, each described once."""
    made["components"].setdefault("responses", {}).update(
        {_response_name(status): _error_response(status) for status in _MESSAGES}
    )
    for path, method, operation in _operations(made):
        key = f"{method.upper()} {BASE_PATH}{path}"
        kept = {status: answer for status, answer in operation["responses"].items() if status < "400"}
        if form := operation["responses"].get("default"):
            operation["responses"] = kept | {str(status): _failure(status, form) for status in _DOOR_FAILURES}
            continue
        # The doors' greetings are told without asking who asks.
        limited = limits[key] is not None if key in limits else method == "post"
        failures = _failures(path, method, operation, limited=limited)
        operation["responses"] = kept | {
            str(status): {"$ref": f"#/components/responses/{_response_name(status)}"} for status in sorted(failures)
        }


def _failures(path: str, method: str, operation: Json, *, limited: bool) -> set[int]:
    statuses = {500, 503}
    has_body = "requestBody" in operation
    if has_body or operation.get("parameters"):
        statuses.add(400)
    if operation.get("security") or has_body:
        statuses |= {401, 403}
    if "{" in path or operation["operationId"] in _NAME_OTHERS:
        statuses.add(404)
    if method in ("post", "put", "delete") or operation["operationId"] in _TOO_EARLY:
        statuses.add(409)
    if has_body:
        statuses |= {413, 415}
    if limited:
        statuses.add(429)
    return statuses


def _response_name(status: int) -> str:
    return "".join(word.capitalize() for word in _error_kind(status).code.split("_"))


def _error_kind(status: int) -> type[MockupAwsError]:
    kinds = (kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, MockupAwsError))
    return next(kind for kind in kinds if kind.status == status)


def _error_response(status: int) -> Json:
    example: Json = {
        "error": _error_kind(status).code,
        "message": _MESSAGES[status],
        "timestamp": "2026-09-25T20:21:52.123456Z",
        "request_id": "RVx5wgYpjoEEMZw=",
    }
    if status == HTTPStatus.BAD_REQUEST:
        example["details"] = [{"field": "body.name", "message": "String should have at least 1 character"}]
    schema = {"$ref": "#/components/schemas/ErrorReply"}
    return _failure(status, {"content": {"application/json": {"schema": schema, "example": example}}})


def _failure(status: int, form: Json) -> Json:
    answer: Json = {"description": HTTPStatus(status).phrase, "content": form["content"]}
    if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        after = {"description": "Seconds until it is worth trying again.", "schema": {"type": "integer"}}
        answer["headers"] = {"Retry-After": after}
    return answer


def _describe(schema: Json) -> None:
    """Gives a model's fields the descriptions that its docstring has under `Attributes:`."""
    description = cleandoc(schema.get("description", ""))
    text, _, attributes = description.partition("Attributes:\n")
    if description:
        schema["description"] = text.strip()
    properties = cast("Json", schema.get("properties", {}))
    for name, said in re.findall(r"^ {4}(\w+): (.*(?:\n {5,}.*)*)", attributes, re.MULTILINE):
        field = properties.get(name) or properties.get(name.rstrip("_"))
        if field is not None:
            sentence = " ".join(said.split())
            field.setdefault("description", sentence[:1].upper() + sentence[1:])


def _strip_titles(node: Any) -> None:
    """Takes away the titles that pydantic makes of names: they say nothing more."""
    if isinstance(node, list):
        for each in cast("list[Any]", node):
            _strip_titles(each)
    elif isinstance(node, dict):
        known = cast("Json", node)
        if isinstance(known.get("title"), str):
            del known["title"]
        for key, each in known.items():
            # A property may be called title.
            _strip_titles(list(each.values()) if key in ("properties", "schemas") else each)


def _join_twins(made: Json) -> Json:
    """Where what is sent and what is read of a model differ in nothing, it has one description."""
    schemas = made["components"]["schemas"]
    for schema in schemas.values():
        for field in schema.get("properties", {}).values():
            # Pydantic writes a Decimal's default as a string, even where the field is a number.
            if field.get("type") == "number" and isinstance(field.get("default"), str):
                field["default"] = float(field["default"])
    for name in [name.removesuffix("-Input") for name in schemas if name.endswith("-Input")]:
        sent, read = (json.dumps(schemas[f"{name}-{way}"]).replace(f"-{way}", "") for way in ("Input", "Output"))
        if sent == read:
            schemas[name] = schemas.pop(f"{name}-Input")
            del schemas[f"{name}-Output"]
            joined = re.sub(
                rf'"#/components/schemas/{name}-(Input|Output)"', f'"#/components/schemas/{name}"', json.dumps(made)
            )
            made = json.loads(joined)
            schemas = made["components"]["schemas"]
    return made


def _rename_pages(made: Json) -> Json:
    """`Page_Scenario_`, as pydantic calls a page of scenarios, is a ScenarioPage."""
    renamed: Json = json.loads(re.sub(r'(["/])Page_(\w+)_"', r'\1\2Page"', json.dumps(made)))
    return renamed


def _drop_unreferenced(made: Json) -> None:
    """Takes away models that only described queries."""
    while unused := made["components"]["schemas"].keys() - _references(made):
        for name in unused:
            del made["components"]["schemas"][name]


def _references(node: Any) -> set[str]:
    return set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(node)))


def _check_operation_ids(made: Json) -> None:
    seen: set[str] = set()
    for _, _, operation in _operations(made):
        name = operation["operationId"]
        if name in seen:
            raise SystemExit(f"two operations are called {name}: a client can't tell them apart")
        seen.add(name)


def documented(made: Json) -> Iterable[str]:
    """The route keys that are described, as API Gateway writes them."""
    return (f"{method.upper()} {BASE_PATH}{path}" for path, method, _ in _operations(made))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
