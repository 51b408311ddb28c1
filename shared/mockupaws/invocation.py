"""One invocation of a function: the one line that it writes, and the id by which its lines and what follows are found.

def handler(event: Event, context: LambdaContext) -> ...:
with Line("stored", event, context) as line:
...
line.say(logs=len(batch))
"""

import time
from types import TracebackType
from typing import Any, ClassVar, Literal, Self

from aws_lambda_powertools.utilities.typing import LambdaContext

from shared.mockupaws.observability import describe, logger

Event = dict[str, Any]

Outcome = Literal["ok", "refused", "failed"]
"""`refused` is the caller's doing, `failed` ours. Of a batch something failed, not necessarily all."""


class InvocationFailedError(RuntimeError):
    """What Lambda is told instead of an error that leaves a handler: its kind.

    Lambda writes the error's text to the log, and the text of one that nobody foresaw may say anything of anybody.
    """


class Line:
    """An invocation's line, which is written when the block ends, however it ends.

    An error that leaves the block has a line of its own before, by `describe`.

    Args:
        message: what the line is about, in a word.
        event: what the function was called with.
        context: Lambda's.

    Raises:
        InvocationFailedError: instead of any error that leaves the block.
    """

    _cold: ClassVar[bool] = True

    def __init__(self, message: str, event: Event | None, context: LambdaContext) -> None:
        self._started = time.perf_counter()
        self._message = message
        self._outcome: Outcome = "ok"
        self._said: dict[str, Any] = {}
        # These are in each line that is written from here on.
        logger.append_keys(
            correlation_id=_correlation_id(event or {}) or context.aws_request_id,
            function_request_id=context.aws_request_id,
            cold_start=Line._cold,
        )
        Line._cold = False

    def say(self, **said: Any) -> None:
        """Adds fields to the line; those that are None are left out of it."""
        self._said |= said

    def end(self, outcome: Outcome) -> None:
        """Says how it went, where that isn't well."""
        self._outcome = outcome

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if isinstance(error, Exception):
            self._outcome = "failed"
            logger.error("failed", extra=describe(error))
        duration_ms = round((time.perf_counter() - self._started) * 1000, 1)
        said = {"outcome": self._outcome, **self._said, "duration_ms": duration_ms}
        # The handler is where this is said, not here.
        logger.info(self._message, extra=said, stacklevel=3)
        if isinstance(error, Exception):
            raise InvocationFailedError(f"{type(error).__module__}.{type(error).__qualname__}") from None


def correlation_id() -> str:
    """The id of the invocation at hand, for what it asks others to do."""
    return logger.get_correlation_id() or ""


def _correlation_id(event: Event) -> str | None:
    """The id that whoever started this knows: API Gateway's, EventBridge's, or one of our own functions'."""
    if "requestContext" in event:
        return event["requestContext"]["requestId"]
    return event.get("id") if "detail-type" in event else event.get("correlation_id")
