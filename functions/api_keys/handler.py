"""API keys, managed by their owners' sessions: no key can make, see or change keys."""

from typing import Annotated
from uuid import UUID

from aws_lambda_powertools.event_handler.openapi.params import Query

from functions.api_keys import service
from functions.api_keys.models import ApiKey, IssuedApiKey, NewApiKey
from shared.mockupaws.auth.access import session
from shared.mockupaws.auth.limits import API_KEYS
from shared.mockupaws.contracts.wire import Page
from shared.mockupaws.db import database
from shared.mockupaws.http import Api

api = Api("api keys")


@api.post("/api-keys", access=session(), limit=API_KEYS, status=201)
def create_api_key(body: NewApiKey) -> IssuedApiKey:
    """Make an API key.

    The whole key is in this answer and nowhere else, ever.
    """
    with database().transaction() as connection:
        return service.issue(connection, api.caller, body)


@api.get("/api-keys", access=session(), limit=API_KEYS)
def list_api_keys(
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    page_size: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Page[ApiKey]:
    """List one's own API keys, the newest first."""
    with database().transaction() as connection:
        return service.list_own(connection, api.caller, page=page, page_size=page_size)


@api.delete("/api-keys/<key_id>", access=session(), limit=API_KEYS)
def revoke_api_key(key_id: UUID) -> None:
    """Revoke an API key; a superuser may revoke anybody's."""
    with database().transaction() as connection:
        service.revoke(connection, api.caller, key_id)


@api.post("/api-keys/<key_id>/rotate", access=session(), limit=API_KEYS)
def rotate_api_key(key_id: UUID) -> IssuedApiKey:
    """Replace an API key's secret; the old one stops working at once."""
    with database().transaction() as connection:
        return service.rotate(connection, api.caller, key_id)


handler = api.handle
