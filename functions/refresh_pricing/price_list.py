"""The AWS Price List, page by page, through the one function that can reach it."""

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from shared.mockupaws.invocation import correlation_id
from shared.mockupaws.settings import settings

Fetch = Callable[[dict[str, str]], dict[str, Any]]
"""Asks `fetch_prices` for a page."""


class PriceListError(RuntimeError):
    """A page couldn't be had; the function's own log says why."""


def fetcher() -> Fetch:
    """What asks the stage's `fetch_prices`."""
    import boto3  # noqa: PLC0415 - loaded when it is needed

    client = boto3.client("lambda")

    def fetch(wish: dict[str, str]) -> dict[str, Any]:
        asked = json.dumps({**wish, "correlation_id": correlation_id()})
        answer = client.invoke(FunctionName=settings().fetch_function, Payload=asked.encode())
        payload: dict[str, Any] = json.loads(answer["Payload"].read())
        if answer.get("FunctionError"):
            raise PriceListError(f"{wish['offer']} in {wish['region']}: {payload.get('errorMessage', 'failed')}")
        return payload

    return fetch


def products(fetch: Fetch, offer: str, region: str) -> Iterator[dict[str, Any]]:
    """Every product of an offer in a region.

    Args:
        fetch: asks for a page.
        offer: AWS's code of the service.
        region: AWS region.

    Raises:
        PriceListError: a page couldn't be had.
    """
    after = ""
    while True:
        page = fetch({"offer": offer, "region": region, "token": after})
        for text in page["products"]:
            yield json.loads(text, parse_float=Decimal)
        after = page["token"]
        if not after:
            return
