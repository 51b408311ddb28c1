"""The API's description is whole, valid and true to the code."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from functions.ingest.dialects import dialect_at
from infra.catalog import FUNCTIONS
from scripts.openapi import TARGET, document, documented, text


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    """Give the description as the code has it now."""
    return document()


def test_it_is_valid_openapi(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(described).validate()


def test_what_is_stored_is_what_the_code_says() -> None:
    assert TARGET.read_text("utf-8") == text(), "python scripts/openapi.py"


def test_the_root_has_the_same_file() -> None:
    assert (TARGET.parents[2] / "openapi.json").read_text("utf-8") == TARGET.read_text("utf-8")


def test_every_route_of_the_gateway_is_described(described: dict[str, Any]) -> None:
    routes = {route.key for function in FUNCTIONS for route in function.routes if "+}" not in route.path}
    assert routes <= set(documented(described))


def test_a_door_that_is_described_is_there(described: dict[str, Any]) -> None:
    doors = [path.removeprefix("/ingest") for path in described["paths"] if path.startswith("/ingest")]
    assert len(doors) == 7
    assert all(dialect_at(door) for door in doors)


def test_an_operation_says_who_may_call_it_and_how_it_fails(described: dict[str, Any]) -> None:
    for path, item in described["paths"].items():
        for method, operation in item.items():
            failures = {status for status in operation["responses"] if status >= "400"}
            assert operation["summary"]
            assert operation["tags"]
            assert {"500", "503"} <= failures, (method, path)
            assert "422" not in failures
            if operation.get("security"):
                assert {"401", "403"} <= failures
            if "{" in path:
                assert "404" in failures
    otlp = described["paths"]["/ingest/otlp/v1/logs"]["post"]["responses"]
    assert {*otlp["429"]["content"]} == {"application/x-protobuf", "application/json"}
    assert "Retry-After" in otlp["429"]["headers"]
    public = {
        operation["operationId"]
        for item in described["paths"].values()
        for operation in item.values()
        if not operation.get("security")
    }
    assert public >= {"get_health", "get_docs", "get_openapi"}
    assert not public & {"list_scenarios", "get_metrics", "ingest_logs"}


def test_a_list_s_filters_have_their_limits(described: dict[str, Any]) -> None:
    parameters = {each["name"]: each for each in described["paths"]["/scenarios"]["get"]["parameters"]}
    assert parameters["page_size"]["schema"] == {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}
    assert "completed" in parameters["status"]["schema"]["enum"]
    logs = {each["name"] for each in described["paths"]["/scenarios/{scenario_id}/logs"]["get"]["parameters"]}
    assert {"from", "to", "cursor", "limit", "has_pii", "source", "q"} <= logs


def test_money_is_a_string_and_a_design_is_one_model(described: dict[str, Any]) -> None:
    schemas = described["components"]["schemas"]
    assert schemas["Scenario"]["properties"]["total_cost_estimate"]["type"] == "string"
    assert "Pipeline" in schemas
    assert not [name for name in schemas if name.endswith(("-Input", "-Output"))]


def test_examples_are_of_their_schemas(described: dict[str, Any]) -> None:
    root = {"$schema": "https://json-schema.org/draft/2020-12/schema", "components": described["components"]}
    checked = 0
    for name, schema in described["components"]["schemas"].items():
        for example in schema.get("examples", []):
            Draft202012Validator({**root, "$ref": f"#/components/schemas/{name}"}).validate(example)
            checked += 1
    for response in described["components"]["responses"].values():
        for content in response["content"].values():
            Draft202012Validator({**root, **content["schema"]}).validate(content["example"])
            checked += 1
    assert checked > 10
