"""A queue with its dead-letter queue, and the function that works it off."""

from aws_cdk import Duration
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs.removal import removal
from infra.constructs.suppress import suppress

# What one batch of ten may weigh on its way to a function is 6 MB; the event source sees to that.
MAX_MESSAGE_BYTES = 1024 * 1024


class Queue(Construct):
    """A queue whose messages are never lost: what can't be handled waits in the dead-letter queue."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        name: str,
        hidden: Duration,
        max_receives: int,
        life: Duration,
        keep: bool,
    ) -> None:
        super().__init__(scope, construct_id)
        self.dead_letters = sqs.Queue(
            self,
            "DeadLetters",
            queue_name=f"{name}-dead",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=life,
            removal_policy=removal(keep=keep),
        )
        self.queue = sqs.Queue(
            self,
            "Queue",
            queue_name=name,
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=life,
            max_message_size_bytes=MAX_MESSAGE_BYTES,
            visibility_timeout=hidden,
            dead_letter_queue=sqs.DeadLetterQueue(queue=self.dead_letters, max_receive_count=max_receives),
            removal_policy=removal(keep=keep),
        )
        suppress(self.dead_letters, "AwsSolutions-SQS3", "this is the dead-letter queue")
        suppress(self.dead_letters, "Serverless-SQSRedrivePolicy", "this is the dead-letter queue")

    def work(self, worker: lambda_.Function, *, batch_size: int, window_s: int, max_concurrency: int | None) -> None:
        """Let a function work the queue off, in batches of which single messages may fail."""
        worker.add_event_source(
            sources.SqsEventSource(
                self.queue,
                batch_size=batch_size,
                max_batching_window=Duration.seconds(window_s),
                max_concurrency=max_concurrency,
                report_batch_item_failures=True,
            )
        )
        suppress(worker, "Serverless-LambdaEventSourceMappingDestination", "the queue has a dead-letter queue")
