"""Lambda: requests, GB-seconds, /tmp and provisioned concurrency."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from shared.mockupaws.contracts.estimates import Line, ServiceCost
from shared.mockupaws.contracts.pipeline import Architecture
from shared.mockupaws.costing.charge import Item, charge, give_back, service_cost
from shared.mockupaws.costing.exact import times
from shared.mockupaws.costing.price_book import Bands
from shared.mockupaws.costing.terms import Terms

FREE_REQUESTS = Decimal(1_000_000)
"""A month, over all functions of an account, x86 and arm together."""
FREE_GB_SECONDS = Decimal(400_000)
"""The same."""
INCLUDED_STORAGE_MB = 512
"""Ephemeral storage that costs nothing."""

_GB_PER_MB = Decimal("0.0009765625")  # 1/1024, exactly
_SECONDS_PER_MS = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Provisioned:
    """Concurrency kept warm.

    Attributes:
        count: environments.
        seconds: how long they are configured.
        memory_mb: of each.
    """

    count: int
    seconds: Decimal
    memory_mb: int


class FunctionUsage(NamedTuple):
    """A function's invocations.

    Attributes:
        architecture: the processor.
        invocations: requests.
        billed_ms: duration of all of them, each rounded up to a millisecond.
        memory_mb: what is configured.
        ephemeral_storage_mb: size of /tmp.
        provisioned: warm environments that all of it runs on, None where it runs on demand.
    """

    architecture: Architecture
    invocations: int
    billed_ms: int
    memory_mb: int
    ephemeral_storage_mb: int = INCLUDED_STORAGE_MB
    provisioned: Provisioned | None = None

    @property
    def gb_seconds(self) -> Decimal:
        """Duration times memory."""
        return _gb_seconds(Decimal(self.billed_ms), self.memory_mb)

    @property
    def storage_gb_seconds(self) -> Decimal:
        """Duration times the part of /tmp that is charged. It has nothing to do with the memory."""
        return _gb_seconds(Decimal(self.billed_ms), max(0, self.ephemeral_storage_mb - INCLUDED_STORAGE_MB))


def function_cost(usage: FunctionUsage, terms: Terms) -> ServiceCost:
    """What a function costs. Provisioned concurrency knows neither free tier nor volume tiers.

    Raises:
        NotPricedError: no price for the architecture in the region.
    """
    lines = _on_demand(usage, terms) if usage.provisioned is None else _provisioned(usage, usage.provisioned, terms)
    if storage := usage.storage_gb_seconds:
        bands = terms.book.bands("lambda", terms.region, usage.architecture, "ephemeral_storage")
        lines += charge([Item("ephemeral_storage", "Ephemeral storage above 512 MB", storage)], bands, terms)
    return service_cost("lambda", lines)


def _on_demand(usage: FunctionUsage, terms: Terms) -> list[Line]:
    requests = terms.book.bands("lambda", terms.region, usage.architecture, "requests")
    duration = terms.book.bands("lambda", terms.region, usage.architecture, "duration")
    invocations, gb_seconds = Decimal(usage.invocations), usage.gb_seconds
    lines = charge([Item("requests", "Requests", invocations)], requests, terms)
    lines += charge([Item("duration", f"Duration at {usage.memory_mb} MB", gb_seconds)], duration, terms)
    if terms.free_tier and invocations:
        free = min(FREE_REQUESTS, invocations)
        lines.append(give_back("free_tier_requests", "Free tier: the first 1,000,000 requests a month", free, requests))
    if terms.free_tier and gb_seconds:
        free = min(FREE_GB_SECONDS, gb_seconds)
        lines.append(give_back("free_tier_duration", "Free tier: the first 400,000 GB-seconds a month", free, duration))
    return lines


def _provisioned(usage: FunctionUsage, warm: Provisioned, terms: Terms) -> list[Line]:
    def bands(usage_type: str) -> Bands:
        return terms.book.bands("lambda", terms.region, usage.architecture, usage_type)

    kept = times(Decimal(warm.count), _gb_seconds(times(warm.seconds, Decimal(1000)), warm.memory_mb))
    return [
        *charge([Item("requests", "Requests", Decimal(usage.invocations))], bands("requests"), terms),
        *charge(
            [Item("provisioned_concurrency", f"{warm.count} environments of {warm.memory_mb} MB kept warm", kept)],
            bands("provisioned_concurrency"),
            terms,
        ),
        *charge(
            [Item("provisioned_duration", f"Duration at {usage.memory_mb} MB on them", usage.gb_seconds)],
            bands("provisioned_duration"),
            terms,
        ),
    ]


def _gb_seconds(milliseconds: Decimal, memory_mb: int) -> Decimal:
    return times(times(milliseconds, _SECONDS_PER_MS), times(Decimal(memory_mb), _GB_PER_MB))
