"""The Kinesis stream that CloudWatch Logs subscriptions write to, and the function that reads it."""

# jsii names the parameters of an implementation otherwise than its interface does, which pyright minds.
# pyright: reportArgumentType=false

from aws_cdk import Aws, Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs.removal import removal
from infra.constructs.suppress import suppress

# An outage may last so long: `stream-late` tells of it within minutes, and a longer one can be given more.
_KEPT = Duration.days(7)
# Until the stream has the record no more: what fails for another reason than an outage, the reader puts aside itself.
_UNTIL_IT_IS_GONE = -1


class Stream(Construct):
    """A stream that grows with its traffic. Its reader comes again until a record is taken, or noted as dead."""

    def __init__(self, scope: Construct, construct_id: str, *, name: str, keep: bool) -> None:
        super().__init__(scope, construct_id)
        self.stream = kinesis.Stream(
            self,
            "Stream",
            stream_name=name,
            stream_mode=kinesis.StreamMode.ON_DEMAND,
            encryption=kinesis.StreamEncryption.MANAGED,
            retention_period=_KEPT,
            removal_policy=removal(keep=keep),
        )
        self.dead_letters = sqs.Queue(
            self,
            "DeadLetters",
            queue_name=f"{name}-dead",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=Duration.days(14),
            removal_policy=removal(keep=keep),
        )
        suppress(self.dead_letters, "AwsSolutions-SQS3", "this is the dead-letter queue")
        suppress(self.dead_letters, "Serverless-SQSRedrivePolicy", "this is the dead-letter queue")

        self.writer = iam.Role(
            self,
            "Writer",
            # Of this account only: else whoever knows the role's name could have CloudWatch Logs write here for them.
            assumed_by=iam.ServicePrincipal(
                "logs.amazonaws.com",
                conditions={
                    "StringLike": {
                        "aws:SourceArn": f"arn:{Aws.PARTITION}:logs:{Aws.REGION}:{Aws.ACCOUNT_ID}:*",
                    }
                },
            ),
            description="Lets CloudWatch Logs subscriptions write to the stream",
        )
        self.writer.add_to_policy(
            iam.PolicyStatement(actions=["kinesis:PutRecord", "kinesis:PutRecords"], resources=[self.stream.stream_arn])
        )

    def read(self, reader: lambda_.Function, *, batch_size: int, window_s: int, parallelization_factor: int) -> None:
        """Let a function read the stream, in batches of which it says where they failed."""
        reader.add_event_source(
            sources.KinesisEventSource(
                self.stream,
                starting_position=lambda_.StartingPosition.TRIM_HORIZON,
                batch_size=batch_size,
                max_batching_window=Duration.seconds(window_s),
                parallelization_factor=parallelization_factor,
                report_batch_item_failures=True,
                bisect_batch_on_error=True,
                retry_attempts=_UNTIL_IT_IS_GONE,
                on_failure=sources.SqsDlq(self.dead_letters),
            )
        )
