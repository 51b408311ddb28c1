"""What workers are forked from: their modules, and what boto3 knows of SQS, which takes it longest."""

from tests.integration.exactly_once import naive, worker
from tests.integration.exactly_once.queue import sqs_client

__all__ = ["naive", "worker"]

sqs_client("http://localhost")
