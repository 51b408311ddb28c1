"""API Gateway's HTTP events to routes and back: admission, validation, errors, headers and the log line, once for all.

A domain declares its routes on an `Api`, each with who may call it and which allowance it spends:

    api = Api("scenarios")

    @api.get("/scenarios/<scenario_id>", access=reads("read:scenarios"))
    def get_scenario(scenario_id: UUID) -> Scenario: ...

    handler = api.handle
"""

import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, TypeVar, get_origin

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response, content_types
from aws_lambda_powertools.event_handler.exceptions import NotFoundError as UnroutableError
from aws_lambda_powertools.event_handler.exceptions import ServiceError
from aws_lambda_powertools.event_handler.openapi.exceptions import (
    RequestUnsupportedContentType,
    RequestValidationError,
)
from aws_lambda_powertools.event_handler.openapi.types import OpenAPIResponse
from aws_lambda_powertools.utilities.typing import LambdaContext

from shared.mockupaws.auth.access import PUBLIC, Access, Caller
from shared.mockupaws.auth.addresses import must_come_by_the_edge
from shared.mockupaws.auth.admission import Pass, let_in
from shared.mockupaws.auth.limits import GENERAL, Limit
from shared.mockupaws.auth.tokens import start_with_keys
from shared.mockupaws.db import ConnectionLostError, database
from shared.mockupaws.errors import (
    Detail,
    InvalidRequestError,
    MockupAwsError,
    NotFoundError,
    UnsupportedMediaTypeError,
    wording,
)
from shared.mockupaws.invocation import Event, Line
from shared.mockupaws.replies import (
    BASE_PATH,
    KNOWN,
    SECURITY_HEADERS,
    ErrorReply,
    as_api_error,
    error_headers,
    error_reply,
)

Result = dict[str, Any]
Handler = TypeVar("Handler", bound=Callable[..., Any])
Answer = TypeVar("Answer")

_JSON = content_types.APPLICATION_JSON
_SEE_DETAILS = "The request has errors; `details` names each field."

_ERROR_STATUSES = (400, 401, 403, 404, 409, 413, 415, 429, 500, 503)
_ERROR_RESPONSES: dict[int, OpenAPIResponse] = {
    status: {
        "description": HTTPStatus(status).phrase,
        "content": {"application/json": {"model": ErrorReply}},
    }
    for status in _ERROR_STATUSES
}


class Api:
    """The routes of one domain, and the Lambda handler that serves them."""

    def __init__(self, tag: str) -> None:
        """An API without routes.

        Args:
            tag: the domain's name in the OpenAPI document.

        Raises:
            WeakSecretError: the key that signs tokens is too short: the function doesn't start.
        """
        start_with_keys()
        self._tag = tag
        self._resolver = APIGatewayHttpResolver(enable_validation=True, json_body_deserializer=_read_json)
        self._routes: dict[str, tuple[Access, Limit | None]] = {}
        self._pass = Pass(None)
        for kind in (Exception, ServiceError, RequestValidationError, RequestUnsupportedContentType):
            self._resolver.exception_handler(kind)(self._failed)

    @property
    def caller(self) -> Caller:
        """Who is asking, in a route that isn't public."""
        if self._pass.caller is None:
            raise LookupError("a public route has no caller")
        return self._pass.caller

    @property
    def event(self) -> Event:
        """The event that is being answered, for a route that reads its body itself."""
        return self._resolver.current_event.raw_event

    @property
    def routes(self) -> Mapping[str, tuple[Access, Limit | None]]:
        """Access and allowance by API Gateway's route key, `GET /api/v1/scenarios/{scenario_id}`."""
        return self._routes

    @property
    def resolver(self) -> APIGatewayHttpResolver:
        """The powertools resolver, from which the OpenAPI document is made."""
        return self._resolver

    def get(
        self, path: str, *, access: Access, limit: Limit | None = GENERAL, status: int = 200
    ) -> Callable[[Handler], Handler]:
        """Declares a GET route; see `route`."""
        return self.route("GET", path, access=access, limit=limit, status=status)

    def post(
        self, path: str, *, access: Access, limit: Limit | None = GENERAL, status: int = 200
    ) -> Callable[[Handler], Handler]:
        """Declares a POST route; see `route`."""
        return self.route("POST", path, access=access, limit=limit, status=status)

    def put(
        self, path: str, *, access: Access, limit: Limit | None = GENERAL, status: int = 200
    ) -> Callable[[Handler], Handler]:
        """Declares a PUT route; see `route`."""
        return self.route("PUT", path, access=access, limit=limit, status=status)

    def delete(
        self, path: str, *, access: Access, limit: Limit | None = GENERAL, status: int = 204
    ) -> Callable[[Handler], Handler]:
        """Declares a DELETE route; see `route`."""
        return self.route("DELETE", path, access=access, limit=limit, status=status)

    def route(
        self, method: str, path: str, *, access: Access, limit: Limit | None, status: int
    ) -> Callable[[Handler], Handler]:
        """Declares a route.

        Args:
            method: HTTP method.
            path: below /api/v1, parameters as `<name>`.
            access: who may call it.
            limit: the allowance it spends; None for one that must answer without a database.
            status: what success is.

        Raises:
            ValueError: without an allowance nobody is looked up, so that only a public route can do without.
        """
        if limit is None and access is not PUBLIC:
            raise ValueError(f"{method} {path} needs a limit, since it isn't public")
        rule = BASE_PATH + path
        self._routes[f"{method} {rule.replace('<', '{').replace('>', '}')}"] = (access, limit)

        def register(function: Handler) -> Handler:
            summary, _, description = (function.__doc__ or "").strip().partition("\n")
            return self._resolver.route(
                rule,
                method,
                summary=summary.rstrip("."),
                description=description.strip() or None,
                tags=[self._tag],
                operation_id=function.__name__,
                security=_security(access),
                responses={**_ERROR_RESPONSES, status: _success(function, status)},
                status_code=status,
            )(function)

        return register

    def handle(self, event: Event, context: LambdaContext) -> Result:
        """The Lambda handler: answers one HTTP event and writes one log line."""
        with Line("request", event, context) as line:
            result = self._result(event, context)
            line.say(
                route=event["routeKey"],
                user_id=str(self._pass.caller.user_id) if self._pass.caller else None,
            )
            line.answer(result["statusCode"])
        return result

    def _result(self, event: Event, context: LambdaContext) -> Result:
        try:
            result = self._answer(event, context)
        except Exception as error:  # noqa: BLE001 (whatever it is, the client gets an answer in the API's form)
            result = _result(error_response(_as_api_error(error), event["requestContext"]["requestId"]))
        if result["statusCode"] == HTTPStatus.NO_CONTENT:
            # powertools writes a route's None as JSON's
            result |= {"body": "", "headers": {}}
        # A redirection has None, which is no body to every gateway.
        result["body"] = result.get("body") or ""
        result["headers"] = {**SECURITY_HEADERS, **self._allowance_headers(event), **result.get("headers", {})}
        return result

    def _answer(self, event: Event, context: LambdaContext) -> Result:
        self._pass = Pass(None)
        headers: dict[str, str] = event["headers"]
        must_come_by_the_edge(headers)
        declared = self._routes.get(event["routeKey"])
        if declared is None:
            raise NotFoundError("No such route; GET /api/v1/openapi.json lists them all.")
        access, limit = declared
        source_ip = event["requestContext"]["http"]["sourceIp"]
        self._pass = _persistently(lambda: let_in(database(), headers, source_ip, access, limit))
        media_type = headers.get("content-type", _JSON).partition(";")[0].strip().lower()
        if event.get("body") and media_type != _JSON:
            raise UnsupportedMediaTypeError("Send the body as `Content-Type: application/json`.")
        # powertools compares it to the letter.
        event["headers"] = {**headers, "content-type": _JSON}
        return _persistently(lambda: self._resolver.resolve(event, context))

    def _allowance_headers(self, event: Event) -> dict[str, str]:
        declared = self._routes.get(event["routeKey"])
        if declared is None or declared[1] is None or self._pass.remaining is None:
            return {}
        return {
            "RateLimit-Limit": str(declared[1].per_minute),
            "RateLimit-Remaining": str(self._pass.remaining),
            "RateLimit-Reset": str(self._pass.reset_seconds),
        }

    def _failed(self, error: Exception) -> Response[Any]:
        if isinstance(error, ConnectionLostError):
            raise error  # out of the resolver, to be tried again
        return error_response(_as_api_error(error), self._resolver.current_event.request_context.request_id)


def _persistently(work: Callable[[], Answer]) -> Answer:
    """Does the work, and once more if the connection was lost before anything was committed."""
    try:
        return work()
    except ConnectionLostError:
        return work()


def _read_json(body: str) -> Any:
    try:
        return json.loads(body, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise _not_json(f"This is not JSON: {error}.") from error
    except (ValueError, RecursionError) as error:
        raise _not_json("This JSON is nested too deeply, or has a number of thousands of digits.") from error


def _no_constant(name: str) -> Any:
    raise _not_json(f"This is not JSON: {name} is JavaScript's.")


def _not_json(message: str) -> InvalidRequestError:
    return InvalidRequestError(_SEE_DETAILS, details=(Detail("body", message),))


_KNOWN: Mapping[type[Exception], MockupAwsError] = {
    **KNOWN,
    RequestUnsupportedContentType: UnsupportedMediaTypeError("Send the body as `Content-Type: application/json`."),
    # The gateway knows the route, but powertools won't read some characters as a parameter: no id of ours has them.
    UnroutableError: NotFoundError("There is nothing at this path."),
}


def _ours(error: RequestValidationError) -> bool:
    """Whether it is a reply that breaks its schema, which powertools raises as if it were the request's error."""
    return any(e["loc"][0] == "response" for e in error.errors())


def _as_api_error(error: Exception) -> MockupAwsError:
    """The API's word for what went wrong, here and in powertools."""
    if isinstance(error, RequestValidationError) and not _ours(error):
        details = tuple(Detail(_field(e["loc"]), wording(e)) for e in error.errors())
        return InvalidRequestError(_SEE_DETAILS, details=details)
    return as_api_error(error, _KNOWN)


def _field(place: tuple[str | int, ...]) -> str:
    """The dotted path of a field, without the name that a route gives to its query parameters as a whole."""
    is_query_model = place[0] == "query" and len(place) > 2 and isinstance(place[2], str)  # noqa: PLR2004
    return ".".join(map(str, place[:1] + place[2:] if is_query_model else place))


def error_response(error: MockupAwsError, request_id: str) -> Response[Any]:
    """The response that says what went wrong."""
    body = error_reply(error, request_id).model_dump_json(exclude_none=True)
    return Response(error.status, content_types.APPLICATION_JSON, body, {**error_headers(error)})


def _result(response: Response[Any]) -> Result:
    return {
        "statusCode": response.status_code,
        "body": response.body,
        "isBase64Encoded": False,
        "headers": {"Content-Type": content_types.APPLICATION_JSON, **(response.headers or {})},
        "cookies": [],
    }


def _success(function: Callable[..., Any], status: int) -> OpenAPIResponse:
    described: OpenAPIResponse = {"description": HTTPStatus(status).phrase}
    returned = function.__annotations__.get("return")
    if get_origin(returned) is not Response and returned is not None and status != HTTPStatus.NO_CONTENT:
        described["content"] = {"application/json": {"model": returned}}
    return described


def security_schemes() -> dict[str, Any]:
    """How callers say who they are, for the OpenAPI document; no function needs it, and its models take their time."""
    from aws_lambda_powertools.event_handler.openapi.models import APIKey, APIKeyIn, HTTPBearer  # noqa: PLC0415

    return {
        "BearerAuth": HTTPBearer(bearerFormat="JWT"),
        "ApiKeyAuth": APIKey.model_validate({"name": "X-API-Key", "in": APIKeyIn.header}),
    }


def _security(access: Access) -> list[dict[str, list[str]]]:
    """Who may call, in OpenAPI's words: of a session the least role, of a key the scope."""
    if access.role is None:
        return []
    schemes: list[dict[str, list[str]]] = [{"BearerAuth": [access.role]}]
    return [*schemes, {"ApiKeyAuth": [access.scope]}] if access.scope else schemes
