"""What CloudWatch Logs delivers to a subscription, over Kinesis or Firehose.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any, cast

from shared.mockupaws.errors import MockupAwsError
from shared.mockupaws.intake import MAX_CONTAINERS, Record, Unreadable
from shared.mockupaws.profiling.timestamps import of_epoch
from shared.mockupaws.unpack import inflate

_TEXT = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)


class SubscriptionFormatError(ValueError):
    """The bytes are no delivery of CloudWatch Logs."""


@dataclass(slots=True)
class Delivery:
    """One delivery.

    Attributes:
        log_group: where the logs were written; empty in a control message.
        records: the logs, and what should be one and isn't; none in a control message, by which CloudWatch Logs only
            tests the destination.
    """

    log_group: str = ""
    records: list[Record | Unreadable] = field(default_factory=list[Record | Unreadable])


def read_delivery(data: bytes) -> Delivery:
    """The logs in a delivery, which is gzipped JSON.

    Args:
        data: as it came, base64 undone.

    Raises:
        SubscriptionFormatError: it is something else, or unpacks to more than could be meant.
    """
    try:
        text = inflate(data)
        _check_containers(text)
        delivery = delivery_in(json.loads(text))
    except SubscriptionFormatError:
        raise
    except MockupAwsError as error:
        raise SubscriptionFormatError(f"not a CloudWatch Logs delivery: {error.message}") from error
    except (ValueError, RecursionError) as error:
        # Its kind only: a UnicodeDecodeError quotes all of the text.
        raise SubscriptionFormatError(f"not a CloudWatch Logs delivery: {type(error).__name__}") from error
    if delivery is None:
        raise SubscriptionFormatError("not a CloudWatch Logs delivery: no messageType")
    return delivery


def _check_containers(data: bytes) -> None:
    """Whether a delivery may be read at once, which would fill the memory with empty objects and lists."""
    if data.count(b"{") + data.count(b"[") <= MAX_CONTAINERS:
        return
    outside = _TEXT.sub(b"", data)  # messages may be JSON, whose braces are text here
    if outside.count(b"{") + outside.count(b"[") > MAX_CONTAINERS:
        raise SubscriptionFormatError(
            f"not a CloudWatch Logs delivery: more than {MAX_CONTAINERS:,} objects and lists in it"
        )


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
        return Delivery(group, [_record(event, group, position) for position, event in enumerate(events)])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SubscriptionFormatError(f"not a CloudWatch Logs delivery: {type(error).__name__}") from error


def _record(event: object, group: str, position: int) -> Record | Unreadable:
    fields = cast("dict[str, Any]", event) if isinstance(event, dict) else {}
    message, stamp = fields.get("message"), fields.get("timestamp")
    try:
        if message is not None:
            moment = of_epoch(stamp) if isinstance(stamp, int | float) else None
            return Record(str(message).rstrip("\r\n"), group, None, moment)
        sample = json.dumps(event, ensure_ascii=False)
    except RecursionError:
        return Unreadable(position, "an event that is nested too deeply", "")
    return Unreadable(position, "an event without a message", sample)
