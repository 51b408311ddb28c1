"""What the estimates routes are asked."""

from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, StrictBool, StringConstraints, model_validator

from shared.mockupaws.contracts.pipeline import Architecture, Mode, QueueType
from shared.mockupaws.contracts.regions import Region
from shared.mockupaws.contracts.variants import VariantBody
from shared.mockupaws.contracts.wire import Body, Day, nothing

MOST_VARIANTS = 50

# More than any account has ever used; a quantity above it is a slip.
Count = Annotated[int, Field(ge=0, le=10**15)]
Memory = Annotated[int, Field(ge=128, le=10_240)]


class WhatIfBody(Body):
    """What to try on a scenario's recorded traffic.

    Attributes:
        variants: other designs, priced beside the scenario's.
        savings: whether to look for single changes that save something, too.
        prices_on: the day whose prices count; today (UTC) if it isn't given.
    """

    variants: Annotated[list[VariantBody], Field(max_length=MOST_VARIANTS)] = Field(default_factory=nothing)
    savings: StrictBool = False
    prices_on: Day | None = None


class SqsQuantities(Body):
    """A month of a queue: either its requests, or the messages that make them.

    Attributes:
        queue_type: standard or FIFO.
        requests: requests in 64 KiB units.
        messages: messages, each sent, received and deleted once.
        avg_message_bytes: size of each, bytes.
        send_batch_size: messages a send.
        receive_batch_size: messages a receive and a delete; a call carries ten at most.
    """

    queue_type: QueueType = "standard"
    requests: Count | None = None
    messages: Count | None = None
    avg_message_bytes: Annotated[int, Field(ge=1, le=1_048_576)] | None = None
    send_batch_size: Annotated[int, Field(ge=1, le=10)] = 1
    receive_batch_size: Annotated[int, Field(ge=1, le=10_000)] = 1

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Self:
        if (self.requests is None) == (self.messages is None):
            raise ValueError("give either `requests`, or `messages` and `avg_message_bytes`")
        if self.messages is not None and self.avg_message_bytes is None:
            raise ValueError("give `avg_message_bytes` with `messages`: a request is 64 KiB of payload")
        return self


class ProvisionedQuantities(Body):
    """Concurrency kept warm.

    Attributes:
        count: environments.
        hours: how long they are configured; AWS rounds up to five minutes.
        memory_mb: of each.
    """

    count: Annotated[int, Field(ge=1, le=1_000_000)]
    # A float's digits, down to a minute's: 1/60 is 0.016666666666666666.
    hours: Annotated[Decimal, Field(gt=0, le=744, max_digits=23, decimal_places=20)]
    memory_mb: Memory


class LambdaQuantities(Body):
    """A month of a function.

    Attributes:
        architecture: the processor.
        invocations: requests.
        duration_ms: of each; billed by the whole millisecond.
        memory_mb: what is configured, MB.
        ephemeral_storage_mb: size of /tmp, MB.
        provisioned_concurrency: environments kept warm, on which every invocation then runs.
    """

    architecture: Architecture = "x86_64"
    invocations: Count
    duration_ms: Annotated[Decimal, Field(ge=0, le=900_000, max_digits=21, decimal_places=15)]
    memory_mb: Memory
    ephemeral_storage_mb: Annotated[int, Field(ge=512, le=10_240)] = 512
    provisioned_concurrency: ProvisionedQuantities | None = None


class BedrockQuantities(Body):
    """A month of a model, in its own tokens.

    Attributes:
        model_id: the model or cross-region profile.
        mode: how it is called.
        input_tokens: read, cached ones left out, as in Converse's `inputTokens`.
        output_tokens: written.
        cache_read_tokens: read from the prompt cache.
        cache_write_tokens: written to it.
    """

    model_id: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    mode: Mode = "on_demand"
    input_tokens: Count
    output_tokens: Count = 0
    cache_read_tokens: Count = 0
    cache_write_tokens: Count = 0


class Quantities(Body):
    """A month's usage of at least one service."""

    sqs: SqsQuantities | None = None
    lambda_: Annotated[LambdaQuantities | None, Field(alias="lambda")] = None
    bedrock: BedrockQuantities | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.sqs is None and self.lambda_ is None and self.bedrock is None:
            raise ValueError("give at least one of `sqs`, `lambda` and `bedrock`")
        return self


class UsageBody(Body):
    """A month's usage to be priced.

    Attributes:
        region: where it is used.
        free_tier: whether the account's free tier is its own.
        usage: how much of what.
        prices_on: the day whose prices count; today (UTC) if it isn't given.
    """

    region: Region
    free_tier: StrictBool = False
    usage: Quantities
    prices_on: Day | None = None
