"""A report's job as SQS hands it to its worker."""

import json
from typing import Any
from uuid import UUID


def job(report_id: UUID, receives: int = 1) -> dict[str, Any]:
    """The event of one job.

    Args:
        report_id: which report is to be made.
        receives: how often the job came, this time included.
    """
    return {
        "Records": [
            {
                "messageId": "message-1",
                "receiptHandle": "receipt-1",
                "body": json.dumps({"report_id": str(report_id)}),
                "attributes": {"ApproximateReceiveCount": str(receives), "SentTimestamp": "1790367712123"},
                "messageAttributes": {},
                "eventSource": "aws:sqs",
                "eventSourceARN": "arn:aws:sqs:eu-west-1:123456789012:reports",
                "awsRegion": "eu-west-1",
            }
        ]
    }
