"""A function that runs at times."""

# jsii names the parameters of an implementation otherwise than its interface does, which pyright minds.
# pyright: reportArgumentType=false

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from aws_cdk.aws_lambda_destinations import SqsDestination
from constructs import Construct

from infra.constructs.suppress import suppress


class Schedule(Construct):
    """An EventBridge rule that starts a function; an event that can't be handled waits in a dead-letter queue."""

    def __init__(
        self, scope: Construct, construct_id: str, *, name: str, expression: str, function: lambda_.Function
    ) -> None:
        super().__init__(scope, construct_id)
        self.dead_letters = sqs.Queue(
            self,
            "DeadLetters",
            queue_name=f"{name}-dead",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=Duration.days(14),
            removal_policy=RemovalPolicy.DESTROY,
        )
        suppress(self.dead_letters, "AwsSolutions-SQS3", "this is the dead-letter queue")
        suppress(self.dead_letters, "Serverless-SQSRedrivePolicy", "this is the dead-letter queue")
        # EventBridge has done its part when Lambda has the event; what fails then is Lambda's to keep.
        function.configure_async_invoke(
            on_failure=SqsDestination(self.dead_letters), retry_attempts=2, max_event_age=Duration.hours(1)
        )
        events.Rule(
            self,
            "Rule",
            rule_name=name,
            schedule=events.Schedule.expression(expression),
            targets=[
                targets.LambdaFunction(
                    function, dead_letter_queue=self.dead_letters, retry_attempts=2, max_event_age=Duration.hours(1)
                )
            ],
        )
