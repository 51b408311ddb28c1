"""Single changes worth trying, and what they save."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from pydantic import ValidationError

from shared.mockupaws.contracts.estimates import Saving, Savings, SavingStep
from shared.mockupaws.contracts.pipeline import (
    BedrockDesign,
    LambdaDesign,
    Mode,
    Pipeline,
    PipelineChange,
    ReduceDesign,
    SqsDesign,
    bare,
)
from shared.mockupaws.contracts.traffic import Traffic
from shared.mockupaws.costing.delta import percent
from shared.mockupaws.costing.estimate import Month, month_usage, monthly_total
from shared.mockupaws.costing.exact import minus
from shared.mockupaws.costing.models import cheapest_first, maker
from shared.mockupaws.costing.price_book import NotPricedError, PriceBook
from shared.mockupaws.costing.prompt_cache import cacheable_tokens
from shared.mockupaws.costing.usage import Usage

_WINDOW_S = 5
_LONG_WINDOW_S = 20
_LARGE_BATCH = 100
_LARGE_PROMPT = 50
_SEND_BATCH = 10


class Idea(NamedTuple):
    """A change worth trying.

    Attributes:
        change: its name, for programs.
        description: what to do.
        consequence: what else it changes.
        pipeline: the change itself.
    """

    change: str
    description: str
    consequence: str
    pipeline: PipelineChange


def savings(traffic: Traffic, pipeline: Pipeline, book: PriceBook, region: str, of: Month) -> Savings:
    """What each idea saves alone, and what they save one on top of the other.

    Two ideas often work on the same line (batch mode and deduplication both on tokens), so what they save alone
    doesn't add up. The steps do: each is counted on the design that those before it left, the most worth first.

    Args:
        traffic: what was recorded.
        pipeline: the design.
        book: prices in force.
        region: where it runs.
        of: the month that follows from the recording.

    Raises:
        NotPricedError: the design itself isn't priced.
    """

    def total(design: Pipeline) -> Decimal:
        return monthly_total(traffic, design, book, region, of)

    base = total(pipeline)
    used = month_usage(traffic, pipeline, of)
    ideas = list(_ideas(pipeline, used, book, region))
    alone = _worthwhile(ideas, pipeline, base, total)
    changes = [
        Saving(
            change=idea.change,
            description=idea.description,
            consequence=idea.consequence,
            pipeline=design,
            monthly_usd=cost,
            saving_usd=minus(base, cost),
            saving_percent=percent(minus(base, cost), base) or Decimal(0),
        )
        for idea, design, cost in alone
    ]
    taken: list[Idea] = []
    design, cost, left = pipeline, base, [idea for idea, _, _ in alone]
    while left and (better := _worthwhile(left, design, cost, total)):
        idea, design, cost = better[0]
        taken.append(idea)
        left.remove(idea)
    steps: list[SavingStep] = []
    design, cost = pipeline, base
    for idea in _standing(taken):
        design, before = idea.pipeline.applied_to(design), cost
        cost = total(design)
        steps.append(SavingStep(change=idea.change, marginal_usd=minus(before, cost), monthly_usd=cost))
    return Savings(
        changes=tuple(changes),
        steps=tuple(steps),
        monthly_usd=cost,
        saving_usd=minus(base, cost),
        pipeline=design,
    )


def _standing(taken: list[Idea]) -> list[Idea]:
    """Without the ideas of which those behind them left nothing: another model after another profile of the first."""
    standing: list[Idea] = []
    changed: set[tuple[str, str]] = set()
    for idea in reversed(taken):
        fields = {
            (part, name) for part, names in idea.pipeline.model_dump(exclude_unset=True).items() for name in names
        }
        if not fields <= changed:
            standing.insert(0, idea)
        changed |= fields
    return standing


def _worthwhile(
    ideas: list[Idea], pipeline: Pipeline, base: Decimal, total: Callable[[Pipeline], Decimal]
) -> list[tuple[Idea, Pipeline, Decimal]]:
    """The ideas that save something on a design, the most first."""
    found: list[tuple[Idea, Pipeline, Decimal]] = []
    for idea in ideas:
        try:
            design = idea.pipeline.applied_to(pipeline)
            cost = total(design)
        except (ValidationError, NotPricedError):
            # On top of the others it can't be built, or isn't sold: no idea for this design.
            continue
        if cost < base:
            found.append((idea, design, cost))
    return sorted(found, key=lambda each: each[2])


def _ideas(pipeline: Pipeline, used: Usage, book: PriceBook, region: str) -> Iterator[Idea]:
    yield from _queue_ideas(pipeline.sqs)
    yield from _function_ideas(pipeline.lambda_)
    if pipeline.bedrock.model_id is not None:
        yield from _reduce_ideas(pipeline.reduce)
        yield from _model_ideas(pipeline, pipeline.bedrock.model_id, used, book, region)


def _queue_ideas(sqs: SqsDesign) -> Iterator[Idea]:
    if sqs.send_batch_size < _SEND_BATCH:
        yield Idea(
            "send_batches",
            f"Send {_SEND_BATCH} messages a call",
            "The sender keeps messages back until a batch is full or a moment has passed.",
            PipelineChange(sqs=SqsDesign(send_batch_size=_SEND_BATCH)),
        )
    if sqs.queue_type == "fifo":
        yield Idea(
            "standard_queue",
            "Use a standard queue",
            "Messages may arrive out of order, or twice.",
            PipelineChange(sqs=SqsDesign(queue_type="standard")),
        )
    elif sqs.batch_window_s < _WINDOW_S:
        yield Idea(
            "batch_window",
            f"Let a batch wait {_WINDOW_S} s for more messages",
            f"A log is worked on up to {_WINDOW_S} s later.",
            PipelineChange(sqs=SqsDesign(batch_window_s=_WINDOW_S)),
        )
    if sqs.queue_type == "standard" and sqs.receive_batch_size < _LARGE_BATCH:
        yield Idea(
            "larger_batches",
            f"Give Lambda up to {_LARGE_BATCH} logs at a time, waiting {_LONG_WINDOW_S} s",
            f"A log is worked on up to {_LONG_WINDOW_S} s later, and a failed batch is a larger one.",
            PipelineChange(sqs=SqsDesign(receive_batch_size=_LARGE_BATCH, batch_window_s=_LONG_WINDOW_S)),
        )


def _function_ideas(function: LambdaDesign) -> Iterator[Idea]:
    if function.architecture == "x86_64":
        yield Idea(
            "arm64",
            "Run the function on arm64",
            "What it is built from must exist for arm64.",
            PipelineChange.model_validate({"lambda": {"architecture": "arm64"}}),
        )
    if function.ephemeral_storage_mb > LambdaDesign().ephemeral_storage_mb:
        yield Idea(
            "included_storage",
            "Keep to the 512 MB of /tmp that cost nothing",
            "The function must get by with them.",
            PipelineChange.model_validate({"lambda": {"ephemeral_storage_mb": LambdaDesign().ephemeral_storage_mb}}),
        )


def _reduce_ideas(reduce: ReduceDesign) -> Iterator[Idea]:
    if not reduce.deduplicate:
        yield Idea(
            "deduplicate",
            "Don't ask the model about a message that it has seen",
            "The function must remember hashes, and repeated messages are only counted.",
            PipelineChange(reduce=ReduceDesign(deduplicate=True)),
        )
    chatter = tuple(dict.fromkeys((*reduce.drop_levels, "trace", "debug")))
    if chatter != reduce.drop_levels:
        yield Idea(
            "drop_debug",
            "Keep trace and debug logs from the model",
            "It won't see them.",
            PipelineChange.model_validate({"reduce": {"drop_levels": chatter}}),
        )


def _model_ideas(pipeline: Pipeline, model_id: str, used: Usage, book: PriceBook, region: str) -> Iterator[Idea]:
    bedrock = pipeline.bedrock
    modes: tuple[tuple[Mode, str], ...] = (
        ("batch", "Answers come within hours, from files in S3."),
        ("flex", "Answers may take longer when Bedrock is busy."),
        ("on_demand", "Calls no longer go before others."),
    )
    for mode, consequence in modes:
        if mode in book.modes(region, model_id) and mode != bedrock.mode:
            yield Idea(
                f"{mode}_mode", f"Call the model in {mode.replace('_', '-')} mode", consequence,
                PipelineChange(bedrock=BedrockDesign(mode=mode)),
            )  # fmt: skip
    if not bedrock.cached_prompt and bedrock.prompt_tokens_per_call >= cacheable_tokens(model_id):
        yield Idea(
            "cached_prompt",
            "Cache the prompt",
            "The instructions must come first and stay the same.",
            PipelineChange(bedrock=BedrockDesign(cached_prompt=True)),
        )
    if bedrock.logs_per_call < _LARGE_PROMPT:
        yield _larger_prompts(pipeline)
    worldwide = f"global.{bare(model_id)}"
    if worldwide != model_id and worldwide in book.models(region):
        yield Idea(
            "global_profile",
            f"Call {worldwide}",
            "The same model, anywhere in the world: the logs may leave the region.",
            PipelineChange(bedrock=BedrockDesign(model_id=worldwide)),
        )
    cheapest, *_ = cheapest_first(used, pipeline, book, region, maker(model_id))
    # The model itself behind another profile is no smaller one.
    if bare(cheapest) != bare(model_id):
        yield Idea(
            "smaller_model",
            f"Use {cheapest}",
            "A smaller model: hold its answers against the present one's.",
            PipelineChange(bedrock=BedrockDesign(model_id=cheapest)),
        )


def _larger_prompts(pipeline: Pipeline) -> Idea:
    """A prompt holds no more than its invocation's batch, so that has to be larger too, where the queue allows it."""
    bedrock, sqs = pipeline.bedrock, pipeline.sqs
    batch, wait = sqs.receive_batch_size, sqs.batch_window_s
    if sqs.queue_type == "standard" and batch < _LARGE_PROMPT:
        batch, wait = _LARGE_BATCH, max(wait, _LONG_WINDOW_S)
    return Idea(
        "larger_prompts",
        f"Ask about up to {_LARGE_PROMPT} logs in one call, from batches of up to {batch}",
        f"One answer of {bedrock.output_tokens_per_call} tokens must do for them all; a log waits up to {wait} s.",
        PipelineChange(
            sqs=SqsDesign(receive_batch_size=batch, batch_window_s=wait),
            bedrock=BedrockDesign(logs_per_call=_LARGE_PROMPT),
        ),
    )
