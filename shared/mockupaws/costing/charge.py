"""Quantities at volume tiers: the lines of a bill."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from shared.mockupaws.contracts.estimates import Bill, Line, ServiceCost
from shared.mockupaws.contracts.prices import Price, PriceUnit, Service
from shared.mockupaws.costing.exact import minus, times, total
from shared.mockupaws.costing.price_book import Bands
from shared.mockupaws.costing.terms import Terms

_PER_UNIT: dict[PriceUnit, Decimal] = {
    "per_million_requests": Decimal("1E-6"),
    "per_gb_second": Decimal(1),
    "per_1k_tokens": Decimal("1E-3"),
    "per_million_tokens": Decimal("1E-6"),
}
_UNIT_NAMES: dict[PriceUnit, str] = {
    "per_million_requests": "request",
    "per_gb_second": "GB-second",
    "per_1k_tokens": "token",
    "per_million_tokens": "token",
}


class Item(NamedTuple):
    """Something that is charged.

    Attributes:
        name: for programs, see `Line.item`.
        description: for people.
        quantity: units.
    """

    name: str
    description: str
    quantity: Decimal


def charge(items: Iterable[Item], bands: Bands, terms: Terms) -> list[Line]:
    """Charges items that share their volume tiers, the first of them filling the first tier first.

    By hand, at $2 up to 10 and $1 above: 8 sends and 4 receives are 8 at $2, 2 at $2 and 2 at $1.

    Args:
        items: what is charged; what has no quantity has no line.
        bands: their price.
        terms: whether the volume tiers apply.
    """
    lines: list[Line] = []
    used = Decimal(0)
    for item in items:
        left = item.quantity
        for price in bands.prices if terms.volume_tiers else (bands.first,):
            if left <= 0:
                break
            end = price.range_end if terms.volume_tiers else None
            here = left if end is None else min(left, max(Decimal(0), minus(end, used)))
            if here > 0:
                lines.append(_line(item.name, item.description, here, price))
                used = total((used, here))
                left = minus(left, here)
    return lines


def give_back(name: str, description: str, quantity: Decimal, bands: Bands) -> Line:
    """The free tier's line: what the first units cost, with a minus.

    Args:
        name: for programs.
        description: for people.
        quantity: free units used.
        bands: their price.
    """
    line = _line(name, description, quantity, bands.first)
    return line.model_copy(
        update={
            "tier": "free",
            "unit_price": -line.unit_price,
            "list_price": -line.list_price,
            "cost_usd": -line.cost_usd,
            "to_quantity": quantity,
        }
    )


def service_cost(service: Service, lines: Iterable[Line]) -> ServiceCost:
    """A service's lines and their sum."""
    kept = tuple(lines)
    return ServiceCost(service=service, cost_usd=total(line.cost_usd for line in kept), lines=kept)


def bill(services: Iterable[ServiceCost]) -> Bill:
    """The services and their sum."""
    kept = tuple(services)
    dates = (line.price_date for service in kept for line in service.lines)
    return Bill(
        total_usd=total(service.cost_usd for service in kept), services=kept, pricing_as_of=max(dates, default=None)
    )


def _line(name: str, description: str, quantity: Decimal, price: Price) -> Line:
    unit_price = times(price.price_per_unit, _PER_UNIT[price.unit])
    return Line(
        service=price.service,
        item=name,
        description=description,
        quantity=quantity,
        unit=_UNIT_NAMES[price.unit],
        unit_price=unit_price,
        tier=price.tier,
        from_quantity=price.range_begin,
        to_quantity=price.range_end,
        cost_usd=times(quantity, unit_price),
        list_price=price.price_per_unit,
        list_unit=price.unit,
        price_source=price.source_url,
        price_date=price.effective_from,
        verified=price.verified,
    )
