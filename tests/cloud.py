"""What containers are forked from: AWS as moto plays it, whose clients take long to make, and nothing of ours."""

from contextlib import AbstractContextManager

import boto3
from moto import mock_aws
from moto.core.models import MockAWS

REGION = "eu-west-1"
CREDENTIALS = {"AWS_DEFAULT_REGION": REGION, "AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}


def moto() -> AbstractContextManager[MockAWS]:
    """Have moto play AWS, for boto3's session of this process.

    Anew for each test, botocore would read again what it knows of AWS, which takes longer than most tests.
    """
    return mock_aws(config={"core": {"reset_boto3_session": False}})


def build(signing: str) -> dict[str, str]:
    """Make what the stage's stacks make.

    Args:
        signing: the secret that signs access tokens, as Secrets Manager has it.

    Returns:
        The variables by which a function is told where it is.
    """
    sqs, s3 = boto3.client("sqs"), boto3.client("s3")
    for bucket in ("payloads", "reports"):
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    boto3.client("sesv2").create_email_identity(EmailIdentity="no-reply@example.com")
    queues = {
        name: sqs.create_queue(QueueName=name)["QueueUrl"]
        for name in ("logs", "dead", "stream-dead", "resets", "reports")
    }
    return {
        "JWT_SECRET_ARN": boto3.client("secretsmanager").create_secret(Name="jwt", SecretString=signing)["ARN"],
        "LOG_QUEUE_URL": queues["logs"],
        "LOG_DLQ_URL": queues["dead"],
        "STREAM_DLQ_URL": queues["stream-dead"],
        "RESET_QUEUE_URL": queues["resets"],
        "REPORT_QUEUE_URL": queues["reports"],
        "PAYLOAD_BUCKET": "payloads",
        "REPORT_BUCKET": "reports",
        "MAIL_SENDER": "no-reply@example.com",
        "REFRESH_FUNCTION": "refresh_pricing",
        "FETCH_FUNCTION": "fetch_prices",
    }
