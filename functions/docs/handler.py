"""The API's description, for programs and for people, and whether it is well. Also answers what no route knows."""

from functools import cache
from importlib.resources import files

from aws_lambda_powertools.event_handler import Response

from functions.docs import service
from functions.docs.models import Health
from functions.docs.page import docs_page
from shared.mockupaws.auth.access import PUBLIC
from shared.mockupaws.contracts.version import API_VERSION
from shared.mockupaws.http import Api

# What is described only changes with a deploy.
_CACHED = "public, max-age=300"

api = Api("docs")


@api.get("/openapi.json", access=PUBLIC, limit=None)
def get_openapi() -> Response[str]:
    """Read this description, an OpenAPI 3.1 document."""
    headers: dict[str, str | list[str]] = {"Cache-Control": _CACHED, "Vary": "Accept-Encoding"}
    return Response(200, "application/json", _openapi(), headers, compress=True)


@api.get("/docs", access=PUBLIC, limit=None)
def get_docs() -> Response[str]:
    """Read this description as a page, and try it."""
    page = docs_page()
    headers: dict[str, str | list[str]] = {
        "Cache-Control": _CACHED,
        "Content-Security-Policy": page.policy,
        "Vary": "Accept-Encoding",
    }
    return Response(200, "text/html; charset=utf-8", page.html, headers, compress=True)


@api.get("/health", access=PUBLIC, limit=None)
def get_health() -> Health:
    """Whether the API can do its work: a 503 names what it can't reach."""
    return service.health(API_VERSION)


@cache
def _openapi() -> str:
    return files(__package__ or "").joinpath("openapi.json").read_text("utf-8")


handler = api.handle
