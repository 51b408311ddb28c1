"""One invocation of a function: the one line that it writes, and the id by which its lines and what follows are found.

with Line("stored", event, context) as line:
    line.say(logs=len(batch))
    line.count(Count.LOGS_STORED, len(batch))

What is counted is in the same line, in CloudWatch's embedded metric format: a line more would cost as much again.
"""

import gc
import time
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from http import HTTPStatus
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from aws_lambda_powertools import Tracer
from aws_lambda_powertools.metrics import EphemeralMetrics
from aws_lambda_powertools.utilities.typing import LambdaContext

from shared.mockupaws.contracts.counted import NAMESPACE, Count, Dimension, FailureKind
from shared.mockupaws.errors import UnavailableError
from shared.mockupaws.observability import describe, logger
from shared.mockupaws.settings import sampled_trace, settings

if TYPE_CHECKING:
    from shared.mockupaws.xray import Subsegment

Event = dict[str, Any]

Outcome = Literal["ok", "refused", "failed"]
"""`refused` is the caller's doing, `failed` ours. Of a batch something failed, not necessarily all."""


_ANNOTATIONS = ("correlation_id", "service", "cold_start", "route", "status", "scenario_id", "batch_id", "kind")


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
    _tracer: ClassVar[Tracer | None] = None

    def __init__(self, message: str, event: Event | None, context: LambdaContext) -> None:
        self._started = time.perf_counter()
        self._message = message
        self._outcome: Outcome = "ok"
        self._said: dict[str, Any] = {}
        self._counted: list[tuple[Count, float]] = [(Count.COLD_STARTS, 1)] if Line._cold else []
        # These are in each line that is written from here on.
        logger.append_keys(
            correlation_id=_correlation_id(event or {}) or context.aws_request_id,
            function_request_id=context.aws_request_id,
            cold_start=Line._cold,
        )
        self._first = Line._cold
        _collect_from_now_on()
        Line._cold = False
        Line._tracer = None
        self._part: AbstractContextManager[Subsegment | None] = nullcontext()
        if sampled := sampled_trace():
            self._part = self._traced(*sampled)

    def say(self, **said: Any) -> None:
        """Adds fields to the line; those that are None are left out of it."""
        self._said |= said

    def count(self, what: Count, value: float) -> None:
        """Counts something, if there is any; a duration may be given several times."""
        if value:
            self._counted.append((what, value))

    def answer(self, status: int) -> None:
        """Says which HTTP status the caller got, and by it how it went."""
        self.say(status=status)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self.fail("unavailable" if status == HTTPStatus.SERVICE_UNAVAILABLE else "internal_error")
        elif status >= HTTPStatus.BAD_REQUEST:
            self._outcome = "refused"

    def _annotate(self, part: "Subsegment") -> None:
        """Says in the trace what it is found by, and no more."""
        part.mark(self._outcome)
        named: list[dict[str, str]] = self._said.get("batches") or []
        # An annotation has one value: of many batches none is named.
        batch = named[0] if len(named) == 1 else {}
        own = {"correlation_id": correlation_id(), "service": logger.service, "cold_start": self._first}
        found_by = {**batch, **self._said, **own}
        for key in _ANNOTATIONS:
            if found_by.get(key) is not None:
                part.put_annotation(key, found_by[key])

    def fail(self, kind: FailureKind, times: int = 1) -> None:
        """Says that something failed.

        Args:
            kind: why.
            times: how often; if it is 0, nothing did.
        """
        if times:
            self._outcome = "failed"
            self.say(kind=kind)
            self.count(Count.FAILURES, times)

    @staticmethod
    def _traced(header: str, daemon: str) -> "AbstractContextManager[Subsegment]":
        from shared.mockupaws.xray import Provider  # noqa: PLC0415 - most invocations aren't sampled

        provider = Provider(header, daemon)
        Line._tracer = Tracer(disabled=False, auto_patch=False, provider=provider)
        return provider.in_subsegment("## handler")

    def __enter__(self) -> Self:
        self._subsegment = self._part.__enter__()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if error:
            self.fail("unavailable" if isinstance(error, UnavailableError) else "internal_error")
            logger.error("failed", extra=describe(error))
        duration_ms = round((time.perf_counter() - self._started) * 1000, 1)
        said = {"outcome": self._outcome, **self._said, "duration_ms": duration_ms}
        if self._subsegment:
            self._annotate(self._subsegment)
        self._part.__exit__(None, None, None)
        Line._tracer = None
        if self._counted:
            said |= _embedded(self._counted)
        # The handler is where this is said, not here.
        logger.info(self._message, extra=said, stacklevel=3)
        if isinstance(error, Exception):
            raise InvocationFailedError(f"{type(error).__module__}.{type(error).__qualname__}") from None


def span(name: str) -> AbstractContextManager[Any]:
    """A part of the invocation, timed in its trace if it has one.

    Args:
        name: what is waited for, as X-Ray's map shows it.
    """
    return Line._tracer.provider.in_subsegment(name) if Line._tracer else _UNTRACED  # noqa: SLF001 - of this module


_UNTRACED = nullcontext()


def _embedded(counted: list[tuple[Count, float]]) -> dict[str, Any]:
    """What was counted, in CloudWatch's embedded metric format, as members of the line.

    What is told apart in other ways has a directive of its own; a dimension's value is the line's own field.
    """
    used: dict[tuple[Dimension, ...], EphemeralMetrics] = {}
    for what, value in counted:
        used[what.value.dimensions] = metrics = _metrics(what.value.dimensions)
        metrics.add_metric(what.value.title, what.value.unit, value)
    members: dict[str, Any] = {"stage": settings().stage}
    directives: list[Any] = []
    for dimensions, metrics in used.items():
        made: dict[str, Any] = {**metrics.serialize_metric_set(dimensions=dict.fromkeys(dimensions))}
        metrics.metric_set.clear()
        directives += made["_aws"]["CloudWatchMetrics"]
        members |= {name: value for name, value in made.items() if name not in dimensions}
        members["_aws"]["CloudWatchMetrics"] = directives
    return members


def _collect_from_now_on() -> None:
    """Has Python look for garbage, which it doesn't while a function loads; what is loaded by now is none for good."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


@cache
def _metrics(_dimensions: tuple[Dimension, ...]) -> EphemeralMetrics:
    return EphemeralMetrics(namespace=NAMESPACE, service="")


def correlation_id() -> str:
    """The id of the invocation at hand, for what it asks others to do."""
    return logger.get_correlation_id() or ""


def _correlation_id(event: Event) -> str | None:
    """The id that whoever started this knows: API Gateway's, EventBridge's, or one of our own functions'."""
    if "requestContext" in event:
        return event["requestContext"]["requestId"]
    return event.get("id") if "detail-type" in event else event.get("correlation_id")
