"""Traffic and a design to what AWS would meter."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from shared.mockupaws.contracts.pipeline import LambdaDesign, Pipeline, ReduceDesign, SqsDesign
from shared.mockupaws.contracts.traffic import Traffic, TrafficCell
from shared.mockupaws.costing.batching import Batches, batches
from shared.mockupaws.costing.prompts import calls_of
from shared.mockupaws.costing.queues import CALL_MESSAGES, batched_units

_MINUTE = 60
CACHE_MINUTES = 5
"""How long Bedrock keeps a cached prompt after its last use."""


class Usage(NamedTuple):
    """What recorded traffic would use under a design. Parts of a unit are kept; the bill charges whole ones.

    Attributes:
        logs: messages.
        size_bytes: their bytes.
        log_tokens: their reference tokens.
        sqs_blocks: 64 KiB units of the messages, each alone.
        sends: SQS units sent.
        receives: SQS units received, again included.
        deletes: delete calls.
        empty_receives: receives in vain, in all the time recorded.
        invocations: of the function, again included.
        billed_ms: their duration.
        llm_logs: logs that reach the model, again included.
        llm_tokens: reference tokens of these logs.
        llm_calls: calls of the model.
        cache_writes: calls that write the cached prompt instead of reading it, had it been cached; as many as are to be
            expected, so that a month's follow from them. That it is written at all is for who bills them to see to.
    """

    logs: Fraction
    size_bytes: Fraction
    log_tokens: Fraction
    sqs_blocks: Fraction
    sends: Fraction
    receives: Fraction
    deletes: Fraction
    empty_receives: Fraction
    invocations: Fraction
    billed_ms: Fraction
    llm_logs: Fraction
    llm_tokens: Fraction
    llm_calls: Fraction
    cache_writes: Fraction

    def scaled(self, time: Fraction, logs: Fraction, tokens: Fraction) -> "Usage":
        """This usage for another length of time and intensity.

        Args:
            time: the other time over this one.
            logs: messages a second there over those here.
            tokens: the same of tokens.
        """
        by_logs = time * logs
        by_tokens = time * tokens
        return self._replace(
            logs=self.logs * by_logs,
            size_bytes=self.size_bytes * by_logs,
            log_tokens=self.log_tokens * by_tokens,
            sqs_blocks=self.sqs_blocks * by_logs,
            sends=self.sends * by_logs,
            receives=self.receives * by_logs,
            deletes=self.deletes * by_logs,
            empty_receives=self.empty_receives * time,
            invocations=self.invocations * by_logs,
            billed_ms=self.billed_ms * by_logs,
            llm_logs=self.llm_logs * by_logs,
            llm_tokens=self.llm_tokens * by_tokens,
            llm_calls=self.llm_calls * by_logs,
            cache_writes=self.cache_writes * by_logs,
        )


def usage(traffic: Traffic, pipeline: Pipeline, recorded_seconds: Fraction = Fraction(0)) -> Usage:
    """What the recorded traffic would use. Needs only its cells and arrivals.

    Args:
        traffic: what was recorded.
        pipeline: the design.
        recorded_seconds: in how long a time, idle minutes included, for the idle polling.
    """
    cells = traffic.cells
    logs = sum(cell.logs for cell in cells)
    size = sum(cell.size_bytes for cell in cells)
    classes = _by_size(cells)
    sqs = pipeline.sqs
    made = batches(traffic.arrivals, sqs, size // logs if logs else 0)
    invocations = sum(batch.count for batch in made)
    again = 1 + Fraction(sqs.retry_rate)

    # A receive brings what a batch holds, and at most what a call can carry.
    received = min(Fraction(CALL_MESSAGES), Fraction(logs, invocations)) if invocations else Fraction(1)
    blocks = sum(cell.sqs_blocks for cell in cells)
    receives = _units(classes, blocks, received)

    kept, tokens = _kept(cells, pipeline.reduce)
    asked = Fraction(pipeline.reduce.sample_rate) * Fraction(pipeline.bedrock.share_of_logs)
    share = kept * asked / logs if logs else Fraction(0)
    calls = again * sum(
        (batch.count * calls_of(batch.logs, share, pipeline.bedrock.logs_per_call) for batch in made), Fraction(0)
    )
    return Usage(
        logs=Fraction(logs),
        size_bytes=Fraction(size),
        log_tokens=Fraction(sum(cell.tokens for cell in cells)),
        sqs_blocks=Fraction(blocks),
        sends=_units(classes, blocks, Fraction(sqs.send_batch_size)),
        receives=receives * again,
        deletes=logs / received,
        empty_receives=_empty_receives(traffic, sqs, received, recorded_seconds),
        invocations=invocations * again,
        billed_ms=_billed_ms(made, pipeline.lambda_) * again,
        llm_logs=kept * asked * again,
        llm_tokens=tokens * asked * again,
        llm_calls=calls,
        cache_writes=min(calls, _cold_minutes(traffic, recorded_seconds)),
    )


def _by_size(cells: Iterable[TrafficCell]) -> list[tuple[int, int]]:
    """(messages, bytes) of each size class."""
    sums: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for cell in cells:
        logs, size = sums[cell.size_class]
        sums[cell.size_class] = (logs + cell.logs, size + cell.size_bytes)
    return list(sums.values())


def _units(classes: list[tuple[int, int]], blocks: int, batch: Fraction) -> Fraction:
    # One by one, the blocks were counted message by message.
    return Fraction(blocks) if batch == 1 else batched_units(classes, batch)


def _kept(cells: Iterable[TrafficCell], reduce: ReduceDesign) -> tuple[int, int]:
    """Logs and tokens that `reduce` leaves, before sampling: exact, since the cells are cut along what it can drop."""
    dropped = set(reduce.drop_levels)
    logs = tokens = 0
    for cell in cells:
        if cell.level in dropped or (reduce.deduplicate and cell.duplicate):
            continue
        logs += cell.logs
        tokens += cell.redacted_tokens if reduce.redact_pii else cell.tokens
    return logs, tokens


def _billed_ms(made: Iterable[Batches], design: LambdaDesign) -> int:
    """Every invocation's duration, rounded up to a millisecond before it is summed."""
    return sum(
        batch.count * ceil(design.duration_ms_base + design.duration_ms_per_log * Decimal(batch.logs)) for batch in made
    )


def _cold_minutes(traffic: Traffic, recorded_seconds: Fraction) -> Fraction:
    """Minutes with traffic that find no cached prompt, since none was used in the five before.

    Which minutes have traffic is taken to be chance, so that traffic in each minute keeps its prompt for ever, and
    traffic once an hour never finds it. Without a time recorded, traffic is taken to flow for five minutes at a time.
    """
    active = sum(arrival.minutes for arrival in traffic.arrivals)
    if not recorded_seconds:
        return Fraction(ceil(Fraction(active, CACHE_MINUTES)))
    quiet = max(Fraction(0), 1 - active * _MINUTE / recorded_seconds)
    return active * quiet**CACHE_MINUTES


def _empty_receives(traffic: Traffic, sqs: SqsDesign, received: Fraction, recorded_seconds: Fraction) -> Fraction:
    """What pollers ask in vain: their usual number a minute, less the receives that bring something."""
    usual = sqs.empty_receives_per_minute
    active_minutes = sum(arrival.minutes for arrival in traffic.arrivals)
    in_vain = max(Fraction(0), recorded_seconds / _MINUTE - active_minutes) * usual
    for arrival in traffic.arrivals:
        in_vain += max(Fraction(0), usual * arrival.minutes - arrival.logs / received)
    return in_vain
