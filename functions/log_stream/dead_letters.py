"""Where the stream's records are noted that can't be taken: as Lambda notes those that it gives up, by their place.

The record itself stays in the stream for as long as that keeps records, and nowhere else: it holds raw logs.
https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
"""

import json
from collections.abc import Sequence
from typing import Any

from shared.mockupaws.aws import failures, sqs
from shared.mockupaws.errors import UnavailableError
from shared.mockupaws.settings import settings


def put_aside(record: dict[str, Any], reason: Sequence[str]) -> None:
    """Notes a record of a Kinesis event.

    Args:
        record: as Lambda gave it.
        reason: what is wrong with it, without a word of what is in it.

    Raises:
        UnavailableError: it isn't noted.
    """
    kinesis = record["kinesis"]
    shard, _, number = record["eventID"].partition(":")
    letter = {
        "version": "1.0",
        "reason": [*reason],
        "KinesisBatchInfo": {
            "shardId": shard,
            "startSequenceNumber": number,
            "endSequenceNumber": number,
            "approximateArrivalOfFirstRecord": kinesis["approximateArrivalTimestamp"],
            "approximateArrivalOfLastRecord": kinesis["approximateArrivalTimestamp"],
            "batchSize": 1,
            "streamArn": record["eventSourceARN"],
        },
    }
    try:
        sqs().send_message(QueueUrl=settings().stream_dlq_url, MessageBody=json.dumps(letter))
    except failures() as error:
        raise UnavailableError("The dead-letter queue can't be reached.") from error
