"""A bill beside another."""

from decimal import Decimal

from shared.mockupaws.contracts.estimates import Bill, Delta, ServiceDelta
from shared.mockupaws.contracts.prices import SERVICES
from shared.mockupaws.costing.exact import minus

_FOUR_PLACES = Decimal("0.0001")


def delta(one: Bill, other: Bill) -> Delta:
    """One bill less another.

    Args:
        one: the bill that is asked about.
        other: what it is held against.
    """
    costs = {each.service: each.cost_usd for each in one.services}
    others = {each.service: each.cost_usd for each in other.services}
    services = [
        ServiceDelta(
            service=service,
            cost_usd=(cost := costs.get(service, Decimal(0))),
            delta_usd=minus(cost, base := others.get(service, Decimal(0))),
            delta_percent=percent(minus(cost, base), base),
        )
        for service in SERVICES
        if service in costs or service in others
    ]
    services.sort(key=lambda each: abs(each.delta_usd), reverse=True)
    difference = minus(one.total_usd, other.total_usd)
    return Delta(delta_usd=difference, delta_percent=percent(difference, other.total_usd), services=tuple(services))


def percent(part: Decimal, whole: Decimal) -> Decimal | None:
    """A part in percent of a whole, for display: to four places. None of nothing."""
    return (part / whole * 100).quantize(_FOUR_PLACES) if whole else None
