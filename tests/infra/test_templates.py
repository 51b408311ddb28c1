"""What matters in the templates, in every stage where it matters."""

import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import Stack
from aws_cdk.assertions import Template as Assertions

from infra.app import MockupAws, application
from infra.app_stack import AppStack
from infra.catalog import FUNCTIONS, FromStream, Schedule
from infra.config import SHORTEST_RETENTION_DAYS, STAGES
from infra.data_stack import DataStack
from infra.edge_stack import EdgeStack
from infra.lint import findings
from layers.recipe import OPT, ROOTS
from shared.mockupaws.contracts.counted import NAMESPACE, Count
from shared.mockupaws.contracts.reports import RETENTION_DAYS
from tests.infra.conftest import Template, template

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
            # https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
            least = 6 * timeouts[mapping["FunctionName"]["Ref"]] + mapping.get("MaximumBatchingWindowInSeconds", 0)
            assert source["Properties"]["VisibilityTimeout"] >= least
            assert source["Properties"]["RedrivePolicy"]["maxReceiveCount"] >= 5


def test_nothing_is_public_and_everything_is_encrypted(stage: Template) -> None:
    for it in stage.properties("AWS::S3::Bucket"):
        assert set(it["PublicAccessBlockConfiguration"].values()) == {True}
        assert it["BucketEncryption"]
        assert it["LifecycleConfiguration"]["Rules"]
    for it in stage.properties("AWS::Kinesis::Stream"):
        assert it["StreamEncryption"]
    for it in stage.properties("AWS::KinesisFirehose::DeliveryStream"):
        assert it["DeliveryStreamEncryptionConfigurationInput"]
    for it in stage.properties("AWS::S3::BucketPolicy"):
        denied = [statement for statement in it["PolicyDocument"]["Statement"] if statement["Effect"] == "Deny"]
        assert {"Bool": {"aws:SecureTransport": "false"}} in [statement["Condition"] for statement in denied]
    for it in stage.properties("AWS::RDS::DBInstance"):
        assert it["StorageEncrypted"] is True
        assert it["PubliclyAccessible"] is False


def _statements(stage: Template) -> list[dict[str, Any]]:
    policies = [it["PolicyDocument"] for it in stage.properties("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy")]
    policies += [
        inline["PolicyDocument"] for it in stage.properties("AWS::IAM::Role") for inline in it.get("Policies", [])
    ]
    return [statement for policy in policies for statement in policy["Statement"]]


def _listed(value: Any) -> list[Any]:
    return [*value] if isinstance(value, list) else [value]


# Resources with a wildcard, and why they can't be without. References are in angle brackets.
_WILDCARDS = {
    r"<[\w:-]*(Payloads|Reports|Refused)\w*(\.Arn)?>/\*": "whoever writes an object chooses its name",
    r"<MigrateFunction\w+\.Arn>:\*": "CDK's trigger calls the version that is deployed",
}


def _resource(value: Any) -> str:
    """A policy's resource as text."""
    match value:
        case str():
            return value
        case {"Fn::Join": [glue, parts]}:
            return glue.join(map(_resource, parts))
        case {"Fn::GetAtt": [name, attribute]}:
            return f"<{name}.{attribute}>"
        case {"Ref": name} | {"Fn::ImportValue": name}:
            return f"<{name}>"
        case _:
            return "<part>"


def test_no_policy_of_ours_is_wide(stage: Template) -> None:
    for statement in _statements(stage):
        actions, resources = _listed(statement["Action"]), _listed(statement["Resource"])
        assert not [action for action in actions if action.endswith("*")]
        for resource in map(_resource, resources):
            if resource == "*":
                assert set(actions) <= _WITHOUT_RESOURCE
            elif "*" in resource or "?" in resource:
                assert any(re.fullmatch(pattern, resource) for pattern in _WILDCARDS), resource


@pytest.mark.parametrize("wide", ["arn:aws:s3:::*", "arn:aws:dynamodb:eu-west-1:123456789012:table/*", "<Reports>*"])
def test_a_wildcard_of_no_reason_would_be_seen(wide: str) -> None:
    assert not any(re.fullmatch(pattern, wide) for pattern in _WILDCARDS)


def test_whatever_is_started_without_anybody_waiting_has_a_place_for_what_failed(stage: Template) -> None:
    kept = {
        it["FunctionName"]["Ref"]
        for it in stage.properties("AWS::Lambda::EventInvokeConfig")
        if it["DestinationConfig"]
    }
    for rule in stage.properties("AWS::Events::Rule"):
        for target in rule["Targets"]:
            assert target["DeadLetterConfig"]["Arn"]
            assert target["Arn"]["Fn::GetAtt"][0] in kept
    for mapping in stage.properties("AWS::Lambda::EventSourceMapping"):
        queue = stage.resources[mapping["EventSourceArn"]["Fn::GetAtt"][0]]
        assert "RedrivePolicy" in queue["Properties"] or mapping["DestinationConfig"]["OnFailure"]


def test_the_stream_s_reader_comes_again_for_as_long_as_an_outage_may_last(stage: Template) -> None:
    (stream,) = stage.of("AWS::Kinesis::Stream").items()
    assert stream[1]["Properties"]["RetentionPeriodHours"] == 7 * 24
    (mapping,) = [
        it
        for it in stage.properties("AWS::Lambda::EventSourceMapping")
        if it["EventSourceArn"]["Fn::GetAtt"][0] == stream[0]
    ]
    assert mapping["MaximumRetryAttempts"] == -1
    assert "MaximumRecordAgeInSeconds" not in mapping
    assert mapping["BisectBatchOnFunctionError"] is True
    # Which is to say that what fails each time must not come again: the reader puts it aside itself.
    (reader,) = [it for it in _functions(stage) if "functions.log_stream." in it["Handler"]]
    letters = reader["Environment"]["Variables"]["STREAM_DLQ_URL"]["Ref"]
    assert mapping["DestinationConfig"]["OnFailure"]["Destination"] == {"Fn::GetAtt": [letters, "Arn"]}
    assert _who_may(stage, "sqs:SendMessage", letters) == {reader["Role"]["Fn::GetAtt"][0]}


def test_no_more_batches_are_stored_at_once_than_the_database_has_connections_for(stage: Template) -> None:
    (mapping,) = [
        it for it in stage.properties("AWS::Lambda::EventSourceMapping") if "StoreLogs" in it["FunctionName"]["Ref"]
    ]
    assert mapping["ScalingConfig"]["MaximumConcurrency"] == STAGES[stage.stage].store_concurrency
    postgres = STAGES[stage.stage].postgres
    if postgres is None:
        return
    (parameters,) = stage.properties("AWS::RDS::DBParameterGroup")
    assert parameters["Parameters"]["max_connections"] == str(postgres.connections)
    # Half are for those who ask.
    assert STAGES[stage.stage].store_concurrency <= postgres.connections / 2
    (alarm,) = [
        it
        for it in stage.properties("AWS::CloudWatch::Alarm")
        if it["AlarmName"] == f"mockupaws-{stage.stage}-database-crowded"
    ]
    assert STAGES[stage.stage].store_concurrency < alarm["Threshold"] < postgres.connections


def test_as_many_read_a_shard_as_the_catalogue_says(stage: Template) -> None:
    (trigger,) = [function.trigger for function in FUNCTIONS if isinstance(function.trigger, FromStream)]
    (mapping,) = [
        it for it in stage.properties("AWS::Lambda::EventSourceMapping") if "LogStream" in it["FunctionName"]["Ref"]
    ]
    assert mapping["ParallelizationFactor"] == trigger.parallelization_factor


def test_reports_files_live_as_long_as_their_rows(stage: Template) -> None:
    (bucket,) = (it for name, it in stage.of("AWS::S3::Bucket").items() if name.startswith("Reports"))
    (rule,) = bucket["Properties"]["LifecycleConfiguration"]["Rules"]
    assert rule["ExpirationInDays"] == RETENTION_DAYS
    assert rule["AbortIncompleteMultipartUpload"]["DaysAfterInitiation"] == 1


def test_what_a_message_names_is_there_as_long_as_it_may_come_again(stage: Template) -> None:
    (payloads,) = (it for name, it in stage.of("AWS::S3::Bucket").items() if name.startswith("Payloads"))
    (rule,) = payloads["Properties"]["LifecycleConfiguration"]["Rules"]
    logs = [it for name, it in stage.of("AWS::SQS::Queue").items() if name.startswith("Logs")]
    lives_s = [it["Properties"]["MessageRetentionPeriod"] for it in logs]
    assert len(lives_s) == 2
    # `redrive` sends it again on the last of its days.
    assert rule["ExpirationInDays"] * 86_400 > 2 * max(lives_s)


def test_the_proxy_keeps_a_connection_that_waits_as_long_as_a_function_may(prod: Template) -> None:
    (group,) = prod.properties("AWS::RDS::DBProxy")
    assert group["IdleClientTimeout"] > max(it["Timeout"] for it in _functions(prod))


def test_logs_end_some_day_also_those_of_cdk_s_own_functions(stage: Template) -> None:
    assert all(it["RetentionInDays"] for it in stage.properties("AWS::Logs::LogGroup"))
    for it in stage.properties("AWS::Lambda::Function"):
        # Without, Lambda makes one that is kept for ever.
        assert it["LoggingConfig"]["LogGroup"]["Ref"] in stage.of("AWS::Logs::LogGroup")


def test_requests_can_be_traced(prod: Template) -> None:
    assert {it["TracingConfig"]["Mode"] for it in _functions(prod)} == {"Active"}


def test_new_code_of_the_api_serves_a_tenth_first_and_goes_back_when_requests_fail(prod: Template) -> None:
    served = {function.name for function in FUNCTIONS if function.routes}
    alarms = {name: it["Properties"] for name, it in prod.of("AWS::CloudWatch::Alarm").items()}
    groups = prod.of("AWS::CodeDeploy::DeploymentGroup")
    assert len(groups) == len(prod.of("AWS::Lambda::Alias")) == len(served)
    for name in served:
        ((group, it),) = [
            (logical, it["Properties"])
            for logical, it in groups.items()
            if logical.startswith("".join(part.capitalize() for part in name.split("_")) + "Release")
        ]
        assert it["AlarmConfiguration"]["Enabled"] is True
        assert "DEPLOYMENT_STOP_ON_ALARM" in it["AutoRollbackConfiguration"]["Events"]
        assert it["DeploymentConfigName"] == "CodeDeployDefault.LambdaCanary10Percent10Minutes"
        rings = {
            alarms[each["Name"]["Ref"]]["AlarmName"]: each["Name"]["Ref"] for each in it["AlarmConfiguration"]["Alarms"]
        }
        # That of all requests, and the function's own: of one function's tenth the first sees too little.
        own = f"mockupaws-prod-release-{name}-"
        assert set(rings) == {
            "mockupaws-prod-requests-failing",
            *(f"{own}{what}" for what in ("errors", "internal-error", "unavailable")),
        }
        for what in ("errors", "internal-error", "unavailable"):
            alarm = alarms[rings[f"{own}{what}"]]
            assert (alarm["Threshold"], alarm["ComparisonOperator"]) == (1, "GreaterThanOrEqualToThreshold")
            seen = {each["Name"]: each["Value"] for each in alarm["Dimensions"]}
            if what == "errors":
                assert (alarm["Namespace"], alarm["MetricName"]) == ("AWS/Lambda", "Errors")
                assert json.dumps(seen["Resource"]).endswith(':live"]]}')
            else:
                assert (alarm["Namespace"], alarm["MetricName"]) == (NAMESPACE, Count.FAILURES.value.title)
                assert seen == {"stage": "prod", "service": name, "kind": what.replace("-", "_")}
        (alias,) = [
            alias
            for alias in prod.of("AWS::Lambda::Alias").values()
            if alias["UpdatePolicy"]["CodeDeployLambdaAliasUpdate"]["DeploymentGroupName"] == {"Ref": group}
        ]
        assert group in alias["DependsOn"]
    aliases = json.dumps([*prod.of("AWS::Lambda::Alias")])
    for it in prod.properties("AWS::ApiGatewayV2::Integration"):
        assert it["IntegrationUri"]["Ref"] in aliases


def test_a_release_that_mends_what_rings_is_not_taken_back_for_it() -> None:
    stage = MockupAws(application({"canary": "off"}), STAGES["prod"])
    groups = Assertions.from_stack(_stack(stage, AppStack)).find_resources("AWS::CodeDeploy::DeploymentGroup")
    assert groups
    for it in groups.values():
        assert it["Properties"]["DeploymentConfigName"] == "CodeDeployDefault.LambdaAllAtOnce"
        assert it["Properties"]["AlarmConfiguration"]["Enabled"] is False
        assert "DEPLOYMENT_STOP_ON_ALARM" not in it["Properties"]["AutoRollbackConfiguration"]["Events"]


def test_the_alarms_topic_is_encrypted_and_cloudwatch_of_this_account_may_use_its_key(prod: Template) -> None:
    (topic,) = prod.properties("AWS::SNS::Topic")
    (key,) = prod.properties("AWS::KMS::Key")
    assert topic["KmsMasterKeyId"]["Fn::GetAtt"][0] in prod.of("AWS::KMS::Key")
    assert key["EnableKeyRotation"] is True
    (policy,) = prod.properties("AWS::SNS::TopicPolicy")
    account = {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}
    for document, actions in (
        (policy["PolicyDocument"], ["sns:Publish"]),
        (key["KeyPolicy"], ["kms:Decrypt", "kms:GenerateDataKey*"]),
    ):
        (statement,) = [
            it for it in document["Statement"] if it["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
        ]
        assert _listed(statement["Action"]) == actions
        assert statement["Condition"] == account


def test_a_reader_that_fails_again_and_again_is_seen(prod: Template) -> None:
    (alarm,) = [
        it for it in prod.properties("AWS::CloudWatch::Alarm") if it["AlarmName"] == "mockupaws-prod-stream-held-up"
    ]
    # Of the stream there is nothing to see then: the reader asks it for no more.
    assert (alarm["Namespace"], alarm["MetricName"]) == ("AWS/Lambda", "IteratorAge")
    ((dimension),) = alarm["Dimensions"]
    assert "LogStream" in dimension["Value"]["Ref"]


def test_the_database_is_reached_over_tls_through_the_proxy_and_nothing_else_is(prod: Template) -> None:
    (parameters,) = prod.properties("AWS::RDS::DBParameterGroup")
    assert parameters["Parameters"]["rds.force_ssl"] == "1"
    (proxy,) = prod.properties("AWS::RDS::DBProxy")
    assert proxy["RequireTLS"] is True
    assert not prod.of("AWS::EC2::NatGateway", "AWS::EC2::InternetGateway")
    reached = json.dumps(prod.properties("AWS::EC2::VPCEndpoint"))
    for service in ("sqs", "secretsmanager", "email", "xray", "lambda", "s3"):
        assert f".{service}" in reached


def test_the_database_s_log_holds_neither_parameters_nor_rows(prod: Template) -> None:
    (group,) = prod.properties("AWS::RDS::DBParameterGroup")
    told = group["Parameters"]
    assert (told["log_parameter_max_length"], told["log_parameter_max_length_on_error"]) == ("0", "0")
    assert told["log_error_verbosity"] == "terse"


def test_no_security_group_has_a_rule_twice_which_ec2_refuses(prod: Template) -> None:
    for way, other in (("Ingress", "SourceSecurityGroupId"), ("Egress", "DestinationSecurityGroupId")):
        rules = prod.properties(f"AWS::EC2::SecurityGroup{way}")
        between = [json.dumps([it["GroupId"], it[other]]) for it in rules]
        assert len(between) == len(set(between)) > 0


def test_the_proxy_reaches_the_instance_and_nothing_else(prod: Template) -> None:
    (group,) = [name for name in prod.of("AWS::EC2::SecurityGroup") if "ProxyGroup" in name]
    # With a rule beside it, EC2's own to anywhere goes.
    assert "SecurityGroupEgress" not in prod.resources[group]["Properties"]
    (out,) = [it for it in prod.properties("AWS::EC2::SecurityGroupEgress") if group in json.dumps(it["GroupId"])]
    assert "InstanceSecurityGroup" in json.dumps(out["DestinationSecurityGroupId"])


def test_the_owner_s_secret_is_ours_so_that_a_restored_instance_can_have_it(prod: Template) -> None:
    (instance,) = prod.properties("AWS::RDS::DBInstance")
    assert "ManageMasterUserPassword" not in instance
    password = json.dumps(instance["MasterUserPassword"])
    assert "{{resolve:secretsmanager:" in password
    assert "OwnerSecret" in password


def test_the_alarm_of_a_full_database_rings_when_it_can_t_grow_any_more(assembly: Path) -> None:
    for name, config in STAGES.items():
        if config.postgres is None:
            continue
        stage = template(assembly, name)
        (alarm,) = [
            it
            for it in stage.properties("AWS::CloudWatch::Alarm")
            if it["AlarmName"] == f"mockupaws-{name}-database-full"
        ]
        # RDS lets storage grow when a tenth of it is left: an alarm there would ring each time.
        (instance,) = stage.properties("AWS::RDS::DBInstance")
        assert 0 < alarm["Threshold"] <= int(instance["AllocatedStorage"]) * 1024**3 / 10 / 2


def test_a_stage_that_is_thrown_away_empties_its_buckets(assembly: Path) -> None:
    dev = template(assembly, "dev")
    emptied = {it["BucketName"]["Ref"] for it in dev.properties("Custom::S3AutoDeleteObjects")}
    assert emptied == {*dev.of("AWS::S3::Bucket")}
    for name in ("local", "prod"):
        assert not template(assembly, name).of("Custom::S3AutoDeleteObjects")


# Names of what is part of something else.
_NAMED_WITHIN = {"DBName", "MetricName", "PolicyName", "StageName", "TargetGroupName"}


def test_two_stages_share_an_account_and_a_region(assembly: Path) -> None:
    named = [
        {
            (it["Type"], value)
            for it in template(assembly, name).resources.values()
            for key, value in it.get("Properties", {}).items()
            if key.endswith(("Name", "Identifier")) and isinstance(value, str) and key not in _NAMED_WITHIN
        }
        for name in ("dev", "prod")
    ]
    assert named[0] & named[1] == set()
    assert "mockupaws-prod" in {value for _, value in named[1]}
    # It is the account's: the second stage would fail to make it, and the first's end would take it away.
    assert not template(assembly, "dev").of("AWS::SES::EmailIdentity")


def test_mail_is_sent_from_the_sender_and_nobody_else(stage: Template) -> None:
    sending = [it for it in _statements(stage) if "ses:SendEmail" in _listed(it["Action"])]
    assert len(sending) == 2
    for it in sending:
        assert it["Condition"] == {"StringEquals": {"ses:FromAddress": {"Ref": "MailSender"}}}


def _who_may(stage: Template, action: str, resource: str) -> set[str]:
    """The roles with a policy that allows an action on a resource whose reference contains that."""
    return {
        role["Ref"]
        for policy in stage.properties("AWS::IAM::Policy")
        for statement in policy["PolicyDocument"]["Statement"]
        if action in _listed(statement["Action"]) and resource in json.dumps(statement["Resource"])
        for role in policy["Roles"]
    }


def test_the_owner_s_password_is_for_migrations_and_the_proxy_alone(prod: Template) -> None:
    roles = {it["Handler"].split(".")[1]: it["Role"]["Fn::GetAtt"][0] for it in _functions(prod)}
    (proxy,) = prod.properties("AWS::RDS::DBProxy")
    proxy_role = proxy["RoleArn"]["Fn::GetAtt"][0]
    told = {it["Handler"].split(".")[1]: it["Environment"]["Variables"] for it in _functions(prod)}
    connected = {name for name, variables in told.items() if "DATABASE_SECRET_ARN" in variables}
    assert len(connected) == len(FUNCTIONS) - 1
    read = "secretsmanager:GetSecretValue"
    assert _who_may(prod, read, "OwnerSecret") == {roles["migrate"], proxy_role}
    assert _who_may(prod, read, "AppSecret") == {*(roles[name] for name in connected), proxy_role}
    for secret in ("AppSecret", "OwnerSecret"):
        assert _who_may(prod, "secretsmanager:PutSecretValue", secret) == {roles["migrate"]}
    for name in connected:
        secret = "OwnerSecret" if name == "migrate" else "AppSecret"
        assert secret in json.dumps(told[name]["DATABASE_SECRET_ARN"])
        assert told[name]["DATABASE_ROOTS"] == str(OPT / ROOTS)
    assert [name for name, variables in told.items() if "APP_SECRET_ARN" in variables] == ["migrate"]
    assert [("OwnerSecret" in it, "AppSecret" in it) for it in map(json.dumps, proxy["Auth"])] == [
        (True, False),
        (False, True),
    ]


def test_the_passwords_are_rotated_by_who_may_set_them_once_they_are_used(prod: Template) -> None:
    (migrate,) = [name for name, it in prod.of("AWS::Lambda::Function").items() if "Migrate" in name and it]
    schedules = prod.of("AWS::SecretsManager::RotationSchedule").values()
    for secret, schedule in zip(("AppSecret", "OwnerSecret"), schedules, strict=True):
        told = schedule["Properties"]
        assert secret in json.dumps(told["SecretId"])
        assert told["RotationLambdaARN"] == {"Fn::GetAtt": [migrate, "Arn"]}
        assert told["RotationRules"]["AutomaticallyAfterDays"] <= 30
        assert told["RotateImmediatelyOnUpdate"] is False
        assert {*prod.of("Custom::Trigger")} < {*schedule["DependsOn"]}
    (permission,) = [
        it for it in prod.properties("AWS::Lambda::Permission") if it["Principal"] == "secretsmanager.amazonaws.com"
    ]
    assert permission["FunctionName"] == {"Fn::GetAtt": [migrate, "Arn"]}
    assert permission["SourceAccount"] == {"Ref": "AWS::AccountId"}


def test_on_one_machine_too_the_functions_are_not_told_how_the_owner_connects(local: Template) -> None:
    for it in _functions(local):
        told = it["Environment"]["Variables"]
        if "functions.migrate." in it["Handler"]:
            assert (told["DATABASE_URL"], told["APP_DATABASE_URL"]) == (
                {"Ref": "OwnerDatabaseUrl"},
                {"Ref": "DatabaseUrl"},
            )
        else:
            assert told.get("DATABASE_URL", {"Ref": "DatabaseUrl"}) == {"Ref": "DatabaseUrl"}
            assert "OwnerDatabaseUrl" not in json.dumps(told)


def _stack(stage: MockupAws, kind: type[Stack]) -> Stack:
    (it,) = [child for child in stage.node.children if isinstance(child, kind)]
    return it


def test_a_nat_is_a_switch_for_a_stage_that_stands_too() -> None:
    dev = STAGES["dev"]
    assert dev.postgres
    made: list[tuple[dict[str, Any], set[str]]] = []
    for nat in (False, True):
        stage = MockupAws(application(), replace(dev, postgres=replace(dev.postgres, nat=nat)))
        data, app = (Assertions.from_stack(_stack(stage, kind)).to_json() for kind in (DataStack, AppStack))
        kinds = {it["Type"] for it in data["Resources"].values()}
        assert ("AWS::EC2::NatGateway" in kinds) == nat
        exported = {it["Export"]["Name"] for it in data["Outputs"].values() if "Export" in it}
        assert set(re.findall(r'"Fn::ImportValue": "([^"]+)"', json.dumps(app))) <= exported
        made.append((data["Resources"], exported))
    (without, exported), (with_nat, exported_with) = made
    # What the app's stack imports as it is deployed can't be taken from it.
    assert exported <= exported_with
    # What stands there isn't moved: not the database's subnets, nor the endpoints.
    for name, it in without.items():
        if it["Type"] in {"AWS::EC2::Subnet", "AWS::EC2::VPCEndpoint", "AWS::RDS::DBSubnetGroup", "AWS::RDS::DBProxy"}:
            same = {key: value for key, value in it["Properties"].items() if key != "RouteTableIds"}
            assert {key: with_nat[name]["Properties"][key] for key in same} == same


def test_logs_are_kept_for_a_week_at_least() -> None:
    assert replace(STAGES["dev"], retention_days=SHORTEST_RETENTION_DAYS).retention_days == 7
    with pytest.raises(ValueError, match="retention_days is 6; give 7 or more"):
        replace(STAGES["dev"], retention_days=6)


def test_the_network_is_in_the_zones_that_are_given() -> None:
    dev = STAGES["dev"]
    assert dev.postgres
    zones = ("eu-west-1b", "eu-west-1c")
    given = replace(dev, postgres=replace(dev.postgres, zones=zones))
    subnets = Assertions.from_stack(DataStack(application(), "Data", config=given)).find_resources("AWS::EC2::Subnet")
    assert {it["Properties"]["AvailabilityZone"] for it in subnets.values()} == {*zones}
    with pytest.raises(ValueError, match="zones are eu-west-1b; give 2, or none"):
        replace(dev.postgres, zones=zones[:1])


def test_logs_are_kept_for_as_long_as_cloudwatch_knows() -> None:
    stack = DataStack(application(), "Data", config=replace(STAGES["dev"], log_days=3653))
    groups = Assertions.from_stack(stack).find_resources("AWS::Logs::LogGroup")
    assert {it["Properties"]["RetentionInDays"] for it in groups.values()} == {3653}
    with pytest.raises(ValueError, match="log_days is 2; CloudWatch Logs knows 1, 3, "):
        replace(STAGES["dev"], log_days=2)


_SCENARIO = "00000000-0000-0000-0000-000000000000"


def test_each_scenario_has_a_firehose_of_its_own(prod: Template) -> None:
    manifest = json.loads((prod.assembly / "manifest.json").read_text())["artifacts"]
    names = [it["properties"].get("stackName", "") for it in manifest.values() if "properties" in it]
    assert f"mockupaws-prod-firehose-{_SCENARIO}" in names
    (stream,) = prod.properties("AWS::KinesisFirehose::DeliveryStream")
    assert stream["DeliveryStreamName"] == f"mockupaws-prod-firehose-{_SCENARIO}"
    assert len(stream["DeliveryStreamName"]) <= 64
    (alarm,) = [it for it in prod.properties("AWS::CloudWatch::Alarm") if it["Namespace"] == "AWS/Firehose"]
    assert alarm["AlarmName"] == f"mockupaws-prod-firehose-late-{_SCENARIO}"
    assert alarm["MetricName"] == "DeliveryToHttpEndpoint.DataFreshness"
    # Well before what is refused goes to the bucket.
    retried = stream["HttpEndpointDestinationConfiguration"]["RetryOptions"]["DurationInSeconds"]
    assert alarm["Threshold"] <= retried / 4


def test_what_firehose_s_stacks_ask_for_stays_when_no_scenario_is_named(assembly: Path) -> None:
    stage = MockupAws(application(), STAGES["dev"])
    assert not stage.node.try_find_child("Firehose")
    asked_of = [Assertions.from_stack(_stack(stage, kind)).find_outputs("*") for kind in (AppStack, EdgeStack)]
    exported = {it["Export"]["Name"] for outputs in asked_of for it in outputs.values() if "Export" in it}
    folder = assembly / "assembly-dev"
    asked = [
        json.loads(file.read_text()) for file in folder.glob("*.template.json") if "KinesisFirehose" in file.read_text()
    ]
    wanted = set(re.findall(r'"Fn::ImportValue": "([^"]+)"', json.dumps(asked)))
    assert wanted
    assert wanted <= exported


def test_firehose_delivers_to_the_door_with_a_key_that_is_in_no_template(prod: Template) -> None:
    (stream,) = prod.properties("AWS::KinesisFirehose::DeliveryStream")
    destination = stream["HttpEndpointDestinationConfiguration"]
    url = json.dumps(destination["EndpointConfiguration"]["Url"])
    assert url.endswith('/api/v1/ingest/firehose"]]}')
    # By the edge, as everybody: the functions refuse what goes round it.
    assert "DomainName" in url
    assert "execute-api" not in url
    assert "AccessKey" not in destination["EndpointConfiguration"]
    assert destination["SecretsManagerConfiguration"]["Enabled"] is True
    assert destination["RequestConfiguration"]["CommonAttributes"] == [
        {"AttributeName": "scenario_id", "AttributeValue": _SCENARIO}
    ]
    assert destination["S3BackupMode"] == "FailedDataOnly"
    # In Base64, within a request of 6 MB.
    assert destination["BufferingHints"]["SizeInMBs"] * 4 / 3 < 6
    assert stream["DeliveryStreamEncryptionConfigurationInput"]["KeyType"] == "AWS_OWNED_CMK"


def test_cloudwatch_logs_of_this_account_alone_may_write_to_the_stream(stage: Template) -> None:
    (writer,) = [
        it
        for it in stage.properties("AWS::IAM::Role")
        if it["AssumeRolePolicyDocument"]["Statement"][0]["Principal"] == {"Service": "logs.amazonaws.com"}
    ]
    (statement,) = writer["AssumeRolePolicyDocument"]["Statement"]
    assert "AWS::AccountId" in json.dumps(statement["Condition"]["StringLike"]["aws:SourceArn"])


def test_the_dashboard_shows_all_that_is_counted_in_log_lines(prod: Template) -> None:
    (board,) = prod.properties("AWS::CloudWatch::Dashboard")
    body = "".join(part if isinstance(part, str) else "x" for part in board["DashboardBody"]["Fn::Join"][1])
    series = [metric for widget in json.loads(body)["widgets"] for metric in widget["properties"]["metrics"]]
    shown = [metric for metric in series if metric[0] == NAMESPACE]
    # Namespace, name, names and values of the dimensions by turns, and how it is drawn.
    assert {tuple(metric[1:-1]) for metric in shown} == {
        (it.value.title, "service", service, "stage", "prod") for it in Count for service in it.value.services
    }
    found = {metric[0]["expression"] for metric in series if isinstance(metric[0], dict)}
    searched = {it.value.title: ",".join((NAMESPACE, *it.value.dimensions)) for it in Count if not it.value.services}
    assert found == {
        f"SEARCH('{{{schema}}} MetricName=\"{title}\" stage=\"prod\"', 'Sum')" for title, schema in searched.items()
    }
    assert not prod.of("AWS::Logs::MetricFilter")


def test_the_dashboard_shows_every_dead_letter(prod: Template) -> None:
    (board,) = prod.properties("AWS::CloudWatch::Dashboard")
    shown = json.dumps(board["DashboardBody"])
    for name, it in prod.of("AWS::SQS::Queue").items():
        if it["Properties"]["QueueName"].endswith("-dead"):
            assert f'{{"Fn::GetAtt": ["{name}", "QueueName"]}}' in shown


def test_everything_says_whose_it_is(prod: Template) -> None:
    for it in [*_functions(prod), *prod.properties("AWS::S3::Bucket", "AWS::SQS::Queue", "AWS::RDS::DBInstance")]:
        assert {"Key": "project", "Value": "mockupaws"} in it["Tags"]
        assert {"Key": "stage", "Value": "prod"} in it["Tags"]


def test_prod_has_no_secret_in_an_environment_and_local_no_network(prod: Template, local: Template) -> None:
    for it in _functions(prod):
        told = it["Environment"]["Variables"]
        assert "DATABASE_URL" not in told
        # Where a secret is may be said, what it is not.
        assert all(name.endswith("_ARN") for name in told if re.search("SECRET|PASSWORD|_TOKEN|_KEY", name))
        # Whoever reaches the database reaches nothing else.
        assert ("VpcConfig" in it) == ("DATABASE_SECRET_ARN" in told)
    assert not local.of("AWS::EC2::VPC", "AWS::RDS::DBInstance")


# What is in them is a clock's: its next tick does the same.
_OF_SCHEDULES = {f"mockupaws-prod-{it.name}-dead" for it in FUNCTIONS if isinstance(it.trigger, Schedule)}


def test_a_creation_that_failed_leaves_nothing_in_the_way_of_the_next(prod: Template) -> None:
    assert not [name for name, it in prod.resources.items() if it.get("DeletionPolicy") == "Retain"]


def test_what_dev_made_goes_with_its_stacks(assembly: Path) -> None:
    dev = template(assembly, "dev")
    policies = {it.get("DeletionPolicy", "Delete") for it in dev.resources.values()}
    assert policies == {"Delete"}
    assert {it["RetentionInDays"] for it in dev.properties("AWS::Logs::LogGroup")} == {STAGES["dev"].log_days}


def test_prod_keeps_its_data(prod: Template) -> None:
    kept = (
        *("AWS::S3::Bucket", "AWS::SecretsManager::Secret", "AWS::SQS::Queue", "AWS::Kinesis::Stream"),
        "AWS::Logs::LogGroup",
    )
    for it in prod.of(*kept).values():
        passing = it["Type"] == "AWS::SQS::Queue" and it["Properties"]["QueueName"] in _OF_SCHEDULES
        assert it["DeletionPolicy"] == ("Delete" if passing else "RetainExceptOnCreate")
        assert it["UpdateReplacePolicy"] == ("Delete" if passing else "Retain")
    (instance,) = prod.of("AWS::RDS::DBInstance").values()
    assert instance["DeletionPolicy"] == "Snapshot"
    (database,) = prod.properties("AWS::RDS::DBInstance")
    assert database["DeletionProtection"] is True
    assert database["MultiAZ"] is True
    assert database["BackupRetentionPeriod"] >= 7


def test_the_store_changes_before_the_doors_do(prod: Template) -> None:
    """A release may send batches in a format that only its own worker reads."""
    functions = prod.of("AWS::Lambda::Function")
    named = {it["Properties"].get("FunctionName"): name for name, it in functions.items()}
    for door in ("ingest", "log_stream"):
        assert named["mockupaws-prod-store_logs"] in functions[named[f"mockupaws-prod-{door}"]]["DependsOn"]


def test_migrations_run_before_the_functions_change(prod: Template) -> None:
    (trigger,) = prod.of("Custom::Trigger")
    waiting = [it for it in prod.of("AWS::Lambda::Function").values() if trigger in json.dumps(it.get("DependsOn", []))]
    assert len(waiting) == len(_functions(prod)) - 1
    # CDK's own function waits for the answer, and has to live to pass it on: else CloudFormation waits for an hour.
    (provider,) = [it for it in prod.properties("AWS::Lambda::Function") if "python" not in it["Runtime"]]
    (migrate,) = [it for it in _functions(prod) if "functions.migrate." in it["Handler"]]
    assert migrate["Timeout"] <= provider["Timeout"] - 60


def test_every_dead_letter_queue_has_an_alarm_and_every_alarm_a_way_out(prod: Template) -> None:
    watched = json.dumps([it.get("Dimensions") for it in prod.properties("AWS::CloudWatch::Alarm")])
    for name, it in prod.of("AWS::SQS::Queue").items():
        if it["Properties"]["QueueName"].endswith("-dead"):
            assert f'"{name}"' in watched
    runbook = (ROOT / "docs" / "runbook.md").read_text()
    for it in prod.properties("AWS::CloudWatch::Alarm"):
        name = it["AlarmName"].removeprefix("mockupaws-prod-").removesuffix(f"-{_SCENARIO}")
        if name.startswith("release-"):
            # CodeDeploy asks for it; who deploys is told.
            assert "AlarmActions" not in it
            name = "release"
        else:
            assert it["AlarmActions"]
        assert f"## {name}\n" in runbook
