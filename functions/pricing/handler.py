"""`/pricing`: what AWS charges, since when and according to whom."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.pricing import refresh, service
from functions.pricing.models import (
    ModelFilter,
    NewPrice,
    PriceChange,
    PricedModels,
    PriceFilter,
    PriceRow,
    RefreshStarted,
)
from shared.mockupaws.auth.access import reads, session
from shared.mockupaws.contracts.wire import Page
from shared.mockupaws.db import database
from shared.mockupaws.http import Api

api = Api("pricing")


@api.get("/pricing", access=reads("read:metrics"))
def list_prices(wanted: Annotated[PriceFilter, Query()]) -> Page[PriceRow]:
    """List prices: those in force today, on another day (`active_on`), or all that ever were (`history`)."""
    with database().transaction() as connection:
        return service.list_prices(connection, wanted, datetime.now(UTC).date())


@api.get("/pricing/models", access=reads("read:metrics"))
def list_models(wanted: Annotated[ModelFilter, Query()]) -> PricedModels:
    """List the Bedrock models that are priced in a region today, with the modes they are sold in."""
    with database().transaction() as connection:
        return service.list_models(connection, wanted.region, datetime.now(UTC).date())


@api.post("/pricing", access=session("superuser"), status=201)
def create_price(new: NewPrice) -> PriceRow:
    """Add a price for something that has none."""
    today = datetime.now(UTC).date()
    with database().transaction() as connection:
        opened = service.create(connection, new, today)
    service.follow(database(), opened, today)
    return opened


@api.put("/pricing/<price_id>", access=session("superuser"))
def change_price(price_id: UUID, change: PriceChange) -> PriceRow:
    """Change an amount. The price is closed and another one opened, which is the reply; history is kept."""
    today = datetime.now(UTC).date()
    with database().transaction() as connection:
        opened = service.change(connection, price_id, change, today)
    service.follow(database(), opened, today)
    return opened


@api.delete("/pricing/<price_id>", access=session("superuser"))
def delete_price(price_id: UUID) -> None:
    """Withdraw a price: it stays for estimates of the days before, and for no others."""
    today = datetime.now(UTC).date()
    with database().transaction() as connection:
        withdrawn = service.delete(connection, price_id, today)
    service.follow(database(), withdrawn, today)


@api.post("/pricing/refresh", access=session("superuser"), status=202)
def refresh_prices() -> RefreshStarted:
    """Have the prices compared with the AWS Price List now, as happens every week."""
    refresh.start()
    return RefreshStarted()


handler = api.handle
