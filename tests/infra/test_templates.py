"""What matters in the templates, in every stage where it matters."""

import json
import zipfile
from pathlib import Path
from typing import Any

from infra.catalog import FUNCTIONS
from infra.lint import findings
from tests.infra.conftest import Template

ROOT = Path(__file__).parents[2]
# Actions that AWS authorises on no narrower resource.
_WITHOUT_RESOURCE = {"xray:PutTraceSegments", "xray:PutTelemetryRecords", "pricing:GetProducts"}


def _functions(stage: Template) -> list[dict[str, Any]]:
    """Give the functions that are ours, not CDK's own."""
    return [it for it in stage.properties("AWS::Lambda::Function") if it["Runtime"].startswith("python")]


def test_cdk_nag_has_no_complaint_left(assembly: Path) -> None:
    assert [*findings(assembly)] == []


def test_the_catalogue_and_the_folders_name_the_same_functions() -> None:
    folders = {path.parent.name for path in (ROOT / "functions").glob("*/handler.py")}
    assert folders == {function.name for function in FUNCTIONS}


def test_each_function_is_deployed_with_its_own_role_and_log_group(stage: Template) -> None:
    functions = _functions(stage)
    assert len(functions) == len(FUNCTIONS)
    assert len({json.dumps(it["Role"]) for it in functions}) == len(functions)
    assert len({json.dumps(it["LoggingConfig"]["LogGroup"]) for it in functions}) == len(functions)
    for it in functions:
        assert (it["Runtime"], it["Architectures"]) == ("python3.14", ["arm64"])


def test_a_zip_holds_its_own_function_and_nothing_else(prod: Template) -> None:
    for it in _functions(prod):
        name = it["Handler"].split(".")[1]
        with zipfile.ZipFile(prod.asset(it["Code"]["S3Key"])) as archive:
            names = archive.namelist()
        assert f"functions/{name}/handler.py" in names
        assert all(path == "functions/__init__.py" or path.startswith(f"functions/{name}/") for path in names)
        assert not [path for path in names if "__pycache__" in path]


def test_the_api_has_the_catalogues_routes(stage: Template) -> None:
    routes = {it["RouteKey"] for it in stage.properties("AWS::ApiGatewayV2::Route")}
    wanted = {route.key for function in FUNCTIONS for route in function.routes}
    assert routes == wanted | {"$default"}
    assert {it["PayloadFormatVersion"] for it in stage.properties("AWS::ApiGatewayV2::Integration")} == {"2.0"}


def test_queues_are_encrypted_and_wait_for_their_workers(stage: Template) -> None:
    timeouts = {name: it["Properties"]["Timeout"] for name, it in stage.of("AWS::Lambda::Function").items()}
    queues = stage.of("AWS::SQS::Queue")
    for it in queues.values():
        assert it["Properties"]["SqsManagedSseEnabled"] is True
    for mapping in stage.properties("AWS::Lambda::EventSourceMapping"):
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        source = queues.get(mapping["EventSourceArn"]["Fn::GetAtt"][0])
        if source:
            assert source["Properties"]["VisibilityTimeout"] >= 6 * timeouts[mapping["FunctionName"]["Ref"]]
            assert source["Properties"]["RedrivePolicy"]["maxReceiveCount"] >= 5


def test_nothing_is_public_and_everything_is_encrypted(stage: Template) -> None:
    for it in stage.properties("AWS::S3::Bucket"):
        assert set(it["PublicAccessBlockConfiguration"].values()) == {True}
        assert it["BucketEncryption"]
        assert it["LifecycleConfiguration"]["Rules"]
    for it in stage.properties("AWS::Kinesis::Stream"):
        assert it["StreamEncryption"]
    for it in stage.properties("AWS::RDS::DBInstance"):
        assert it["StorageEncrypted"] is True
        assert it["PubliclyAccessible"] is False


def test_no_policy_of_ours_is_wide(stage: Template) -> None:
    for it in stage.properties("AWS::IAM::Policy"):
        for statement in it["PolicyDocument"]["Statement"]:
            actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
            assert not [action for action in actions if action.endswith("*") and not action.startswith("kms:")]
            if statement["Resource"] == "*":
                assert set(actions) <= _WITHOUT_RESOURCE


def test_prod_has_no_secret_in_an_environment_and_local_no_network(prod: Template, local: Template) -> None:
    for it in _functions(prod):
        told = it["Environment"]["Variables"]
        assert "DATABASE_URL" not in told
        # Whoever reaches the database reaches nothing else.
        assert ("VpcConfig" in it) == ("DATABASE_SECRET_ARN" in told)
    assert not local.of("AWS::EC2::VPC", "AWS::RDS::DBInstance")


def test_prod_keeps_its_data(prod: Template) -> None:
    for it in prod.of("AWS::S3::Bucket", "AWS::SecretsManager::Secret", "AWS::RDS::DBInstance").values():
        assert it["DeletionPolicy"] in {"Retain", "Snapshot"}
    (database,) = prod.properties("AWS::RDS::DBInstance")
    assert database["DeletionProtection"] is True
    assert database["MultiAZ"] is True
    assert database["BackupRetentionPeriod"] >= 7


def test_migrations_run_before_the_functions_change(prod: Template) -> None:
    (trigger,) = prod.of("Custom::Trigger")
    waiting = [it for it in prod.of("AWS::Lambda::Function").values() if trigger in json.dumps(it.get("DependsOn", []))]
    assert len(waiting) == len(_functions(prod)) - 1


def test_every_dead_letter_queue_has_an_alarm_and_every_alarm_a_way_out(prod: Template) -> None:
    watched = json.dumps([it["Dimensions"] for it in prod.properties("AWS::CloudWatch::Alarm")])
    for name, it in prod.of("AWS::SQS::Queue").items():
        if it["Properties"]["QueueName"].endswith("-dead"):
            assert f'"{name}"' in watched
    runbook = (ROOT / "docs" / "runbook.md").read_text()
    for it in prod.properties("AWS::CloudWatch::Alarm"):
        assert it["AlarmActions"]
        assert f"## {it['AlarmName'].removeprefix('mockupaws-prod-')}\n" in runbook
