"""What may be done with prices. An amount is never changed in place: its row is closed and another one opened."""

import time
from datetime import date, timedelta
from uuid import UUID

import psycopg

from functions.pricing import store
from functions.pricing.models import NewPrice, PriceChange, PricedModels, PriceFilter, PriceRow
from shared.mockupaws.contracts.prices import Price
from shared.mockupaws.contracts.regions import Region
from shared.mockupaws.contracts.wire import Page
from shared.mockupaws.db import Database, Rows
from shared.mockupaws.errors import ConflictError, Detail, InvalidRequestError, NotFoundError, UnavailableError
from shared.mockupaws.observability import describe, logger
from shared.mockupaws.records.store import add_price, replace_price

# Of the time that a request has.
REPRICE_S = 10.0


def list_prices(connection: Rows, wanted: PriceFilter, today: date) -> Page[PriceRow]:
    """A page of prices."""
    items, total = store.page(connection, wanted, today)
    return Page[PriceRow](items=items, total=total, page=wanted.page, page_size=wanted.page_size)


def list_models(connection: Rows, region: Region, today: date) -> PricedModels:
    """The models that can be chosen in a region."""
    return PricedModels(items=store.models(connection, region, today))


def create(connection: Rows, new: NewPrice, today: date) -> PriceRow:
    """Opens a price for something that has none.

    Raises:
        ConflictError: it has one, then or later.
    """
    price = Price(
        service=new.service,
        region=new.region,
        tier=new.tier,
        usage_type=new.usage_type,
        price_per_unit=new.price_per_unit,
        unit=new.unit,
        range_begin=new.range_begin,
        range_end=new.range_end,
        effective_from=new.effective_from or today,
        source_url=str(new.source_url),
        verified=new.verified,
        description=new.description,
    )
    if held := store.overlapping(connection, price):
        raise ConflictError(_instead(held, price.effective_from, today))
    try:
        return _row(add_price(connection, price))
    except psycopg.errors.UniqueViolation as error:
        raise ConflictError("Somebody has just given this a price; change that one.") from error


def change(connection: Rows, price_id: UUID, body: PriceChange, today: date) -> PriceRow:
    """Closes a price the day before another amount holds, and opens that until the first one would have ended.

    Raises:
        NotFoundError: there is no such price.
        ConflictError: it holds no longer, so that the one that does is to be changed; or another one begins that day.
        InvalidRequestError: the new amount would hold before the present one does, or only after it.
    """
    old = _locked(connection, price_id)
    # With a last day yet to come it is in force, and another price may be announced for after that.
    if not old.is_active or (old.effective_to is not None and old.effective_to < today):
        raise ConflictError("This price is history; change the one that is in force.")
    opens = body.effective_from or today
    if opens < old.effective_from:
        raise _wrong_day(f"must not be before {old.effective_from}, the first day of the price that it follows")
    if old.effective_to is not None and opens > old.effective_to:
        raise _wrong_day(f"must not be after {old.effective_to}, the last day of the price that it follows")
    new = old._replace(
        price_per_unit=body.price_per_unit,
        effective_from=opens,
        source_url=str(body.source_url),
        verified=body.verified,
        description=old.description if body.description is None else body.description,
    )
    try:
        return _row(replace_price(connection, old, new))
    except psycopg.errors.UniqueViolation as error:
        raise ConflictError(f"Another price of the same begins on {opens}; choose another day.") from error


def delete(connection: Rows, price_id: UUID, today: date) -> Price:
    """Withdraws a price: no estimate of today or later uses it, and the row stays for those of the days before.

    Returns:
        The price as it was.

    Raises:
        NotFoundError: there is no such price.
    """
    price = _locked(connection, price_id)
    store.withdraw(connection, price_id, today)
    return price


def follow(database: Database, price: Price | PriceRow, today: date) -> None:
    """Brings the totals of a price's region up to date, once its change is committed.

    What this has no time for is left to `retain`, as is all of it while the database is away: the change stands.

    Args:
        database: for many short transactions.
        price: that was opened or withdrawn.
        today: one that is yet to come changes nothing today.
    """
    # Most that is asked of the price table is what is in it.
    from shared.mockupaws.records.repricing import reprice  # noqa: PLC0415

    if not price.is_active or price.effective_from > today:
        return
    deadline = time.monotonic() + REPRICE_S
    try:
        done = reprice(database, [price.region], lambda: deadline - time.monotonic())
    except UnavailableError as error:
        logger.warning("totals not repriced", extra={"region": price.region, **describe(error)})
        return
    if done.left:
        logger.warning("totals left to retain", extra={"region": price.region, "scenarios": done.left})


def _wrong_day(message: str) -> InvalidRequestError:
    return InvalidRequestError(f"effective_from {message}.", details=(Detail("body.effective_from", message),))


def _instead(held: Price, begin: date, today: date) -> str:
    """What to do where something is to get a price from a day on, and has one."""
    if held.effective_to is None:
        return f"This has a price, from {held.effective_from} on; change that one: PUT /pricing/{held.id}."
    last = held.effective_to - timedelta(days=0 if held.is_active else 1)
    after = f"This has a price until {last}; begin after that day"
    # Days that are past keep theirs.
    return f"{after}, or withdraw that one first: DELETE /pricing/{held.id}." if begin >= today else f"{after}."


def _locked(connection: Rows, price_id: UUID) -> Price:
    price = store.lock(connection, price_id)
    if price is None:
        raise NotFoundError("There is no such price.")
    return price


def _row(price: Price) -> PriceRow:
    return PriceRow.model_validate(price, from_attributes=True)
