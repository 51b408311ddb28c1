"""What CloudWatch Logs delivers to a subscription, over Kinesis or Firehose.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
"""

import json
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

from shared.mockupaws.intake import Record

MAX_UNPACKED_BYTES = 32 * 1024 * 1024


class SubscriptionFormatError(ValueError):
    """The bytes are no delivery of CloudWatch Logs."""


@dataclass(slots=True)
class Delivery:
    """One delivery.

    Attributes:
        log_group: where the logs were written; empty in a control message.
        records: the logs; none in a control message, by which CloudWatch Logs only tests the destination.
    """

    log_group: str = ""
    records: list[Record] = field(default_factory=list[Record])


def read_delivery(data: bytes) -> Delivery:
    """The logs in a delivery, which is gzipped JSON.

    Args:
        data: as it came, base64 undone.

    Raises:
        SubscriptionFormatError: it is something else, or unpacks to more than could be meant.
    """
    try:
        value: dict[str, Any] = json.loads(_unpacked(data))
        if value["messageType"] == "CONTROL_MESSAGE":
            return Delivery()
        # An event's id may be a string or an integer; it isn't needed, since the delivery itself is known by its own.
        group, events = str(value["logGroup"]), cast("list[dict[str, Any]]", value["logEvents"])
        return Delivery(group, [_record(event, group) for event in events])
    except (zlib.error, ValueError, KeyError, TypeError, OverflowError) as error:
        raise SubscriptionFormatError(f"not a CloudWatch Logs delivery: {error!r}") from error


def _unpacked(data: bytes) -> bytes:
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
    text = inflate.decompress(data, MAX_UNPACKED_BYTES)
    if not inflate.eof:
        raise ValueError("the gzip is cut off, or unpacks to more than 32 MiB")
    return text


def _record(event: dict[str, Any], group: str) -> Record:
    return Record(str(event["message"]), group, None, datetime.fromtimestamp(event["timestamp"] / 1000, UTC))
