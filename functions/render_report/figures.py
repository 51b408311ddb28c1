"""All that a report says, read and reckoned at one moment."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from functions.render_report.alternatives import alternatives
from functions.render_report.models import Figures, LeftOut, Previous
from shared.mockupaws.contracts.estimates import Bill, VariantEstimate
from shared.mockupaws.contracts.metrics import Metrics
from shared.mockupaws.contracts.regions import REGIONS
from shared.mockupaws.contracts.reports import ReportOptions
from shared.mockupaws.contracts.traffic import Traffic
from shared.mockupaws.contracts.version import API_VERSION
from shared.mockupaws.costing.estimate import Month, month, month_usage, monthly, observed
from shared.mockupaws.costing.price_book import NotPricedError, PriceBook
from shared.mockupaws.costing.savings import savings
from shared.mockupaws.costing.what_if import Variant, what_if
from shared.mockupaws.db import Rows
from shared.mockupaws.errors import InvalidRequestError
from shared.mockupaws.records.metrics import read_metrics
from shared.mockupaws.records.prices import price_book
from shared.mockupaws.records.store import Recording, read_traffic


def read_figures(connection: Rows, recording: Recording, options: ReportOptions, previous: Previous | None) -> Figures:
    """Reads a scenario's figures.

    Args:
        connection: in a transaction that sees one state of the database, for the figures add up to each other.
        recording: the scenario.
        options: what is to be shown.
        previous: what the last report said.
    """
    traffic = read_traffic(connection, recording.id)
    metrics = read_metrics(connection, recording, options.date_from, options.date_to)
    books = {region: price_book(connection, region) for region in REGIONS}
    return reckon(recording, traffic, metrics, books, options=options, previous=previous)


def reckon(
    recording: Recording,
    traffic: Traffic,
    metrics: Metrics,
    books: Mapping[str, PriceBook],
    *,
    options: ReportOptions,
    previous: Previous | None,
) -> Figures:
    """Prices what was read.

    Args:
        recording: the scenario.
        traffic: all that it recorded.
        metrics: that of the range to be shown.
        books: prices in force, by region.
        options: what is to be shown.
        previous: what the last report said.
    """
    known = Figures(
        recording=recording,
        options=options,
        metrics=metrics,
        observed=None,
        monthly=None,
        savings=None,
        variants=(),
        left_out=(),
        unpriced=None,
        previous=previous,
        traffic_hash=_traffic_hash(traffic),
        price_hash=_price_hash(),
        version=API_VERSION,
        made_at=datetime.now(UTC),
    )
    region, pipeline, book = recording.region, recording.pipeline, books[recording.region]
    of = month(traffic, pipeline.assumptions.hours_per_month)
    try:
        seen, projected = observed(traffic, pipeline, book, region), monthly(traffic, pipeline, book, region, of)
    except NotPricedError as error:
        return replace(known, unpriced=error.message)
    variants, left_out = _variants(traffic, of, recording, books, options)
    return replace(
        known,
        observed=seen,
        monthly=projected,
        savings=savings(traffic, pipeline, book, region, of),
        variants=variants,
        left_out=left_out,
        price_hash=_price_hash(seen, projected),
    )


def _variants(
    traffic: Traffic, of: Month, recording: Recording, books: Mapping[str, PriceBook], options: ReportOptions
) -> tuple[tuple[VariantEstimate, ...], tuple[LeftOut, ...]]:
    """What was asked for, or else other regions, models and an end without one; and what of the asked can't be had."""
    asked = [Variant(variant.name, variant.pipeline, variant.region) for variant in options.variants]
    found: list[VariantEstimate] = []
    left_out: list[LeftOut] = []
    used = month_usage(traffic, recording.pipeline, of)
    for variant in asked or alternatives(recording.pipeline, used, recording.region, books):
        try:
            _, priced = what_if(traffic, recording.pipeline, books, recording.region, [variant])
        except InvalidRequestError as error:
            why = "not_priced" if isinstance(error, NotPricedError) else "not_built"
            detail = error.message.removeprefix(f"Variant {variant.name!r}: ")
            left_out.append(LeftOut(variant.name, why, detail))
        else:
            found += priced
    # Nobody misses what nobody asked for.
    return tuple(found), tuple(left_out) if asked else ()


def _traffic_hash(traffic: Traffic) -> str:
    parts = {name: [part._asdict() for part in getattr(traffic, name)] for name in ("cells", "arrivals", "series")}
    return _hash(traffic._asdict() | parts)


def _price_hash(*bills: Bill) -> str:
    lines = [line for bill in bills for service in bill.services for line in service.lines]
    prices = {
        (line.service, line.tier, line.item, str(line.from_quantity), str(line.list_price), str(line.price_date))
        for line in lines
    }
    return _hash(sorted(prices))


def _hash(value: Any) -> str:
    return sha256(json.dumps(value, sort_keys=True, default=_plain).encode()).hexdigest()


def _plain(value: Any) -> str:
    assert isinstance(value, Decimal)  # noqa: S101 (what the contracts hold besides JSON's own)
    return str(value)
