"""The gateway's routes and the functions' are the same, written down in two places for two readers."""

import importlib

import pytest

from infra.catalog import FALLBACK, FUNCTIONS, Function
from shared.mockupaws.http import Api

WRITTEN = [function for function in FUNCTIONS if function.routes]


@pytest.mark.parametrize("function", WRITTEN, ids=lambda function: function.name)
def test_a_function_answers_the_routes_that_lead_to_it(function: Function) -> None:
    api = getattr(importlib.import_module(f"functions.{function.name}.handler"), "api", None)
    if function.name == "ingest":
        # The door speaks to whatever comes, and tells paths apart itself.
        assert api is None
        return
    assert isinstance(api, Api)
    assert {route.key for route in function.routes} == set(api.routes)


def test_what_no_route_knows_goes_to_a_function_that_says_so() -> None:
    assert FALLBACK in {function.name for function in WRITTEN}
