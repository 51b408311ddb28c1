"""What can go wrong, in the words of the API: each error has one code and one HTTP status, told in replies.py."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

if TYPE_CHECKING:
    from pydantic import ValidationError


class Detail(NamedTuple):
    """One field that is wrong.

    Attributes:
        field: dotted path of the field, `body.pipeline.sqs.receive_batch_size`.
        message: what to change.
    """

    field: str
    message: str


def wording(problem: Mapping[str, Any]) -> str:
    """What is wrong, of one of pydantic's errors: before the words of a rule of ours it says `Value error, `."""
    return str(problem["msg"]).removeprefix("Value error, ")


def problems(error: "ValidationError") -> list[str]:
    """What is wrong with a model as a whole, in the words of its rules."""
    return [wording(problem) for problem in error.errors()]


class MockupAwsError(Exception):
    """An error that a caller can act on. The message is shown to them, so it says what to do."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal_error"

    def __init__(self, message: str, *, details: tuple[Detail, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.details = details


class InvalidRequestError(MockupAwsError):
    """The request can't be understood or breaks a rule of its fields."""

    status = 400
    code = "validation_error"


class UnauthorizedError(MockupAwsError):
    """No credential, or one that doesn't hold."""

    status = 401
    code = "unauthorized"


class ForbiddenError(MockupAwsError):
    """The credential holds, but not for this."""

    status = 403
    code = "forbidden"


class NotFoundError(MockupAwsError):
    """No such object, or another user's."""

    status = 404
    code = "not_found"


class ConflictError(MockupAwsError):
    """The object's state doesn't allow it."""

    status = 409
    code = "conflict"


class PayloadTooLargeError(MockupAwsError):
    """More than the door takes; nothing of it was taken."""

    status = 413
    code = "payload_too_large"


class UnsupportedMediaTypeError(MockupAwsError):
    """A body of a kind that the route doesn't read."""

    status = 415
    code = "unsupported_media_type"


class RateLimitedError(MockupAwsError):
    """The allowance is used up.

    Args:
        limit: requests a minute.
        reset_seconds: seconds until the allowance is whole again.
    """

    status = 429
    code = "rate_limited"

    def __init__(self, *, limit: int, reset_seconds: int) -> None:
        super().__init__(f"{limit} requests a minute are allowed; try again in {reset_seconds} s.")
        self.limit = limit
        self.reset_seconds = reset_seconds


class UnavailableError(MockupAwsError):
    """A part that the answer needs can't be reached now; the same request may succeed later."""

    status = 503
    code = "unavailable"
