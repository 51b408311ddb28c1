"""Prices as the API takes and gives them."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self, get_args
from uuid import UUID

from pydantic import AnyHttpUrl, ConfigDict, Field, StrictBool, StringConstraints, model_validator

from shared.mockupaws.contracts.pipeline import Architecture, Mode, QueueType
from shared.mockupaws.contracts.prices import TOKEN_KINDS, PriceUnit, Service
from shared.mockupaws.contracts.regions import Region
from shared.mockupaws.contracts.wire import Body, Day, Number, Reply, Storable, Text, Usd

TIERS: dict[Service, tuple[str, ...]] = {
    "sqs": get_args(QueueType),
    "lambda": get_args(Architecture),
    "bedrock": get_args(Mode),
}
USAGE_TYPES: dict[Service, tuple[str, ...]] = {
    "sqs": ("requests",),
    "lambda": ("requests", "duration", "ephemeral_storage", "provisioned_concurrency", "provisioned_duration"),
    "bedrock": tuple(f"<model>/{kind}" for kind in TOKEN_KINDS),
}
UNITS: dict[str, tuple[PriceUnit, ...]] = {
    "requests": ("per_million_requests",),
    "tokens": ("per_1k_tokens", "per_million_tokens"),
    "time": ("per_gb_second",),
}

Amount = Annotated[Usd, Field(ge=0, le=1_000_000, max_digits=30, decimal_places=20)]
Bound = Annotated[Number, Field(ge=0, le=10**18, max_digits=24, decimal_places=4)]
Source = Annotated[AnyHttpUrl, Field(max_length=500)]
Note = Annotated[str, StringConstraints(max_length=1000), Storable]


class PriceRow(Reply):
    """A price, in force or not.

    Attributes:
        service: who charges it.
        tier: queue type, processor or mode.
        usage_type: what is charged; for Bedrock the model's id and the kind of token, `model/input`.
        price_per_unit: US dollars a `unit`.
        range_begin: first single unit a month that it is for.
        range_end: where the next volume tier begins, null for the last.
        effective_from: first day that it holds.
        effective_to: last day, null while it holds; where it isn't active, the first day that it doesn't count for.
        is_active: whether it was withdrawn or replaced on its first day (false).
        source_url: where it was read.
        verified: whether AWS itself was the source.
    """

    id: UUID
    service: Service
    region: str
    tier: str
    usage_type: str
    price_per_unit: Usd
    unit: PriceUnit
    range_begin: Number
    range_end: Number | None
    effective_from: date
    effective_to: date | None
    is_active: bool
    source_url: str | None
    verified: bool
    description: str | None


class NewPrice(Body):
    """A price for something that has none."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "service": "bedrock",
                    "region": "us-east-1",
                    "tier": "on_demand",
                    "usage_type": "amazon.nova-lite-v1:0/input",
                    "price_per_unit": "0.00006",
                    "unit": "per_1k_tokens",
                    "source_url": "https://aws.amazon.com/bedrock/pricing/",
                }
            ]
        }
    )

    service: Service
    region: Region
    tier: Annotated[str, StringConstraints(min_length=1, max_length=50)]
    usage_type: Annotated[str, StringConstraints(min_length=1, max_length=250), Storable]
    price_per_unit: Amount
    unit: PriceUnit
    range_begin: Bound = Decimal(0)
    range_end: Bound | None = None
    effective_from: Day | None = None
    source_url: Source
    verified: StrictBool = False
    description: Note | None = None

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        if self.tier not in TIERS[self.service]:
            raise ValueError(f"tier: {self.service} has {', '.join(TIERS[self.service])}")
        what = self.usage_type
        if self.service == "bedrock":
            model, _, kind = what.rpartition("/")
            known, unit = bool(model) and kind in TOKEN_KINDS, "tokens"
        else:
            known, unit = what in USAGE_TYPES[self.service], "requests" if what == "requests" else "time"
        if not known:
            raise ValueError(f"usage_type: {self.service} has {', '.join(USAGE_TYPES[self.service])}")
        if self.unit not in UNITS[unit]:
            raise ValueError(f"unit: {what} is priced {' or '.join(UNITS[unit])}")
        if self.range_end is not None and self.range_end <= self.range_begin:
            raise ValueError("range_end: must be above range_begin")
        return self


class PriceChange(Body):
    """A new amount for something that has a price.

    Attributes:
        price_per_unit: US dollars, of the same unit.
        effective_from: first day that it holds; today if not given. The present price holds until the day before, and
            what is announced for after that one's last day stays.
        source_url: where it was read.
        verified: whether AWS itself was the source.
        description: kept as it is if not given.
    """

    price_per_unit: Amount
    effective_from: Day | None = None
    source_url: Source
    verified: StrictBool = False
    description: Note | None = None


class PriceFilter(Reply):
    """Which prices to list.

    Attributes:
        model: part of a Bedrock model's id.
        active_on: those in force on a day, also if they were withdrawn later; today if not given.
        history: all of them instead, whenever they held.
    """

    service: Service | None = None
    region: Text | None = None
    tier: Text | None = None
    model: Annotated[str, StringConstraints(min_length=1, max_length=200), Storable] | None = None
    active_on: Day | None = None
    history: bool = False
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    page_size: Annotated[int, Field(ge=1, le=100)] = 50


class ModelFilter(Reply):
    """Where a model is to run.

    Attributes:
        region: AWS region.
    """

    region: Region


class PricedModel(Reply):
    """A Bedrock model that estimates can be made with.

    Attributes:
        model_id: the model or cross-region profile as Bedrock names it.
        modes: how it is sold in the region.
    """

    model_id: str
    modes: list[Mode]


class PricedModels(Reply):
    """The models that are priced in a region today, by id: few enough for one reply."""

    items: list[PricedModel]


class RefreshStarted(Reply):
    """A refresh was asked for; the prices follow within minutes."""

    status: Literal["started"] = "started"
