"""How values look on the wire: money as exact strings, times in UTC, bodies that refuse what they don't know."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Generic, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, PlainSerializer, WithJsonSchema

Item = TypeVar("Item")


def _plain(value: Decimal) -> str:
    return format(value, "f")


def _utc(value: datetime) -> datetime:
    return value.astimezone(UTC)


def _iso(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _storable(value: str) -> str:
    if "\x00" in value:
        raise ValueError("must not contain a NUL character")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("must be valid Unicode, without lone surrogates") from None
    return value


Usd = Annotated[
    Decimal,
    PlainSerializer(_plain, return_type=str),
    WithJsonSchema({"type": "string", "format": "decimal", "examples": ["0.00004"]}, mode="serialization"),
]
"""Dollars, exact: a Decimal that leaves as a plain string, never in scientific notation."""

Number = Usd
"""Any exact quantity or ratio; the same form as money."""

Utc = Annotated[
    AwareDatetime,
    AfterValidator(_utc),
    PlainSerializer(_iso, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""An aware time, turned to UTC, that leaves as ISO 8601 with `Z`."""

Text = Annotated[str, AfterValidator(_storable)]
"""Text that PostgreSQL can hold."""


class Body(BaseModel):
    """A request's body: unknown fields are errors, so that a misspelt option is never silently ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Reply(BaseModel):
    """A response."""

    model_config = ConfigDict(frozen=True)


class Page(Reply, Generic[Item]):
    """A page of a list.

    Attributes:
        items: this page's objects.
        total: how many there are on all pages.
        page: this page's number, from 1.
        page_size: how many a page holds.
    """

    items: list[Item]
    total: int
    page: int
    page_size: int
