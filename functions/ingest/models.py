"""A request at the door, in the words that every dialect shares."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from shared.mockupaws.contracts.batch import Reject
from shared.mockupaws.errors import MockupAwsError
from shared.mockupaws.intake import Record, Unreadable

MAX_REQUEST_BYTES = 6 * 1024 * 1024
MAX_LOGS = 10_000


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


@dataclass(slots=True)
class Decoded:
    """A body, read.

    Attributes:
        records: what can be taken, in order.
        unreadable: what can't.
        single: whether the body was one object, which is answered with its log's id.
    """

    records: list[Record] = field(default_factory=list[Record])
    unreadable: list[Unreadable] = field(default_factory=list[Unreadable])
    single: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a request's records.

    Attributes:
        accepted: logs taken.
        rejects: records not taken.
        first_log_id: the first taken log's id.
        cost_impact_usd: what the taken logs add to the observed cost, US dollars.
        single: whether the body was one object.
    """

    accepted: int
    rejects: list[Reject]
    first_log_id: UUID
    cost_impact_usd: Decimal
    single: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What the sender is told.

    Attributes:
        status: HTTP status; shippers decide by it whether to retry, drop or block.
        body: text, or bytes for a binary encoding.
        content_type: of the body.
        headers: beside Content-Type.
    """

    status: int
    body: str | bytes = ""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


class Dialect(Protocol):
    """How one kind of sender speaks: a module with these three functions."""

    def decode(self, request: Request, body: bytes) -> Decoded:
        """Reads the unpacked body. What is wrong with one record is in `unreadable`.

        Raises:
            InvalidRequestError: nothing of the body can be read.
            PayloadTooLargeError: a message or the number of logs is over the limit; nothing is taken.
        """
        ...

    def accepted(self, request: Request, outcome: Outcome) -> Answer:
        """The answer to a request that was taken."""
        ...

    def failed(self, request: Request, error: MockupAwsError) -> Answer:
        """The answer to a request that was not."""
        ...
