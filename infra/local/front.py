"""One port for the browser: the dashboard's files, and /api passed on to the emulator's HTTP API as it came.

In AWS this is CloudFront. Run as `python -m infra.local.front PORT UPSTREAM HOST [DASHBOARD]`.
"""

import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from infra.local.postgres import LOOPBACK

# What belongs to one connection and not to the message (RFC 9110, 7.6.1), and what is set anew.
_HOP_BY_HOP = frozenset(
    b"connection host keep-alive proxy-authenticate proxy-authorization te trailer transfer-encoding upgrade".split()
)
# API Gateway gives a function 30 seconds.
_TIMEOUT_S = 35


class Api:
    """Passes requests on: bodies streamed and untouched, whatever their encoding, in both directions."""

    def __init__(self, upstream: str, host: str) -> None:
        self._upstream = httpx.URL(upstream)
        self._host = host.encode()
        self._client = httpx.AsyncClient(timeout=_TIMEOUT_S, limits=httpx.Limits(max_connections=200))
        # httpx would ask for compression on the client's behalf, and name itself.
        self._client.headers.clear()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request with what the upstream answers."""
        request = Request(scope, receive)
        try:
            response = await self._forward(request)
        except httpx.HTTPError:
            response = _unavailable()
        except ClientDisconnect:
            return
        await response(scope, receive, send)

    async def close(self) -> None:
        """Close the connections to the upstream."""
        await self._client.aclose()

    async def _forward(self, request: Request) -> Response:
        query = request.scope["query_string"]
        target = request.scope["raw_path"] + (b"?" + query if query else b"")
        headers = [(name, value) for name, value in request.headers.raw if name not in _HOP_BY_HOP]
        headers.append((b"host", self._host))
        headers.append((b"x-forwarded-for", (request.client.host if request.client else LOOPBACK).encode()))
        headers.append((b"x-forwarded-proto", b"http"))
        has_body = "content-length" in request.headers or "transfer-encoding" in request.headers
        passed_on = self._client.build_request(
            request.method,
            self._upstream.copy_with(raw_path=target),
            headers=headers,
            content=request.stream() if has_body else None,
        )
        answer = await self._client.send(passed_on, stream=True)
        response = StreamingResponse(answer.aiter_raw(), answer.status_code, background=BackgroundTask(answer.aclose))
        response.raw_headers = [
            (name.lower(), value) for name, value in answer.headers.raw if name.lower() not in _HOP_BY_HOP
        ]
        return response


class Dashboard(StaticFiles):
    """The dashboard's files; what is no file is a page of it, which index.html shows."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Give a file, or index.html."""
        try:
            return await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code == 404 and "." not in Path(path).name:  # noqa: PLR2004 - not found
                return await super().get_response("index.html", scope)
            raise


def application(upstream: str, host: str, dashboard: Path) -> Starlette:
    """Make the application.

    Args:
        upstream: where the emulator listens, as in `http://127.0.0.1:4566`.
        host: the Host header by which it knows our HTTP API.
        dashboard: the dashboard's built files; where there are none yet, / leads to the API's description.
    """
    pages = (
        Mount("/", app=Dashboard(directory=dashboard, html=True))
        if (dashboard / "index.html").is_file()
        else Route("/", _to_the_docs)
    )
    api = Api(upstream, host)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncGenerator[None]:
        yield
        await api.close()

    return Starlette(routes=[Mount("/api", app=api), pages], lifespan=lifespan)


def _to_the_docs(_request: Request) -> Response:
    return RedirectResponse("/api/v1/docs")


def _unavailable() -> JSONResponse:
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    body = {"error": "unavailable", "message": "The emulator does not answer.", "timestamp": now, "request_id": ""}
    return JSONResponse(body, 503, headers={"Retry-After": "1"})


def main(port: str, upstream: str, host: str, dashboard: str) -> None:
    """Serve until told to stop."""
    uvicorn.run(
        application(upstream, host, Path(dashboard)),
        host=LOOPBACK,
        port=int(port),
        access_log=False,
        log_level="warning",
        # The API's answers have their own.
        server_header=False,
        date_header=False,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
