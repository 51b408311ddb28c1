"""From a Kinesis record to a batch for each scenario that listens to its log group."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from fnmatch import fnmatchcase
from uuid import UUID, uuid5

from functions.log_stream.store import Listener
from shared.mockupaws.cloudwatch_logs import Delivery
from shared.mockupaws.contracts.batch import LogBatch
from shared.mockupaws.intake import IS_UTF16, MAX_MESSAGE_BYTES, Record, Unreadable, fill, is_utf16
from shared.mockupaws.profiling.unicode import utf8

MAX_BATCH_LOGS = 10_000  # as of a request at the other door: a megabyte of gzip may hold many more
# The same Kinesis record is the same batches however often it is delivered, so their ids are made of the record's.
_NAMESPACE = UUID("01a205d0-0000-7000-8000-6c6f67737472")


def batches(
    delivery: Delivery, listeners: Iterable[Listener], event_id: str, received_at: datetime
) -> Iterator[LogBatch]:
    """The batches for each scenario whose patterns match the delivery's log group.

    Args:
        delivery: what CloudWatch Logs sent.
        listeners: running scenarios with log groups.
        event_id: the Kinesis record's, unique in the stream.
        received_at: when it arrived in the stream, UTC.
    """
    for listener in listeners:
        if any(fnmatchcase(delivery.log_group, pattern) for pattern in listener.log_groups):
            for start in range(0, len(delivery.records), MAX_BATCH_LOGS):
                batch = LogBatch(uuid5(_NAMESPACE, f"{event_id}/{listener.id}/{start}"), listener.id, received_at)
                records, unreadable = _fitting(delivery.records[start : start + MAX_BATCH_LOGS], start)
                fill(batch, records, unreadable, mask_ip=listener.mask_ip)
                yield batch


def _fitting(records: list[Record | Unreadable], first: int) -> tuple[list[Record], list[Unreadable]]:
    """CloudWatch Logs takes messages up to 1 MiB, SQS would not: those are reported, and the rest is taken."""
    fitting: list[Record] = []
    unreadable: list[Unreadable] = []
    for position, record in enumerate(records, first):
        if isinstance(record, Unreadable):
            unreadable.append(record)
        elif not record.message:
            unreadable.append(Unreadable(position, "the message is empty", ""))
        elif is_utf16(record.message):
            unreadable.append(Unreadable(position, IS_UTF16, record.message))
        elif len(utf8(record.message)[1]) > MAX_MESSAGE_BYTES:
            unreadable.append(Unreadable(position, f"larger than {MAX_MESSAGE_BYTES:,} bytes", record.message))
        else:
            fitting.append(record)
    return fitting, unreadable
