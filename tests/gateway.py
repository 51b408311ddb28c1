"""API Gateway in front of a domain's handler: HTTP requests become the events that a Lambda gets, and back.

api = Gateway(handler, routes=api.routes)
reply = api.post("/scenarios", {"name": "mine", "region": "eu-west-1"}, key=factories.api_key(connection)["key"])
assert reply.status == 201
"""

import base64
import copy
import gzip
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from aws_lambda_powertools.utilities.typing import LambdaContext

from shared.mockupaws.replies import BASE_PATH

_EVENT: dict[str, Any] = json.loads((Path(__file__).parent / "events" / "http_api.json").read_text())
_TEXT = ("text/", "application/json", "application/javascript", "application/xml")


@dataclass(frozen=True)
class HttpReply:
    """What a client gets: `headers` by their names in lower case."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


class Gateway:
    """An HTTP API with one Lambda behind it.

    Args:
        handler: the Lambda's.
        routes: the route keys that lead to it (`Api.routes`); what matches none of them goes to `$default`.
        address: the client's.
    """

    def __init__(
        self, handler: Callable[[Any, Any], dict[str, Any]], routes: Iterable[str], *, address: str = "203.0.113.7"
    ) -> None:
        self._handler = handler
        self._routes = list(routes)
        self._address = address

    def get(self, path: str, **options: Any) -> HttpReply:
        return self.request("GET", path, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> HttpReply:
        return self.request("POST", path, body=body, **options)

    def put(self, path: str, body: Any = None, **options: Any) -> HttpReply:
        return self.request("PUT", path, body=body, **options)

    def delete(self, path: str, **options: Any) -> HttpReply:
        return self.request("DELETE", path, **options)

    def request(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        query: Mapping[str, str | int | list[str]] | None = None,
        headers: Mapping[str, str] | None = None,
        key: str | None = None,
        token: str | None = None,
    ) -> HttpReply:
        """Send a request.

        Args:
            method: HTTP method.
            path: below /api/v1, or the whole of one outside it.
            body: bytes and str as they are, anything else as JSON.
            query: parameters; a list is one that repeats.
            headers: more of them.
            key: an API key.
            token: an access token.
        """
        sent = {name.lower(): value for name, value in (headers or {}).items()}
        if key is not None:
            sent["x-api-key"] = key
        if token is not None:
            sent["authorization"] = f"Bearer {token}"
        if body is not None:
            sent.setdefault("content-type", "application/json")
        event = self.event(method, path, _as_bytes(body), query or {}, sent)
        answer = self._handler(event, Invocation())
        received = {name.lower(): value for name, value in answer["headers"].items()}
        text = answer.get("body") or ""
        if answer.get("isBase64Encoded"):
            content = base64.b64decode(text)
            text = (gzip.decompress(content) if received.get("content-encoding") == "gzip" else content).decode()
        return HttpReply(answer["statusCode"], received, text)

    def event(
        self,
        method: str,
        path: str,
        body: bytes | None,
        query: Mapping[str, str | int | list[str]],
        headers: Mapping[str, str],
    ) -> dict[str, Any]:
        """Make the event of a request, payload format 2.0."""
        event = copy.deepcopy(_EVENT)
        full = path if path.startswith(BASE_PATH) else BASE_PATH + path
        route, parameters = self._match(method, full)
        http = event["requestContext"]["http"]
        event["routeKey"] = event["requestContext"]["routeKey"] = route
        event["rawPath"] = http["path"] = full
        event["rawQueryString"] = urlencode(query, doseq=True)
        http["method"], http["sourceIp"] = method, self._address
        event["headers"] |= headers
        if parameters:
            event["pathParameters"] = parameters
        if query:
            event["queryStringParameters"] = {
                name: ",".join(value) if isinstance(value, list) else str(value) for name, value in query.items()
            }
        if body is not None:
            event["headers"]["content-length"] = str(len(body))
            is_text = headers.get("content-type", "").startswith(_TEXT) and "content-encoding" not in headers
            event["isBase64Encoded"] = not is_text
            event["body"] = base64.b64encode(body).decode() if event["isBase64Encoded"] else body.decode()
        return event

    def _match(self, method: str, path: str) -> tuple[str, dict[str, str]]:
        # API Gateway takes the most specific route: the one with the fewest parameters.
        for route in sorted(self._routes, key=lambda route: route.count("{")):
            its_method, _, template = route.partition(" ")
            pattern = re.sub(r"\{(\w+)\+\}", r"(?P<\1>.+)", template)
            found = re.fullmatch(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", pattern), path)
            if its_method in (method, "ANY") and found:
                return route, found.groupdict()
        return "$default", {}


class Invocation(LambdaContext):
    """What Lambda tells a handler about its invocation.

    Args:
        remaining_ms: what it says is left of the timeout, always.
    """

    def __init__(self, *, remaining_ms: int = 30_000) -> None:
        self._function_name = "mockupaws"
        self._memory_limit_in_mb = 256
        self._invoked_function_arn = "arn:aws:lambda:eu-west-1:123456789012:function:mockupaws"
        self._aws_request_id = "6f1f5b6e-6d0b-4c3e-8b0a-0f5d7d2f9a11"
        self.get_remaining_time_in_millis = lambda: remaining_ms


def _as_bytes(body: Any) -> bytes | None:
    if body is None or isinstance(body, bytes):
        return body
    return (body if isinstance(body, str) else json.dumps(body)).encode()
