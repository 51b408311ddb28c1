"""Amazon Data Firehose to the door, for whoever has their logs in Firehose: deployed by itself, one for a scenario."""

# jsii names the parameters of an implementation otherwise than its interface does, which pyright minds.
# pyright: reportArgumentType=false

import json
from uuid import UUID

from aws_cdk import Aws, CfnCondition, CfnOutput, CfnParameter, Duration, Fn, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesisfirehose as firehose
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.app_stack import AppStack
from infra.catalog import BASE_PATH
from infra.config import StageConfig
from infra.constructs.alarms import Alarms
from infra.constructs.bucket import private_bucket
from infra.constructs.log_group import log_group
from infra.constructs.removal import removal
from infra.constructs.suppress import suppress, suppress_objects
from infra.edge_stack import EdgeStack

# A request is at most 6 MB, of which Firehose's own words and Base64 take more than a quarter.
_BUFFER_MB = 3
_BUFFER_S = 60
_RETRY_S = 7200
_LATE_S = 900


class FirehoseStack(Stack):
    """A delivery stream whose records become a scenario's logs. What the door doesn't take is kept for two weeks.

    That is the one place where messages lie as they are: they have not reached us yet.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        config: StageConfig,
        app: AppStack,
        edge: EdgeStack,
        scenario: UUID,
    ) -> None:
        # All of the id: the first digits of a UUIDv7 are the time, which scenarios may share.
        name = f"mockupaws-{config.name}-firehose-{scenario}"
        super().__init__(
            scope, construct_id, stack_name=name, description=f"mockupAWS {config.name}: Firehose to {scenario}"
        )
        door = CfnParameter(
            self, "DoorUrl", default="", description="address of mockupAWS, https://…; this stage's own if empty"
        )
        key = secretsmanager.Secret(
            self,
            "Key",
            description="An API key with ingest:logs, as {api_key: mk_…}; made empty, filled in after the first deploy",
            generate_secret_string=secretsmanager.SecretStringGenerator(
                secret_string_template=json.dumps({}), generate_string_key="api_key", exclude_punctuation=True
            ),
            removal_policy=removal(keep=config.keep_data),
        )
        suppress(key, "AwsSolutions-SMG4", "rotated with the API key, by its owner: docs/deploy.md says how")
        refused = private_bucket(self, "Refused", config=config, life=Duration.days(14))
        suppress(refused, "AwsSolutions-S1", "Firehose writes it and a person reads it, when something failed")
        log = log_group(self, "Log", name=f"/aws/kinesisfirehose/{name}", config=config)
        log_stream = logs.LogStream(self, "Deliveries", log_group=log, removal_policy=removal(keep=config.keep_data))
        role = self._role(key, refused, log)
        stream = firehose.CfnDeliveryStream(
            self,
            "Stream",
            delivery_stream_name=name,
            delivery_stream_type="DirectPut",
            delivery_stream_encryption_configuration_input=firehose.CfnDeliveryStream.DeliveryStreamEncryptionConfigurationInputProperty(
                key_type="AWS_OWNED_CMK"
            ),
            http_endpoint_destination_configuration=firehose.CfnDeliveryStream.HttpEndpointDestinationConfigurationProperty(
                endpoint_configuration=firehose.CfnDeliveryStream.HttpEndpointConfigurationProperty(
                    name="mockupAWS", url=self._address(door, edge)
                ),
                secrets_manager_configuration=firehose.CfnDeliveryStream.SecretsManagerConfigurationProperty(
                    enabled=True, secret_arn=key.secret_arn, role_arn=role.role_arn
                ),
                request_configuration=firehose.CfnDeliveryStream.HttpEndpointRequestConfigurationProperty(
                    content_encoding="GZIP",
                    common_attributes=[
                        firehose.CfnDeliveryStream.HttpEndpointCommonAttributeProperty(
                            attribute_name="scenario_id", attribute_value=str(scenario)
                        )
                    ],
                ),
                buffering_hints=firehose.CfnDeliveryStream.BufferingHintsProperty(
                    interval_in_seconds=_BUFFER_S, size_in_m_bs=_BUFFER_MB
                ),
                retry_options=firehose.CfnDeliveryStream.RetryOptionsProperty(duration_in_seconds=_RETRY_S),
                role_arn=role.role_arn,
                s3_backup_mode="FailedDataOnly",
                s3_configuration=firehose.CfnDeliveryStream.S3DestinationConfigurationProperty(
                    bucket_arn=refused.bucket_arn, role_arn=role.role_arn, compression_format="GZIP"
                ),
                cloud_watch_logging_options=firehose.CfnDeliveryStream.CloudWatchLoggingOptionsProperty(
                    enabled=True, log_group_name=log.log_group_name, log_stream_name=log_stream.log_stream_name
                ),
            ),
        )
        stream.node.add_dependency(role)
        if app.alarm_topic:
            self._watch(
                stream,
                Alarms(self, "Alarms", name=f"mockupaws-{config.name}", topic=app.alarm_topic, whose=str(scenario)),
            )
        CfnOutput(self, "FirehoseName", value=stream.ref)
        CfnOutput(self, "FirehoseRefusedBucket", value=refused.bucket_name)
        CfnOutput(self, "FirehoseKeyArn", value=key.secret_arn)

    @staticmethod
    def _watch(stream: firehose.CfnDeliveryStream, alarms: Alarms) -> None:
        # AWS's advice: https://docs.aws.amazon.com/firehose/latest/dev/firehose-cloudwatch-metrics-best-practices.html.
        # Unlike the share of deliveries that succeeded it doesn't ring for one that is tried again and taken.
        age = cloudwatch.Metric(
            namespace="AWS/Firehose",
            metric_name="DeliveryToHttpEndpoint.DataFreshness",
            dimensions_map={"DeliveryStreamName": stream.ref},
            statistic="Maximum",
            period=Duration.minutes(5),
        )
        alarms.when_waiting(age, "firehose", seconds=_LATE_S)

    def _address(self, door: CfnParameter, edge: EdgeStack) -> str:
        given = CfnCondition(
            self, "OwnDoor", expression=Fn.condition_not(Fn.condition_equals(door.value_as_string, ""))
        )
        # Through CloudFront, as everybody: the functions refuse what goes round it. Its name holds beside any other.
        here = f"https://{edge.domain}"
        return (
            Fn.condition_if(given.logical_id, door.value_as_string, here).to_string() + f"{BASE_PATH}/ingest/firehose"
        )

    def _role(self, key: secretsmanager.Secret, refused: s3.Bucket, log: logs.LogGroup) -> iam.Role:
        role = iam.Role(
            self,
            "Role",
            assumed_by=iam.ServicePrincipal(
                "firehose.amazonaws.com", conditions={"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}}
            ),
            description="What the delivery stream may do",
        )
        for actions, resources in (
            (["secretsmanager:GetSecretValue"], [key.secret_arn]),
            (["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"], [refused.arn_for_objects("*")]),
            (["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"], [refused.bucket_arn]),
            (["logs:PutLogEvents"], [log.log_group_arn]),
        ):
            role.add_to_policy(iam.PolicyStatement(actions=actions, resources=resources))
        suppress_objects(role, refused, "an object's name is Firehose's choice")
        return role
