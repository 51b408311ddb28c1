"""What every HTTP answer of the API has, whoever gives it: its path, its headers, and errors in one form.

`http` answers with it for the domains, and the HTTP door by itself: it knows no resolver and must not load one.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus

import psycopg

from shared.mockupaws.contracts.wire import Reply, Utc
from shared.mockupaws.errors import InvalidRequestError, MockupAwsError, RateLimitedError, UnavailableError
from shared.mockupaws.observability import describe, logger

BASE_PATH = "/api/v1"

SECURITY_HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class FieldError(Reply):
    """One field of a request that is wrong, by its dotted path."""

    field: str
    message: str


class ErrorReply(Reply):
    """Every error of the API."""

    error: str
    message: str
    timestamp: Utc
    request_id: str
    details: list[FieldError] | None = None


KNOWN: Mapping[type[Exception], MockupAwsError] = {
    UnicodeError: InvalidRequestError("The body is not valid UTF-8."),
    psycopg.DataError: InvalidRequestError("A value is out of range or holds a character that can't be stored."),
    psycopg.OperationalError: UnavailableError("The database can't be reached; try again."),
}


def as_api_error(error: Exception, known: Mapping[type[Exception], MockupAwsError] = KNOWN) -> MockupAwsError:
    """The API's word for what went wrong. What nobody foresaw is logged, and told to nobody.

    Args:
        error: anything.
        known: what is said of errors that aren't ours.
    """
    if isinstance(error, MockupAwsError):
        return error
    for kind, said in known.items():
        if isinstance(error, kind):
            return said
    logger.error("unforeseen", extra=describe(error))
    return MockupAwsError("Something went wrong on our side; quote the request_id when you report it.")


def error_reply(error: MockupAwsError, request_id: str) -> ErrorReply:
    """What a caller is told of an error."""
    return ErrorReply(
        error=error.code,
        message=error.message,
        timestamp=datetime.now(UTC),
        request_id=request_id,
        details=[FieldError(field=d.field, message=d.message) for d in error.details] or None,
    )


def error_headers(error: MockupAwsError) -> dict[str, str]:
    """What a client library acts on: when to come again, and how to sign in."""
    if isinstance(error, RateLimitedError):
        return {
            "Retry-After": str(error.reset_seconds),
            "RateLimit-Limit": str(error.limit),
            "RateLimit-Remaining": "0",
            "RateLimit-Reset": str(error.reset_seconds),
        }
    if error.status == HTTPStatus.SERVICE_UNAVAILABLE:
        return {"Retry-After": "5"}
    return {"WWW-Authenticate": "Bearer"} if error.status == HTTPStatus.UNAUTHORIZED else {}
