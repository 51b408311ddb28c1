"""Writes docs/cost-of-running.md: what mockupAWS itself costs a month, its queue and functions by its own engine.

    python scripts/cost_of_running.py

How many there are of what is paid by the piece is counted in the template.
"""

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from pathlib import Path
from typing import Any

from infra.catalog import FUNCTIONS
from infra.config import DEV, PROD, StageConfig
from infra.lint import synthesize
from shared.cli.bill import dollars
from shared.mockupaws.contracts.counted import Count
from shared.mockupaws.costing.functions import FunctionUsage, function_cost
from shared.mockupaws.costing.price_book import PriceBook
from shared.mockupaws.costing.queues import life, queue_cost
from shared.mockupaws.costing.seed import seed_prices
from shared.mockupaws.costing.terms import Terms

PAGE = Path(__file__).parent.parent / "docs" / "cost-of-running.md"
REGION = "us-east-1"
MONTHS = (1_000_000, 100_000_000, 10_000_000_000)
HOURS = 730

# What a shipper sends at once, and what of it a message takes: profiles of 500 lines come to some 30 KB.
LOGS_A_REQUEST = 500
# Twice what docs/performance.md has of a developer's machine, since Lambda's cores are slower.
DOOR_MS, DOOR_MS_A_LOG = Decimal(30), Decimal("0.025")
STORE_MS, STORE_MS_A_LOG = Decimal(40), Decimal("0.02")
# Measured with every index, previews of 130 characters.
ROW_BYTES = 400
# What PostgreSQL's log, which backups hold too, has of a row: the row, its index entries, and pages in whole.
WAL_BYTES = 2 * ROW_BYTES
# On its way in: a line of a shipper's JSON, not compressed. And out of it: what a page of the dashboard asks for.
LOG_BYTES, ANSWER_BYTES = 200, 2_000
# What the door sends of a log to the queue, through its endpoint.
PROFILE_BYTES = 60
# Above it the database is four times as large (docs/deploy.md, "Beyond one stage's size").
LARGER_FROM = 1_000_000_000
# A mapping's idle pollers ask so often (docs of `empty receives` in the estimates).
EMPTY_RECEIVES = 648_000
LINE_BYTES = 900
# As infra/constructs/stream.py has it.
STREAM_DAYS = 7
# Those of one function each, and that of all; of failures there are none, or somebody looks at them.
# Of each function, X-Ray samples the first invocation of a second and one in twenty of the others.
SAMPLED = Decimal("0.05")
# People who look, a request a second of office hours; with them ticks and nightly work.
LOOKS = 600_000
OTHERS = LOOKS + 43_800
METRICS = sum(len(count.value.services) or 1 for count in Count if count is not Count.FAILURES)


@dataclass(frozen=True)
class Parts:
    """How many a stage has of what is paid by the piece.

    Attributes:
        endpoints: VPC interface endpoints, each as often as it has zones; S3's, a gateway, is free.
        alarms: CloudWatch alarms.
        secrets: of Secrets Manager.
        keys: of KMS, our own.
        rules: the firewall's.
    """

    endpoints: int
    alarms: int
    secrets: int
    keys: int
    rules: int


def parts(assembly: Path) -> Parts:
    """Count them in a stage's templates, without the stack for Firehose, which is there if it is wanted.

    Args:
        assembly: the stage's folder of what was synthesized.
    """
    stacks = [path for path in assembly.glob("*.template.json") if "Firehose" not in path.name]
    resources = [each for path in stacks for each in json.loads(path.read_text())["Resources"].values()]

    def of(kind: str) -> list[dict[str, Any]]:
        return [each["Properties"] for each in resources if each["Type"] == kind]

    interfaces = [it for it in of("AWS::EC2::VPCEndpoint") if it["VpcEndpointType"] == "Interface"]
    return Parts(
        endpoints=sum(len(it["SubnetIds"]) for it in interfaces),
        alarms=len(of("AWS::CloudWatch::Alarm")),
        secrets=len(of("AWS::SecretsManager::Secret")),
        keys=len(of("AWS::KMS::Key")),
        rules=sum(len(it["Rules"]) for it in of("AWS::WAFv2::WebACL")),
    )


@dataclass(frozen=True)
class Listed:
    """A price that the product doesn't model: as AWS's page lists it, not confirmed against the Price List."""

    what: str
    price: Decimal
    per: str
    page: str


LISTED = {
    "m7g.large": Listed("RDS db.m7g.large, PostgreSQL, Multi-AZ", Decimal("0.337"), "hour", "rds/postgresql"),
    "m7g.2xlarge": Listed("RDS db.m7g.2xlarge, PostgreSQL, Multi-AZ", Decimal("1.348"), "hour", "rds/postgresql"),
    "storage twice": Listed("RDS gp3 storage, Multi-AZ", Decimal("0.23"), "GB-month", "rds/postgresql"),
    "t4g.micro": Listed("RDS db.t4g.micro, PostgreSQL", Decimal("0.016"), "hour", "rds/postgresql"),
    "storage": Listed("RDS gp3 storage", Decimal("0.115"), "GB-month", "rds/postgresql"),
    "backup": Listed("RDS backups beyond the storage's size", Decimal("0.095"), "GB-month", "rds/postgresql"),
    "proxy": Listed("RDS Proxy", Decimal("0.015"), "vCPU and hour", "rds/proxy"),
    "endpoint": Listed("VPC interface endpoint in a zone", Decimal("0.01"), "hour", "privatelink"),
    "processed": Listed("VPC interface endpoint, what goes through it", Decimal("0.01"), "GB", "privatelink"),
    "stream": Listed("Kinesis on-demand stream", Decimal("0.04"), "hour", "kinesis/data-streams"),
    "stream in": Listed("Kinesis on-demand, in", Decimal("0.08"), "GB", "kinesis/data-streams"),
    "stream out": Listed("Kinesis on-demand, out", Decimal("0.04"), "GB", "kinesis/data-streams"),
    "stream kept": Listed("Kinesis on-demand, kept beyond a day", Decimal("0.10"), "GB-month", "kinesis/data-streams"),
    "asked": Listed("CloudFront, HTTPS", Decimal("1.00"), "million requests", "cloudfront"),
    "to origin": Listed("CloudFront, to its origin", Decimal("0.02"), "GB", "cloudfront"),
    "out": Listed("CloudFront, to the internet", Decimal("0.085"), "GB", "cloudfront"),
    "request": Listed("API Gateway HTTP API", Decimal("1.00"), "million requests", "api-gateway"),
    "firewall": Listed("WAF, the list", Decimal(5), "month", "waf"),
    "rule": Listed("WAF, a rule", Decimal(1), "month", "waf"),
    "inspected": Listed("WAF", Decimal("0.60"), "million requests", "waf"),
    "log": Listed("CloudWatch Logs", Decimal("0.50"), "GB", "cloudwatch"),
    "alarm": Listed("CloudWatch alarm", Decimal("0.10"), "month", "cloudwatch"),
    "metric": Listed("CloudWatch custom metric", Decimal("0.30"), "metric and month", "cloudwatch"),
    "dashboard": Listed("CloudWatch dashboard", Decimal("3.00"), "month", "cloudwatch"),
    "key": Listed("Secrets Manager", Decimal("0.40"), "secret and month", "secrets-manager"),
    "own key": Listed("KMS, a key", Decimal("1.00"), "month", "kms"),
    "trace": Listed("X-Ray, a trace recorded", Decimal("5.00"), "million traces", "xray"),
}


def engine(logs: int) -> Iterator[tuple[str, Decimal]]:
    """What the product prices: its own functions and queue, at volume tiers, without the free tier."""
    book = PriceBook(price for price in seed_prices() if price.region == REGION)
    terms = Terms(book, REGION, volume_tiers=True, free_tier=False)
    requests, batches, batch = _through(logs)
    yield "SQS", queue_cost(life("standard", requests, batches, batches, EMPTY_RECEIVES), terms).cost_usd
    yield "Lambda: ingest", _function("ingest", requests, DOOR_MS + DOOR_MS_A_LOG * LOGS_A_REQUEST, terms)
    stored = STORE_MS + STORE_MS_A_LOG * LOGS_A_REQUEST * batch
    yield "Lambda: store_logs", _function("store_logs", batches, stored, terms)
    yield "Lambda: everything else", _function("scenarios", OTHERS, Decimal(60), terms)


def _through(logs: int) -> tuple[int, int, Decimal]:
    """Requests to the door, batches of the store, and messages in one of those."""
    requests = ceil(logs / LOGS_A_REQUEST)
    # A mapping gathers for a second, ten messages at most.
    batch = min(Decimal(10), max(Decimal(1), Decimal(requests) / (HOURS * 3600)))
    return requests, ceil(requests / batch), batch


def _traced(invocations: int) -> Decimal:
    """How many of a function's invocations are sampled, if they come evenly."""
    firsts = min(invocations, HOURS * 3600)
    return firsts + SAMPLED * (invocations - firsts)


def _function(name: str, invocations: int, milliseconds: Decimal, terms: Terms) -> Decimal:
    (function,) = [each for each in FUNCTIONS if each.name == name]
    usage = FunctionUsage("arm64", invocations, invocations * ceil(milliseconds), function.memory_mb)
    return function_cost(usage, terms).cost_usd


def listed(logs: int, counted: Parts, stage: StageConfig = PROD) -> Iterator[tuple[str, Decimal]]:
    """What it doesn't: by list price."""
    price: dict[str, Decimal] = {name: each.price for name, each in LISTED.items()}
    requests, batches, _ = _through(logs)
    millions = Decimal(requests + LOOKS) / 1_000_000
    traces = sum(map(_traced, (requests, batches, OTHERS)), Decimal())
    database = stage.postgres
    assert database, "a stage in AWS has one"  # noqa: S101 - for pyright
    stored_gb = max(Decimal(database.storage_gb), Decimal(logs * ROW_BYTES * stage.retention_days) / 30 / 10**9)
    larger = logs > LARGER_FROM
    instance = "m7g.2xlarge" if larger else database.instance
    yield "Database and its proxy", (price[instance] + price["proxy"] * (8 if larger else 2)) * HOURS
    yield "Database storage", price["storage twice" if database.multi_az else "storage"] * stored_gb
    # As much as the storage is free: it is full of rows, and so is the first day's backup.
    wal_gb = Decimal(logs * WAL_BYTES * database.backup_days) / 30 / 10**9
    rows_gb = Decimal(logs * ROW_BYTES * stage.retention_days) / 30 / 10**9
    yield "Database backups", price["backup"] * max(Decimal(), rows_gb + wal_gb - stored_gb)
    through_gb = Decimal(logs * PROFILE_BYTES) / 10**9
    yield (
        "Network: endpoints of the AWS services",
        price["endpoint"] * counted.endpoints * HOURS + price["processed"] * through_gb,
    )
    yield "Kinesis stream", price["stream"] * HOURS
    origin_gb, out_gb = Decimal(logs * LOG_BYTES) / 10**9, Decimal(LOOKS * ANSWER_BYTES) / 10**9
    yield "CloudFront", price["asked"] * millions + price["to origin"] * origin_gb + price["out"] * out_gb
    yield "API Gateway", price["request"] * millions
    yield "Firewall", price["firewall"] + price["rule"] * counted.rules + price["inspected"] * millions
    yield (
        "Logs, metrics, alarms, dashboard, traces",
        (
            price["log"] * millions * 2 * LINE_BYTES / 1000
            + price["alarm"] * counted.alarms
            + price["metric"] * METRICS
            + price["dashboard"]
            + price["trace"] * traces / 1_000_000
        ),
    )
    yield "Secrets and keys", price["key"] * counted.secrets + price["own key"] * counted.keys


def page(counted: Parts, in_dev: Parts) -> str:
    """The page.

    Args:
        counted: in the template of `prod`.
        in_dev: in that of `dev`.
    """
    engines, lists = [dict(engine(logs)) for logs in MONTHS], [dict(listed(logs, counted)) for logs in MONTHS]
    dev = sum((each for _, each in (*engine(MONTHS[0]), *listed(MONTHS[0], in_dev, DEV))), Decimal())
    dev_usd = int(round(dev, -1))
    pieces = (
        f"{counted.endpoints} interfaces of endpoints",
        f"{counted.alarms} alarms",
        f"{counted.secrets} secrets",
        f"{counted.keys} key{'s' if counted.keys != 1 else ''}",
    )
    by_gb = {name: LISTED[f"stream {name}"].price for name in ("in", "out", "kept")}
    # The first of the days is in the price.
    stream_gb = f"{by_gb['in'] + by_gb['out'] + by_gb['kept'] * (STREAM_DAYS - 1) / 30:.2f}"
    zones_usd = int(round(Decimal(MONTHS[-1] * WAL_BYTES) / 2 / 10**9 * Decimal("0.02"), -1))
    assert PROD.postgres, "a stage in AWS has one"  # noqa: S101 - for pyright
    backup_days = PROD.postgres.backup_days
    rows = [
        f"| {name} | " + " | ".join(dollars(each[name]) for each in columns) + f" | {by} |"
        for columns, by in ((engines, "engine"), (lists, "list"))
        for name in columns[0]
    ]
    totals = [sum((*one.values(), *two.values()), Decimal()) for one, two in zip(engines, lists, strict=True)]
    rows.append("| **A month** | " + " | ".join(f"**{dollars(total)}**" for total in totals) + " | |")
    million = [total / logs * 1_000_000 for total, logs in zip(totals, MONTHS, strict=True)]
    rows.append("| for a million logs | " + " | ".join(dollars(each) for each in million) + " | |")
    head = " | ".join(f"{logs // 1_000_000:,} million logs" for logs in MONTHS)
    prices = "\n".join(
        f"| {each.what} | {each.price} / {each.per} | <https://aws.amazon.com/{each.page}/pricing/> |"
        for each in LISTED.values()
    )
    return f"""# What mockupAWS itself costs

<!-- Written by `python scripts/cost_of_running.py`: change that, not this page. -->

The stage `prod` in {REGION}, a month of {HOURS} hours, no free tier. Its queue and its functions are priced by its own
engine, from its own price table; what the engine doesn't model is at list price.

| | {head} | by |
|---|---:|---:|---:|---|
{chr(10).join(rows)}

Taken for it:
- {LOGS_A_REQUEST} logs a request, a shipper's batch. One log a request makes door, queue and gateway
  {LOGS_A_REQUEST} times as dear.
- The door works {DOOR_MS} ms a request and {int(DOOR_MS_A_LOG * 1000)} µs a log, the store {STORE_MS} ms a batch and
  {int(STORE_MS_A_LOG * 1000)} µs a log: twice what [performance.md](performance.md) has.
- {", ".join(pieces)} and {counted.rules} rules of the firewall, as many as the template has.
  Firehose's stack, which is there if it is wanted, comes on top, with what AWS takes for its GB.
- A row takes {ROW_BYTES} bytes with its indexes and is kept for {PROD.retention_days} days. Backups hold
  PostgreSQL's log of {backup_days} days, some {WAL_BYTES} bytes a row; as much of them as the storage has is free.
- A log comes in as {LOG_BYTES} bytes, not compressed, and goes to the queue as {PROFILE_BYTES}.
- The database is an m7g.large with a standby; in the largest column an m7g.2xlarge, four times that, with some peaks in
  mind. [deploy.md](deploy.md), "Beyond one stage's size", says when; look at `database-busy` before you believe either.

Not in it:
- **What comes over Kinesis** in place of HTTP: ${stream_gb} a GB, written, read once and kept for the
  {STREAM_DAYS} days that the stream keeps records.
- **Traffic between zones** from functions to proxy and database, at $0.01 a GB each way: cents in the first two
  columns, some ${zones_usd} in the largest, where half of what is written crosses.
- **S3** (reports, batches too large for a message, the dashboard's files): $0.023 a GB-month and $5 a million writes,
  cents to a few dollars. **SES**: $0.10 a thousand mails. **KMS** and X-Ray beyond the sampled: cents.
- **Firehose**, an AWS support plan, taxes, and what CloudFront takes in dear regions, up to twice.

`dev` runs the same on a t4g.micro in one zone without a standby, some ${dev_usd} a month, most of it the endpoints, the
stream and the proxy; `local` costs nothing.

## List prices
For {REGION}. They are not in the product's price table and no Price List confirms them here: look at AWS's own page
before you rely on one.

| what | USD | page |
|---|---:|---|
{prices}
"""


def main() -> None:
    """Write the page."""
    with tempfile.TemporaryDirectory() as folder:
        synthesize(Path(folder), PROD.name, DEV.name)
        PAGE.write_text(page(*(parts(Path(folder) / f"assembly-{stage.name}") for stage in (PROD, DEV))))


if __name__ == "__main__":
    main()
