"""The HTTP door: API Gateway's event to a request, the answer back, one log line.

It speaks every shipper's dialect, so it goes without the validating resolver of the other domains: a thousand small
requests a second are its work.
"""

import base64
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.ingest import service
from functions.ingest.models import Answer, Request
from shared.mockupaws.auth.addresses import client_address
from shared.mockupaws.auth.tokens import start_with_keys
from shared.mockupaws.contracts.counted import Count
from shared.mockupaws.db import database
from shared.mockupaws.invocation import Event, Line
from shared.mockupaws.replies import BASE_PATH, SECURITY_HEADERS

_PREFIX = BASE_PATH + "/ingest"

start_with_keys()


def handler(event: Event, context: LambdaContext) -> dict[str, Any]:
    """Answers one HTTP event."""
    with Line("ingest", event, context) as line:
        answer = service.receive(database(), read_event(event))
        line.say(route=event["routeKey"], **answer.said)
        line.answer(answer.status)
        line.count(Count.LOGS_ACCEPTED, answer.said.get("accepted", 0))
        line.count(Count.LOGS_REJECTED, answer.said.get("rejected", 0))
    return result(answer)


def read_event(event: Event) -> Request:
    """The request in an API Gateway HTTP API event (payload format 2.0)."""
    context = event["requestContext"]
    http = context["http"]
    return Request(
        method=http["method"],
        path=event["rawPath"].removeprefix(_PREFIX).rstrip("/"),
        headers=event["headers"],
        query=event.get("queryStringParameters") or {},
        address=client_address(event["headers"], http["sourceIp"]),
        request_id=context["requestId"],
        encoded_body=event.get("body") or "",
        is_base64=event.get("isBase64Encoded", False),
    )


def result(answer: Answer) -> dict[str, Any]:
    """API Gateway's form of an answer; bytes go in base64."""
    binary = isinstance(answer.body, bytes)
    return {
        "statusCode": answer.status,
        "headers": {**SECURITY_HEADERS, "Content-Type": answer.content_type, **answer.headers},
        "body": base64.b64encode(answer.body).decode() if isinstance(answer.body, bytes) else answer.body,
        "isBase64Encoded": binary,
    }
