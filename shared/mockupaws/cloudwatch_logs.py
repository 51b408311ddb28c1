"""What CloudWatch Logs delivers to a subscription, over Kinesis or Firehose.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
"""

import json
from dataclasses import dataclass, field
from typing import Any, cast

from shared.mockupaws.errors import MockupAwsError
from shared.mockupaws.intake import Record
from shared.mockupaws.profiling.timestamps import of_epoch
from shared.mockupaws.unpack import inflate


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
        delivery = delivery_in(json.loads(inflate(data)))
    except MockupAwsError as error:
        raise SubscriptionFormatError(f"not a CloudWatch Logs delivery: {error.message}") from error
    except (ValueError, RecursionError) as error:
        # Its kind only: a UnicodeDecodeError quotes all of the text.
        raise SubscriptionFormatError(f"not a CloudWatch Logs delivery: {type(error).__name__}") from error
    if delivery is None:
        raise SubscriptionFormatError("not a CloudWatch Logs delivery: no messageType")
    return delivery


def delivery_in(value: object) -> Delivery | None:
    """The delivery that a JSON value is, None where it is something else.

    Raises:
        SubscriptionFormatError: it says that it is one, and lacks what one has.
    """
    fields = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
    if fields.get("messageType") == "CONTROL_MESSAGE":
        return Delivery()
    if fields.get("messageType") != "DATA_MESSAGE" or "logEvents" not in fields:
        return None
    try:
        # An event's id may be a string or an integer; it isn't needed, since the delivery itself is known by its own.
        group, events = str(fields["logGroup"]), cast("list[dict[str, Any]]", fields["logEvents"])
        return Delivery(group, [_record(event, group) for event in events])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SubscriptionFormatError(f"not a CloudWatch Logs delivery: {type(error).__name__}") from error


def _record(event: dict[str, Any], group: str) -> Record:
    return Record(str(event["message"]).rstrip("\r\n"), group, None, of_epoch(event["timestamp"]))
