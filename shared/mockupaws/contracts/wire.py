"""How values look on the wire: money as exact strings, times in UTC, bodies that refuse what they don't know."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

from shared.mockupaws.contracts.money import plain

Item = TypeVar("Item")

# What SES delivers to: RFC 5321's dot-string at a domain name of two labels or more, in ASCII, 254 characters at most.
_EMAIL = re.compile(
    r"(?=.{3,254}\Z)[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*(?<!.{65})"
    r"@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _utc(value: datetime) -> datetime:
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError("must be in the years 1 to 9999 of UTC") from None


def _written(value: object) -> object:
    if isinstance(value, str) and "T" in value.upper():
        return value
    if isinstance(value, datetime):
        return value
    # Pydantic would take any number for seconds since 1970.
    raise ValueError("must be an ISO 8601 time with its zone, like 2026-09-25T20:21:52Z")


def _day(value: object) -> object:
    if isinstance(value, date) or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    # Pydantic would take a number for seconds since 1970, and a time for its day.
    raise ValueError("must be a date like 2026-09-25")


def iso(value: datetime) -> str:
    """A time as the API writes it: ISO 8601 in UTC, with `Z`."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _storable(value: str) -> str:
    if "\x00" in value:
        raise ValueError("must not contain a NUL character")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("must be valid Unicode, without lone surrogates") from None
    return value


def _email(value: str) -> str:
    lowered = value.lower()
    if not (value.isascii() and _EMAIL.fullmatch(lowered)):
        raise ValueError("must be an email address like name@example.com (the domain in its ASCII form)")
    return lowered


Usd = Annotated[
    Decimal,
    PlainSerializer(plain, return_type=str),
    WithJsonSchema({"type": "string", "format": "decimal", "examples": ["0.00004"]}, mode="serialization"),
]
"""Dollars, exact: a Decimal that leaves as a plain string, no exponent and no idle zeros."""

Number = Usd
"""Any exact quantity or ratio; the same form as money."""

Utc = Annotated[
    AwareDatetime,
    BeforeValidator(_written),
    AfterValidator(_utc),
    PlainSerializer(iso, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""An aware time, turned to UTC, that leaves as ISO 8601 with `Z`."""

Day = Annotated[date, BeforeValidator(_day)]
"""A day, like 2026-09-25."""

Storable = AfterValidator(_storable)
"""Refuses what PostgreSQL can't hold; in an Annotated it stands after the constraints that may strip."""

Text = Annotated[str, Storable]
"""Text that PostgreSQL can hold."""

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255), Storable]
"""What somebody or something is called: not blank, without the space around it."""

Email = Annotated[str, Field(max_length=254, json_schema_extra={"format": "email"}), AfterValidator(_email)]
"""An email address, in lower case. The mailbox's part is lowered too: no provider that people use tells them apart."""


def nothing() -> list[Any]:
    """The default of a list that may be left out. Not `list`, which has no signature to be read: see `money.number`."""
    return []


class Body(BaseModel):
    """A request's body: unknown fields are errors, so that a misspelt option is never silently ignored.

    A schema is built when it is first needed (`defer_build`), so a default that is a model is made by
    `model_construct`: the class's own call would build its schema in every function that imports it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Reply(BaseModel):
    """A response."""

    model_config = ConfigDict(frozen=True, defer_build=True)


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
