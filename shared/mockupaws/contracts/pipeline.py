"""The design that is priced: logs, SQS, Lambda, an LLM on Bedrock. Every field has a default and can be overridden.

Where AWS has a default, it is ours.
"""

from decimal import Decimal
from functools import cache
from math import ceil
from typing import Annotated, Any, Literal, Self, cast

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    StrictBool,
    TypeAdapter,
    WithJsonSchema,
    model_validator,
)

from shared.mockupaws.contracts.money import Share, number
from shared.mockupaws.contracts.traffic import Level

QueueType = Literal["standard", "fifo"]
Architecture = Literal["x86_64", "arm64"]
Mode = Literal["on_demand", "batch", "flex", "priority"]

DEFAULT_MODEL = "global.anthropic.claude-haiku-4-5-20251001-v1:0"
"""Current, priced by AWS alike in every region, and with a tokenizer that was measured."""

LONGEST_MS = 900_000
"""Lambda stops an invocation after 15 minutes (AWS, Lambda quotas: function timeout)."""

Milliseconds = Annotated[
    Decimal,
    Field(ge=0, le=LONGEST_MS, max_digits=18, decimal_places=12),
    PlainSerializer(number, return_type=float, when_used="json"),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": LONGEST_MS}),
]


class Part(BaseModel):
    """One part of a design: immutable, and a field that doesn't exist is refused. For its defaults see `wire.Body`."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        defer_build=True,
    )


class SqsDesign(Part):
    """The queue and how it is used.

    Attributes:
        queue_type: FIFO costs more a request and has no batching window.
        send_batch_size: messages in one SendMessageBatch, as far as the queue's 1 MiB a call allows; 1 is SendMessage.
        receive_batch_size: most messages that one Lambda invocation gets. The poller reads at most 10 a call whatever
            this says. Above 10 AWS asks for a window of at least a second.
        batch_window_s: how long a batch waits for more messages, seconds.
        retry_rate: share of the messages that are received, and worked on, a second time.
        empty_receives_per_minute: what the pollers of an idle queue ask in vain. About 15 (seen by users, not
            documented by AWS: getlift/lift#132); it is a cost of time, so it is in the month, not in what was observed.
    """

    queue_type: QueueType = "standard"
    send_batch_size: int = Field(default=1, ge=1, le=10)
    receive_batch_size: int = Field(default=10, ge=1, le=10_000)
    batch_window_s: int = Field(default=0, ge=0, le=300)
    retry_rate: Share = Decimal(0)
    empty_receives_per_minute: int = Field(default=15, ge=0, le=10_000)


class LambdaDesign(Part):
    """The function that reads the queue.

    Attributes:
        architecture: the processor.
        memory_mb: what is configured, MB.
        duration_ms_base: what an invocation takes whatever its batch, ms.
        duration_ms_per_log: what each log of the batch adds, ms.
        ephemeral_storage_mb: size of /tmp, MB; the first 512 cost nothing.
    """

    architecture: Architecture = "x86_64"
    memory_mb: int = Field(default=128, ge=128, le=10_240)
    duration_ms_base: Milliseconds = Decimal(50)
    duration_ms_per_log: Milliseconds = Decimal(5)
    ephemeral_storage_mb: int = Field(default=512, ge=512, le=10_240)


class BedrockDesign(Part):
    """The model that reads the logs.

    Attributes:
        model_id: the model or cross-region profile as Bedrock names it; null for a design without an LLM.
        mode: how the calls are made; not every model has every mode.
        logs_per_call: logs in one prompt, as far as the Lambda's batch holds that many.
        prompt_tokens_per_call: what each call says besides the logs, in the model's own tokens.
        output_tokens_per_call: what the model answers, in its own tokens.
        cached_prompt: whether that prompt is read from the prompt cache.
        share_of_logs: of the logs that are left after `reduce`, those that reach the model.
        token_factor: the model's tokens per `cl100k_base` token as measured by `mockupaws calibrate`; null for the
            factor that the product knows.
    """

    # A field named model_ is not pydantic's own.
    model_config = ConfigDict(protected_namespaces=())

    model_id: str | None = Field(default=DEFAULT_MODEL, min_length=1, max_length=200)
    mode: Mode = "on_demand"
    logs_per_call: int = Field(default=10, ge=1, le=10_000)
    prompt_tokens_per_call: int = Field(default=200, ge=0, le=1_000_000)
    output_tokens_per_call: int = Field(default=100, ge=0, le=1_000_000)
    cached_prompt: StrictBool = False
    share_of_logs: Share = Decimal(1)
    token_factor: (
        Annotated[
            Decimal,
            Field(gt=0, le=10, max_digits=20, decimal_places=18),
            PlainSerializer(number, return_type=float, when_used="json"),
            WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": 10}),
        ]
        | None
    ) = None


class ReduceDesign(Part):
    """What the function drops before the LLM sees it.

    Attributes:
        deduplicate: a message that was seen before is not asked about again.
        sample_rate: share of the logs that are kept.
        drop_levels: severities that are dropped.
        redact_pii: personal data is masked first, which changes the tokens.
    """

    deduplicate: StrictBool = False
    sample_rate: Share = Decimal(1)
    drop_levels: tuple[Level, ...] = Field(default=(), max_length=7)
    redact_pii: StrictBool = False


class Assumptions(Part):
    """What is assumed of the account and the month.

    Attributes:
        free_tier: whether the account's free tier is this pipeline's.
        hours_per_month: 730 is AWS's own month (8,760 / 12).
    """

    free_tier: StrictBool = False
    hours_per_month: int = Field(default=730, ge=1, le=744)


class Pipeline(Part):
    """A whole design. Its rules across fields are AWS's own, so what validates can be built."""

    sqs: SqsDesign = SqsDesign.model_construct()
    lambda_: LambdaDesign = Field(default=LambdaDesign.model_construct(), alias="lambda")
    bedrock: BedrockDesign = BedrockDesign.model_construct()
    reduce: ReduceDesign = ReduceDesign.model_construct()
    assumptions: Assumptions = Assumptions.model_construct()

    @model_validator(mode="after")
    def _can_be_built(self) -> Self:
        sqs = self.sqs
        if sqs.queue_type == "fifo" and sqs.receive_batch_size > 10:  # noqa: PLR2004 - AWS's number, said in the message
            raise ValueError("sqs.receive_batch_size: a FIFO queue gives Lambda at most 10 messages; use 1 to 10")
        if sqs.queue_type == "fifo" and sqs.batch_window_s:
            raise ValueError("sqs.batch_window_s: a FIFO queue has no batching window; use 0")
        if sqs.receive_batch_size > 10 and not sqs.batch_window_s:  # noqa: PLR2004
            raise ValueError(
                "sqs.batch_window_s: batches of more than 10 messages need a window; use 1 to 300 seconds, "
                "or a receive_batch_size of at most 10"
            )
        return self

    @property
    def longest_ms(self) -> Decimal:
        """What the function takes for a full batch, ms."""
        return self.lambda_.duration_ms_base + self.lambda_.duration_ms_per_log * self.sqs.receive_batch_size


def _ends_in_time(pipeline: Pipeline) -> Pipeline:
    if pipeline.longest_ms <= LONGEST_MS:
        return pipeline
    function, batch = pipeline.lambda_, pipeline.sqs.receive_batch_size
    fits = int((LONGEST_MS - function.duration_ms_base) / function.duration_ms_per_log)
    smaller = f"a receive_batch_size of at most {fits:,}, or " if fits else ""
    raise ValueError(
        f"lambda.duration_ms_per_log: a full batch of {batch:,} would take {ceil(pipeline.longest_ms):,} ms, and "
        f"Lambda stops a function after {LONGEST_MS:,}; use {smaller}shorter durations"
    )


NewPipeline = Annotated[Pipeline, AfterValidator(_ends_in_time)]
"""A design that is new here. That its function ends in time is no rule of `Pipeline` itself: scenarios hold designs of
before this rule, which have to load. Their estimates warn instead (`invocation_too_long`)."""


@cache
def _new() -> TypeAdapter[Pipeline]:
    # Built when a change first needs it, as all of these models are.
    return TypeAdapter(NewPipeline)


# us., eu., global. and the like: the same model behind a cross-region profile.
_PROFILES = ("us", "eu", "global", "apac", "au", "jp", "in", "ca", "us-gov")


def bare(model_id: str) -> str:
    """A model's id without its cross-region profile."""
    profile, _, rest = model_id.partition(".")
    return rest if profile in _PROFILES else model_id


class PipelineChange(Part):
    """What a variant changes in a scenario's design; a field that isn't given stays as it is.

    But a measured `token_factor` is its model's: with another model it is forgotten, unless the change gives one.
    """

    sqs: SqsDesign = SqsDesign.model_construct()
    lambda_: LambdaDesign = Field(default=LambdaDesign.model_construct(), alias="lambda")
    bedrock: BedrockDesign = BedrockDesign.model_construct()
    reduce: ReduceDesign = ReduceDesign.model_construct()
    assumptions: Assumptions = Assumptions.model_construct()

    def applied_to(self, pipeline: Pipeline) -> Pipeline:
        """The design with this change in it.

        Args:
            pipeline: the design that is changed.

        Raises:
            pydantic.ValidationError: AWS wouldn't build the two together, or would stop their function. One that takes
                too long already may stay as it is: a change of something else isn't to blame for it.
        """
        merged = cast("dict[str, dict[str, Any]]", pipeline.model_dump(by_alias=True))
        changed = cast("dict[str, dict[str, Any]]", self.model_dump(by_alias=True, exclude_unset=True))
        for part, fields in changed.items():
            merged[part] |= fields
        before, after = pipeline.bedrock.model_id, merged["bedrock"]["model_id"]
        if bare(before or "") != bare(after or "") and "token_factor" not in changed.get("bedrock", {}):
            merged["bedrock"]["token_factor"] = None
        design = Pipeline.model_validate(merged)
        return design if design.longest_ms <= pipeline.longest_ms else _new().validate_python(design)
