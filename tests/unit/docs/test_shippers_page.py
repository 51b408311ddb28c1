"""The configurations of docs/shippers.md that no test can run are at least what their readers can read."""

import json
import re
import shlex
import tomllib
from typing import Any

import pytest
import yaml
from botocore.model import Shape
from botocore.session import get_session
from botocore.validate import ParamValidator

from functions.ingest.dialects import dialect_at
from functions.ingest.models import MAX_LOGS
from tests.snippets import SNIPPETS, Door

DOORS = [
    Door("https://logs.example.org", "mk_key", "01900000-0000-7000-8000-000000000001"),
    Door("http://localhost:8123", "mk_key", "01900000-0000-7000-8000-000000000001"),
]
SECURE, LOCAL = DOORS


@pytest.mark.parametrize("door", DOORS, ids=["https", "http"])
@pytest.mark.parametrize("name", SNIPPETS)
def test_nothing_is_left_to_fill_in(name: str, door: Door) -> None:
    text = SNIPPETS[name].filled(door)
    assert not re.search(r"api\.example\.com|\$\{?(env:)?(KEY|SCENARIO)\b", text)
    # Docker's has no address; CloudWatch's asks for a superuser's key, which isn't the one that sends logs.
    assert (door.key in text) == (name not in {"docker", "cloudwatch"})
    if door == LOCAL:
        assert not re.search(r"https|\b443\b|ssl: true|ssl_enable=True|Tls +On", text)


@pytest.mark.parametrize("name", SNIPPETS)
def test_addresses_lead_to_a_door(name: str) -> None:
    for path in re.findall(r"/?api/v1/ingest(/[^\s\"'?]*)?", SNIPPETS[name].filled(SECURE)):
        assert any(dialect_at(path.rstrip("/") + rest) for rest in ("", "/v1/logs", "/_bulk"))


def test_vector_s_is_toml_with_batches_below_the_limits() -> None:
    sink = tomllib.loads(SNIPPETS["vector"].filled(LOCAL))["sinks"]["mockupaws"]
    assert (sink["type"], sink["uri"]) == ("http", "http://localhost:8123/api/v1/ingest")
    assert sink["request"]["headers"] == {"X-API-Key": LOCAL.key, "X-Scenario-ID": LOCAL.scenario_id}
    assert sink["batch"]["max_bytes"] < 6 * 1024 * 1024
    assert sink["batch"]["max_events"] <= 10_000


def test_the_collector_s_is_yaml_whose_pipeline_has_all_that_it_names() -> None:
    configuration: Any = yaml.safe_load(SNIPPETS["otel"].filled(LOCAL))
    (pipeline,) = configuration["service"]["pipelines"].values()
    assert set(pipeline["exporters"]) == set(configuration["exporters"])
    assert set(pipeline["processors"]) == set(configuration["processors"])
    assert configuration["processors"]["batch"]["send_batch_max_size"] <= 10_000


def test_filebeat_s_is_yaml() -> None:
    output: Any = yaml.safe_load(SNIPPETS["filebeat"].filled(LOCAL))["output.elasticsearch"]
    assert output["hosts"] == ["http://localhost:8123/api/v1/ingest"]
    assert output["headers"] == {"X-API-Key": LOCAL.key, "X-Scenario-ID": LOCAL.scenario_id}


def test_fluent_bit_s_are_a_section_and_its_settings() -> None:
    section, *settings = SNIPPETS["fluent-bit"].filled(LOCAL).splitlines()
    assert section == "[OUTPUT]"
    values = dict(line.split(maxsplit=1) for line in settings)
    assert (values["Host"], values["Port"], values["Tls"]) == ("localhost", "8123", "Off")


def test_alloy_s_batches_are_below_the_limit_for_lines_of_ordinary_length() -> None:
    (kibibytes,) = re.findall(r'batch_size += "(\d+)KiB"', SNIPPETS["loki"].filled(LOCAL))
    assert int(kibibytes) * 1024 / MAX_LOGS < 30


@pytest.mark.parametrize("name", ["logstash", "loki"])
def test_blocks_are_closed_and_settings_have_values(name: str) -> None:
    text = SNIPPETS[name].filled(LOCAL)
    assert text.count("{") == text.count("}")
    setting = re.compile(r'\s*("?[\w-]+"?\s+=>?\s+\S.*|[\w.]+(\s+"\w+")?\s+\{|\},?|)')
    assert [line for line in text.splitlines() if not setting.fullmatch(line)] == []


def test_firehose_s_is_what_its_api_takes() -> None:
    destination = json.loads(SNIPPETS["firehose"].filled(SECURE))
    shape = _input("firehose", "CreateDeliveryStream").members["HttpEndpointDestinationConfiguration"]
    destination["S3Configuration"] = {"RoleARN": "arn:aws:iam::123456789012:role/a", "BucketARN": "arn:aws:s3:::b"}
    assert not ParamValidator().validate(destination, shape).has_errors()


def test_the_subscription_is_what_cloudwatch_logs_api_takes() -> None:
    command = SNIPPETS["cloudwatch"].filled(SECURE).partition("\ncurl")[0].replace("\\\n", " ")
    program, service, operation, *options = shlex.split(command)
    assert (program, service, operation) == ("aws", "logs", "put-subscription-filter")
    names = {option.removeprefix("--").replace("-", "").lower() for option in options[::2]}
    shape = _input("logs", "PutSubscriptionFilter")
    assert {name.lower() for name in shape.required_members} <= names
    assert names <= {name.lower() for name in shape.members}


def _input(service: str, operation: str) -> Any:
    shape: Shape | None = get_session().get_service_model(service).operation_model(operation).input_shape
    return shape
