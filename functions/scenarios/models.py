"""Scenarios and their logs as the API takes and gives them."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import MISSING, AfterValidator, ConfigDict, Field, StrictBool, StringConstraints

from shared.mockupaws.contracts.pipeline import NewPipeline, Pipeline, PipelineChange
from shared.mockupaws.contracts.regions import Region
from shared.mockupaws.contracts.traffic import Level
from shared.mockupaws.contracts.wire import Body, Name, Reply, Storable, Text, Usd, Utc, nothing

Status = Literal["draft", "running", "completed", "archived"]
Tier = Literal["standard", "on-demand"]
Sort = Literal[
    "-created_at",
    "created_at",
    "-updated_at",
    "updated_at",
    "-total_cost_estimate",
    "total_cost_estimate",
    "-total_requests",
    "total_requests",
    "name",
    "-name",
]


def _each_once(values: list[str]) -> list[str]:
    return list(dict.fromkeys(values))


Description = Annotated[str, StringConstraints(max_length=10_000), Storable]
Tag = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50), Storable]
Tags = Annotated[list[Tag], Field(max_length=50), AfterValidator(_each_once)]
# What CloudWatch Logs allows in a log group's name, and `*`.
LogGroup = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._/#*-]+$", max_length=512)]
LogGroups = Annotated[list[LogGroup], Field(max_length=50), AfterValidator(_each_once)]
Budget = Annotated[Usd, Field(gt=0, max_digits=20, decimal_places=8)]


class PiiRules(Body):
    """What counts as personal data in a scenario, beyond what always does.

    Attributes:
        ip_addresses: IPv4 and IPv6 addresses; otherwise every access log would be one violation.
    """

    ip_addresses: StrictBool = False


class NewScenario(Body):
    """A scenario to be made, as a draft.

    Attributes:
        name: not blank.
        description: free text.
        tags: to find it by; repeated ones are kept once.
        region: where the pipeline would run, which decides its prices.
        tier: kept for the reader; the pipeline says what is priced.
        pipeline: the design that is priced; what isn't given has its default.
        pii: what counts as personal data.
        log_groups: CloudWatch log groups whose subscription records are this scenario's; `*` stands for anything. They
            are the AWS account's: a superuser gives them.
        budget_usd: dollars a month that the pipeline should stay below.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "Checkout logs",
                    "region": "eu-west-1",
                    "tags": ["shop"],
                    "pipeline": {
                        "sqs": {"send_batch_size": 10, "receive_batch_size": 100, "batch_window_s": 5},
                        "lambda": {"architecture": "arm64", "memory_mb": 256},
                        "bedrock": {"model_id": "eu.amazon.nova-lite-v1:0", "share_of_logs": 0.1},
                    },
                    "budget_usd": "500",
                }
            ]
        }
    )

    name: Name
    description: Description | None = None
    tags: Tags = Field(default_factory=nothing)
    region: Region
    tier: Tier = "standard"
    pipeline: NewPipeline = Pipeline.model_construct()
    pii: PiiRules = PiiRules.model_construct()
    log_groups: LogGroups = Field(default_factory=nothing)
    budget_usd: Budget | None = None


class ScenarioChange(Body):
    """What changes in a scenario; a field that isn't given stays as it is, in the pipeline too.

    Attributes:
        region: only while it is a draft.
        description: null takes it away.
        log_groups: anybody may take some away; a superuser gives them.
        budget_usd: null takes it away.
    """

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"pipeline": {"lambda": {"memory_mb": 512}}, "budget_usd": None}]}
    )

    name: Name | MISSING = MISSING
    description: Description | MISSING | None = MISSING
    tags: Tags | MISSING = MISSING
    region: Region | MISSING = MISSING
    tier: Tier | MISSING = MISSING
    pipeline: PipelineChange | MISSING = MISSING
    pii: PiiRules | MISSING = MISSING
    log_groups: LogGroups | MISSING = MISSING
    budget_usd: Budget | MISSING | None = MISSING


class Scenario(Reply):
    """A scenario.

    Attributes:
        user_id: its owner.
        owner_email: its owner's.
        started_at: when its latest run began.
        completed_at: when that run ended; null while it runs.
        total_requests: logs recorded, duplicates included.
        total_cost_estimate: what those would have cost, US dollars, at first-tier list price without a free tier.
    """

    id: UUID
    user_id: UUID
    owner_email: str
    name: str
    description: str | None
    tags: list[str]
    status: Status
    region: Region
    tier: Tier
    pipeline: Pipeline
    pii: PiiRules
    log_groups: list[str]
    budget_usd: Usd | None
    created_at: Utc
    updated_at: Utc
    started_at: Utc | None
    completed_at: Utc | None
    total_requests: int
    total_cost_estimate: Usd


class TrendPoint(Reply):
    """An hour's traffic.

    Attributes:
        timestamp: when the hour begins.
        logs: messages.
    """

    timestamp: Utc
    logs: int


class ListedScenario(Scenario):
    """A scenario in a list, with what tells it from the others at a glance.

    Attributes:
        last_log_at: the minute of its newest log.
        trend: the last 24 hours until then; an hour without logs is left out.
    """

    last_log_at: Utc | None
    trend: list[TrendPoint]


class ScenarioFilter(Reply):
    """Which scenarios to list, and in what order.

    Attributes:
        tag: one of its tags, exactly.
        q: part of the name or the description, whatever the case.
        sort: the field to sort by, `-` for descending.
    """

    status: Status | None = None
    region: Region | None = None
    tag: Text | None = None
    q: Annotated[str, StringConstraints(max_length=255), Storable] | None = None
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    page_size: Annotated[int, Field(ge=1, le=100)] = 20
    sort: Sort = "-created_at"


class LogFilter(Reply):
    """Which logs to list, newest first.

    Attributes:
        limit: most logs in a reply.
        cursor: `next_cursor` of the reply before; none for the newest.
        source: the source, exactly.
        q: part of the preview, whatever the case.
        from_: received at or after.
        to: received before.
    """

    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: str | None = None
    has_pii: bool | None = None
    source: Text | None = None
    q: Annotated[str, StringConstraints(min_length=1, max_length=255), Storable] | None = None
    from_: Annotated[Utc | None, Field(alias="from")] = None
    to: Utc | None = None


class Log(Reply):
    """A recorded log. The message itself is nowhere: the preview has its personal data masked.

    Attributes:
        received_at: when the door took it.
        message_hash: SHA-256 of the message, hexadecimal.
        message_preview: its first 500 characters after masking.
        is_duplicate: whether an equal message was recorded before.
        size_bytes: UTF-8 bytes.
        token_count: `cl100k_base` tokens.
        sqs_blocks: 64 KiB billing units.
        pii_types: kinds of personal data found.
    """

    id: UUID
    received_at: Utc
    source: str
    level: Level
    message_hash: str
    message_preview: str
    is_duplicate: bool
    size_bytes: int
    token_count: int
    sqs_blocks: int
    has_pii: bool
    pii_types: list[str]


class Logs(Reply):
    """A page of logs.

    Attributes:
        items: may be fewer than the limit, even none, before the end: a reply looks at so many logs and no more.
        next_cursor: where to go on; null at the end.
    """

    items: list[Log]
    next_cursor: str | None


class Rejected(Reply):
    """A log that couldn't be taken.

    Attributes:
        index: its position in the request, from 0.
        error: why.
        sample: how it began, personal data masked.
    """

    id: UUID
    received_at: Utc
    index: int
    error: str
    sample: str


class RejectedFilter(Reply):
    """Which page of the rejected logs, newest first."""

    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    page_size: Annotated[int, Field(ge=1, le=100)] = 20
