"""Other designs on the same recorded traffic."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pydantic import ValidationError

from shared.mockupaws.contracts.estimates import MonthlyEstimate, VariantEstimate
from shared.mockupaws.contracts.pipeline import Pipeline, PipelineChange
from shared.mockupaws.contracts.traffic import Traffic
from shared.mockupaws.costing.delta import delta
from shared.mockupaws.costing.estimate import Month, month, monthly
from shared.mockupaws.costing.price_book import NotPricedError, PriceBook
from shared.mockupaws.errors import Detail, InvalidRequestError, problems


class Variant(NamedTuple):
    """Another design.

    Attributes:
        name: what to call it.
        change: what differs from the scenario's design.
        region: where it would run, None for the scenario's region.
    """

    name: str
    change: PipelineChange
    region: str | None = None


class Months:
    """The month that follows from a recording, by its length. Resampled once, priced often."""

    def __init__(self, traffic: Traffic) -> None:
        self._traffic = traffic
        self._by_hours: dict[int, Month] = {}

    def of(self, pipeline: Pipeline) -> Month:
        """The month that a design assumes."""
        hours = pipeline.assumptions.hours_per_month
        if hours not in self._by_hours:
            self._by_hours[hours] = month(self._traffic, hours)
        return self._by_hours[hours]


def what_if(
    traffic: Traffic,
    pipeline: Pipeline,
    books: Mapping[str, PriceBook],
    region: str,
    variants: Sequence[Variant],
    *,
    path: str = "variants",
) -> tuple[MonthlyEstimate, tuple[VariantEstimate, ...]]:
    """The scenario's month, and each variant's beside it.

    Args:
        traffic: what was recorded.
        pipeline: the scenario's design.
        books: prices in force, of every region that is asked for.
        region: the scenario's.
        variants: what to try.
        path: where an error says that they are.

    Raises:
        InvalidRequestError: variants that AWS wouldn't build, or of which a region, model or mode isn't priced (then a
            NotPricedError if it is one alone). All of them are in its details, so that they can be left out.
        NotPricedError: the scenario's own design isn't priced.
    """
    months = Months(traffic)
    base = monthly(traffic, pipeline, books[region], region, months.of(pipeline))
    priced: list[VariantEstimate] = []
    refused: list[InvalidRequestError] = []
    for index, variant in enumerate(variants):
        place = variant.region or region
        try:
            design = _design(f"{path}.{index}", variant, pipeline)
            estimate = monthly(traffic, design, books[place], place, months.of(design))
        except NotPricedError as error:
            part = f"{path}.{index}" if error.field == "region" else f"{path}.{index}.pipeline"
            refused.append(error.within(part, f"Variant {variant.name!r}"))
        except InvalidRequestError as error:
            refused.append(error)
        else:
            priced.append(
                VariantEstimate(
                    name=variant.name, region=place, pipeline=design, monthly=estimate, delta=delta(estimate, base)
                )
            )
    if len(refused) > 1:
        details = tuple(detail for error in refused for detail in error.details)
        raise InvalidRequestError(" ".join(f"{error.message.rstrip('.')}." for error in refused), details=details)
    if refused:
        raise refused[0]
    return base, tuple(priced)


def _design(path: str, variant: Variant, pipeline: Pipeline) -> Pipeline:
    try:
        return variant.change.applied_to(pipeline)
    except ValidationError as error:
        message = "; ".join(problems(error))
        raise InvalidRequestError(
            f"Variant {variant.name!r}: {message}", details=(Detail(f"{path}.pipeline", message),)
        ) from error
