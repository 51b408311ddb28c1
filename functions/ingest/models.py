"""A request at the door, in the words that every dialect shares."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from shared.mockupaws.contracts.batch import Reject
from shared.mockupaws.errors import MockupAwsError, PayloadTooLargeError
from shared.mockupaws.intake import IS_UTF16, MAX_CONTAINERS, MAX_MESSAGE_BYTES, Record, Unreadable, is_utf16
from shared.mockupaws.profiling.unicode import utf8

MAX_REQUEST_BYTES = 6 * 1024 * 1024
MAX_LOGS = 10_000
BULK = "/_bulk"
"""What the paths of Elasticsearch's bulk API end with; its own clients PUT there, others POST."""
LOKI = "/loki/api/v1/push"
"""The door of Loki's clients."""
FIREHOSE_REQUEST_ID = "x-amz-firehose-request-id"
"""The header that a try of a delivery has in common with the others."""


class RecordTooLargeError(PayloadTooLargeError):
    """One of its records is what makes a request too large."""


@dataclass(frozen=True, slots=True)
class Request:
    """What came in, before its body is read.

    Attributes:
        method: HTTP method.
        path: below `/api/v1/ingest`, `/loki/api/v1/push`; empty for the door itself.
        headers: names in lower case.
        query: the last value of each parameter.
        address: the client's.
        request_id: API Gateway's.
        encoded_body: as it came, base64 where `is_base64`.
        is_base64: whether API Gateway encoded it.
    """

    method: str
    path: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    address: str
    request_id: str
    encoded_body: str
    is_base64: bool


class Outcome(NamedTuple):
    """What became of a request's records.

    Attributes:
        accepted: logs taken.
        rejects: records not taken.
        first_log_id: the first taken log's id.
        cost_impact_usd: what the taken logs add to the observed cost, US dollars.
    """

    accepted: int
    rejects: list[Reject]
    first_log_id: UUID
    cost_impact_usd: Decimal


class Answer(NamedTuple):
    """What the sender is told.

    Attributes:
        status: HTTP status; shippers decide by it whether to retry, drop or block.
        body: text, or bytes for a binary encoding.
        content_type: of the body.
        headers: beside Content-Type.
        said: what the log line says of it.
    """

    status: int
    body: str | bytes = ""
    content_type: str = "application/json"
    headers: Mapping[str, str] = MappingProxyType({})
    said: Mapping[str, Any] = MappingProxyType({})


@dataclass(slots=True)
class Decoded:
    """A body, read.

    Attributes:
        reply: the answer to the sender, once it is known what became of the records.
        most: how many logs there may be; what is over `MAX_LOGS` goes into further batches.
        body_hash: SHA-256 of what the tries of one request share, where that isn't the whole body.
        records: what can be taken, in order.
        unreadable: what can't.
        containers: what holds logs or is held by them: streams, scopes, attributes.
    """

    reply: Callable[[Outcome], Answer]
    most: int = MAX_LOGS
    body_hash: bytes | None = None
    records: list[Record] = field(default_factory=list[Record])
    unreadable: list[Unreadable] = field(default_factory=list[Unreadable])
    containers: int = 0

    @property
    def position(self) -> int:
        """The place in the request that the next record or unreadable part has."""
        return len(self.records) + len(self.unreadable)

    def take(self, record: Record) -> None:
        """Adds a record; one without a message is no log.

        Raises:
            RecordTooLargeError: it is too long; nothing of the request is taken, unless the dialect refuses it alone.
            PayloadTooLargeError: it is one too many; nothing of the request is taken.
        """
        if not record.message:
            self.refuse("the message is empty", "")
            return
        if is_utf16(record.message):
            self.refuse(IS_UTF16, record.message)
            return
        # UTF-8 has one to four bytes a character.
        if len(record.message) * 4 > MAX_MESSAGE_BYTES < (size := len(utf8(record.message)[1])):
            raise RecordTooLargeError(
                f"A message has {size:,} bytes; at most {MAX_MESSAGE_BYTES:,} are allowed, as by SQS. "
                "Nothing of the request was taken."
            )
        self._count()
        self.records.append(record)

    def refuse(self, error: str, text: str) -> None:
        """Adds a part that is no log.

        Raises:
            PayloadTooLargeError: it is one too many.
        """
        self._count()
        self.unreadable.append(Unreadable(self.position, error, text))

    def hold(self, containers: int) -> None:
        """Counts containers before they are gone through: a small body may have millions, and no log.

        Raises:
            PayloadTooLargeError: they are more than so many logs have.
        """
        self.containers += containers
        if self.containers > MAX_CONTAINERS:
            raise PayloadTooLargeError(
                f"More than {MAX_CONTAINERS:,} objects, lists and attributes in a request; nothing of it was taken. "
                "Send smaller batches."
            )

    def _count(self) -> None:
        if self.position >= self.most:
            raise PayloadTooLargeError(
                f"More than {self.most:,} logs in a request; nothing of it was taken. Send smaller batches."
            )


class Dialect(Protocol):
    """How one kind of sender speaks: a module with these two functions."""

    def decode(self, request: Request, body: bytes) -> Decoded:
        """Reads the unpacked body. What is wrong with one record is in `unreadable`.

        Raises:
            InvalidRequestError: nothing of the body can be read.
            PayloadTooLargeError: a message or the number of logs is over the limit; nothing is taken.
        """
        ...

    def failed(self, request: Request, error: MockupAwsError) -> Answer:
        """The answer to a request that was not taken."""
        ...
