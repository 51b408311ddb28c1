"""What to know before a month's figure is used."""

from collections.abc import Iterator
from decimal import Decimal
from math import ceil

from shared.mockupaws.contracts.estimates import Estimate, Sample, Warned
from shared.mockupaws.contracts.money import plain
from shared.mockupaws.contracts.pipeline import LONGEST_MS, BedrockDesign, Pipeline
from shared.mockupaws.contracts.traffic import Traffic
from shared.mockupaws.costing.prompt_cache import cacheable_tokens

MIN_BLOCKS = 8
"""Of fewer blocks of time no interval can be told."""

_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR
_WEEK = 7 * _DAY


def warnings_of(
    sample: Sample, estimate: Estimate, pipeline: Pipeline, *, silence_seconds: int, stray_logs: int
) -> tuple[Warned, ...]:
    """Everything that is to be said of a month, the recording first.

    Args:
        sample: what the month rests on.
        estimate: its bill.
        pipeline: the design.
        silence_seconds: the longest time without a log, seconds.
        stray_logs: messages with a time far outside of the time recorded.
    """
    return (
        *_of_length(sample),
        *_of_times(sample, silence_seconds, stray_logs),
        *_of_function(pipeline),
        *_of_model(pipeline.bedrock, estimate),
        *_of_prices(estimate),
    )


def longest_silence(traffic: Traffic) -> int:
    """The longest time without a log, seconds, to the length of a bucket."""
    longest = silent = 0
    for point in traffic.series:
        silent = 0 if point.logs else silent + traffic.bucket_seconds
        longest = max(longest, silent)
    return longest


def duration(seconds: int, *, in_days: bool = True) -> str:
    """A length of time for people: 45 seconds, 3 minutes, 2.5 hours, and 6.9 days if so wanted."""
    for length, name in ((_DAY, "days"), (_HOUR, "hours"), (_MINUTE, "minutes")):
        if seconds >= 2 * length and (in_days or length < _DAY):
            return f"{Decimal(plain(round(Decimal(seconds) / length, 1))):,f} {name}"
    return f"{seconds} second{'s' if seconds != 1 else ''}"


def _of_length(sample: Sample) -> Iterator[Warned]:
    recorded = duration(sample.recorded_seconds)
    if not sample.logs:
        yield Warned(code="no_traffic", message="No traffic was recorded: there is nothing to project.")
    elif sample.blocks < MIN_BLOCKS:
        say = f"{recorded} were recorded: too little to say how far off the month may be."
        yield Warned(code="short_sample", message=say)
    elif sample.recorded_seconds < _DAY:
        say = f"{recorded} were recorded: less than a day, so quiet or busy hours may be missing."
        yield Warned(code="no_daily_cycle", message=say)
    elif sample.recorded_seconds < _WEEK:
        yield Warned(code="no_weekly_cycle", message="Less than a week was recorded: weekends may differ.")


def _of_times(sample: Sample, silence: int, strays: int) -> Iterator[Warned]:
    if silence >= _HOUR and silence * 2 > sample.recorded_seconds:
        yield Warned(
            code="long_silence",
            message=f"Nothing came for {duration(silence)}, most of the time recorded, and that is counted as quiet "
            "time. If it wasn't, record in a scenario of its own, and stop it while nothing is sent.",
        )
    if strays:
        yield Warned(
            code="stray_times",
            message=f"{strays:,} logs say that they are from long before the scenario ran: they are "
            "counted, but the time since then is not.",
        )


def _of_function(pipeline: Pipeline) -> Iterator[Warned]:
    # Since designs are asked for it, none that is new is like this (NewPipeline).
    if pipeline.longest_ms > LONGEST_MS:
        yield Warned(
            code="invocation_too_long",
            message=f"A full batch of {pipeline.sqs.receive_batch_size:,} logs would take the function "
            f"{ceil(pipeline.longest_ms):,} ms, and Lambda stops it after {LONGEST_MS:,}: it needs smaller batches.",
        )


def _of_model(model: BedrockDesign, estimate: Estimate) -> Iterator[Warned]:
    if model.model_id and model.cached_prompt and model.prompt_tokens_per_call < cacheable_tokens(model.model_id):
        yield Warned(
            code="prompt_not_cached",
            message=f"The prompt of {model.prompt_tokens_per_call:,} tokens is too short to be cached, so it is "
            f"charged as input: {model.model_id} caches prompts of at least {cacheable_tokens(model.model_id):,}.",
        )
    if estimate.tokens and not estimate.tokens.verified:
        yield Warned(code="unmeasured_tokenizer", message=f"The model's tokens are a guess: {estimate.tokens.source}.")


def _of_prices(estimate: Estimate) -> Iterator[Warned]:
    lines = (line for service in estimate.services for line in service.lines)
    # The free tier's lines give back what is charged by another one, of which the price is said.
    unverified = sorted({f"{line.service} {line.tier}" for line in lines if not line.verified and line.tier != "free"})
    if unverified:
        say = f"Not confirmed by AWS's price list: {', '.join(unverified)}."
        yield Warned(code="unverified_prices", message=say)
