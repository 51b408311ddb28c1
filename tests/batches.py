"""Batches as the door makes them, from messages made up here, and the events by which they and logs reach Lambda."""

import base64
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, cast
from uuid import UUID

import msgpack
import pytest

from shared.mockupaws.contracts.batch import LogBatch, SealedBatch, envelope, pack, read_envelope
from shared.mockupaws.contracts.traffic import LEVELS, Level
from shared.mockupaws.ids import new_id


@dataclass(frozen=True)
class Made:
    """A profile that says what a test wants it to."""

    message: str = "GET /health 200"
    tokens: int = 7
    redacted_tokens: int = 7
    level: Level = "info"
    pii: dict[str, int] = field(default_factory=dict[str, int])
    size: int | None = None

    @property
    def message_hash(self) -> bytes:
        return sha256(self.message.encode()).digest()

    @property
    def preview(self) -> str:
        return self.message[:500]

    @property
    def size_bytes(self) -> int:
        return len(self.message.encode()) if self.size is None else self.size

    @property
    def has_pii(self) -> bool:
        return bool(self.pii)


def batch(
    scenario_id: UUID, profiles: Iterable[Made], *, received_at: datetime | None = None, at: Iterable[int] = ()
) -> LogBatch:
    """A batch of logs.

    Args:
        scenario_id: whose.
        profiles: what they were found to be.
        received_at: now, if None.
        at: when each happened, epoch seconds; when received, if empty.
    """
    made = LogBatch(new_id(), scenario_id, received_at or datetime.now(UTC))
    profiles = list(profiles)
    for profile, occurred in zip(
        profiles, list(at) or [int(made.received_at.timestamp())] * len(profiles), strict=True
    ):
        made.add(profile, "web-1", occurred)
    return made


def sealed(made: LogBatch) -> SealedBatch:
    """A batch as it arrives."""
    return read_envelope(envelope(made, packed=pack(made)), lambda key: pytest.fail(f"nothing waits in S3: {key}"))


def plain_envelope(made: LogBatch) -> str:
    """The message as doors sent it before the second version of the format."""
    sources = list(dict.fromkeys(made.sources))
    columns = {
        "previews": made.previews,
        "sources": sources,
        "source": [sources.index(source) for source in made.sources],
        "level": bytes(map(LEVELS.index, made.levels)),
        "size": made.sizes,
        "tokens": made.tokens,
        "redacted": {i: r for i, (t, r) in enumerate(zip(made.tokens, made.redacted_tokens, strict=True)) if t != r},
        "occurred": made.occurred,
        "pii": made.pii,
        "pii_logs": sorted(made.pii_logs),
        "rejects": [(r.position, r.error, r.sample) for r in made.rejects],
    }
    packed = bytes(made.hashes) + zlib.compress(cast("bytes", msgpack.packb(columns)), 1)
    return json.dumps(json.loads(envelope(made, packed=packed)) | {"v": 1})


def sqs_record(body: str, *, receives: int = 1) -> dict[str, Any]:
    """A message as Lambda gets it from SQS."""
    identifier = str(new_id())
    return {
        "messageId": identifier,
        "receiptHandle": f"handle-{identifier}",
        "body": body,
        "attributes": {
            "ApproximateReceiveCount": str(receives),
            "SentTimestamp": "1545082649183",
            "SenderId": "AIDAIENQZJOLO23YVJ4VO",
            "ApproximateFirstReceiveTimestamp": "1545082649185",
        },
        "messageAttributes": {},
        "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3",
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:eu-west-1:123456789012:logs",
        "awsRegion": "eu-west-1",
    }


def sqs_event(*batches: LogBatch, receives: int = 1) -> dict[str, Any]:
    """An SQS event with a message for each batch."""
    return {"Records": [sqs_record(envelope(b, packed=pack(b)), receives=receives) for b in batches]}


def kinesis_event(*payloads: bytes) -> dict[str, Any]:
    """A Kinesis event with a record for each payload."""
    return {
        "Records": [
            {
                "kinesis": {
                    "kinesisSchemaVersion": "1.0",
                    "partitionKey": "8f1c",
                    "sequenceNumber": f"4959033827149025660855969253836157109592157598913658855{i}",
                    "data": base64.b64encode(payload).decode(),
                    "approximateArrivalTimestamp": 1790367712.5,
                },
                "eventSource": "aws:kinesis",
                "eventVersion": "1.0",
                "eventID": f"shardId-000000000006:4959033827149025660855969253836157109592157598913658855{i}",
                "eventName": "aws:kinesis:record",
                "invokeIdentityArn": "arn:aws:iam::123456789012:role/lambda-role",
                "awsRegion": "eu-west-1",
                "eventSourceARN": "arn:aws:kinesis:eu-west-1:123456789012:stream/logs",
            }
            for i, payload in enumerate(payloads)
        ]
    }
