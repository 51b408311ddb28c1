"""What differs between the stages, typed; everything else is the same everywhere."""

from dataclasses import dataclass
from typing import Literal

from layers.recipe import Platform

ZONES = 2


@dataclass(frozen=True)
class Postgres:
    """A PostgreSQL of the stage's own, in a VPC, behind a proxy.

    Attributes:
        instance: instance class, as in `t4g.medium`.
        storage_gb: to begin with, GB; it grows by itself to ten times that.
        multi_az: whether a standby waits in another zone.
        connections: PostgreSQL's `max_connections`; some 100 a GB of the instance's memory, as RDS itself would say.
        backup_days: how far back it can be restored to any second, days.
        nat: whether functions reach the internet; by default they reach only the AWS services they use.
        zones: the two zones of its network; none for the account's first two, which may lack an endpoint's service.
            Once it stands they stay: its subnets can't move.
    """

    instance: str
    storage_gb: int
    multi_az: bool
    connections: int
    backup_days: int
    nat: bool = False
    zones: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuses what the proxy would refuse when it is made."""
        if len(self.zones) not in {0, ZONES}:
            raise ValueError(f"zones are {', '.join(self.zones)}; give {ZONES}, or none")


SHORTEST_RETENTION_DAYS = 7
# What CloudWatch Logs takes (PutRetentionPolicy).
LOG_DAYS = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545),
    *(731, 1096, 1827, 2192, 2557, 2922, 3288, 3653),
)


@dataclass(frozen=True)
class StageConfig:
    """One place that mockupAWS runs in.

    Attributes:
        name: the stage's name; it begins the names of what is deployed.
        platform: whose wheels the layers hold.
        postgres: the database to make; None where a database is given, as the template's parameter DatabaseUrl.
        keep_data: whether what holds data outlives the stack, and can't be deleted by a mistake.
        store_concurrency: how many batches are stored at once, at most; each holds one database connection.
        allowed_origins: browser origins that may call the API beside the dashboard's own.
        log_days: how long the functions' own logs are kept, days; one of `LOG_DAYS`.
        retention_days: how long log rows are kept, days; a week or more, since their partitions are weeks.
        tracing: whether X-Ray traces are written.
        alarms: whether somebody is told when it needs them.
        edge: whether CloudFront and a firewall stand before it, and Firehose may be put before its door. What doesn't
            come by it is refused then.
        canary: whether new code of the API serves one request in ten for ten minutes first.
    """

    name: Literal["local", "dev", "prod"]
    platform: Platform
    postgres: Postgres | None
    keep_data: bool
    store_concurrency: int
    allowed_origins: tuple[str, ...]
    log_days: int
    retention_days: int = 30
    tracing: bool = True
    alarms: bool = True
    edge: bool = True
    canary: bool = False

    def __post_init__(self) -> None:
        """Refuses what CloudFormation would in the middle of a deploy, PostgreSQL night after night."""
        if self.retention_days < SHORTEST_RETENTION_DAYS:
            raise ValueError(f"retention_days is {self.retention_days}; give {SHORTEST_RETENTION_DAYS} or more")
        if self.log_days not in LOG_DAYS:
            raise ValueError(f"log_days is {self.log_days}; CloudWatch Logs knows {', '.join(map(str, LOG_DAYS))}")


_VITE_AND_NEXT = ("http://localhost:5173", "http://localhost:3000")

LOCAL = StageConfig(
    name="local",
    platform=Platform.HERE,
    postgres=None,
    keep_data=False,
    store_concurrency=2,
    allowed_origins=_VITE_AND_NEXT,
    log_days=1,
    tracing=False,
    alarms=False,
    edge=False,
)

DEV = StageConfig(
    name="dev",
    platform=Platform.LAMBDA,
    postgres=Postgres(instance="t4g.micro", storage_gb=20, multi_az=False, connections=80, backup_days=1),
    keep_data=False,
    store_concurrency=5,
    allowed_origins=_VITE_AND_NEXT,
    log_days=14,
)

PROD = StageConfig(
    name="prod",
    platform=Platform.LAMBDA,
    postgres=Postgres(instance="m7g.large", storage_gb=100, multi_az=True, connections=800, backup_days=14),
    keep_data=True,
    store_concurrency=20,
    allowed_origins=(),
    log_days=90,
    canary=True,
)

STAGES = {stage.name: stage for stage in (LOCAL, DEV, PROD)}
