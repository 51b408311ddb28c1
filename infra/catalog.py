"""Every function as plain data: what starts it, how large it is and what it may touch. The stacks follow this."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Literal

BASE_PATH = "/api/v1"

Method = Literal["ANY", "DELETE", "GET", "HEAD", "POST", "PUT"]


class Touch(Enum):
    """What a function may touch beyond its own log group; the stacks turn each into the narrowest grant there is."""

    DATABASE = auto()  # as the login that owns nothing
    DATABASE_OWNER = auto()  # as its owner, who lets that login in and changes its password, and the owner's
    JWT_KEY = auto()  # read the key that signs access tokens
    EDGE_KEY = auto()  # read the key by which it knows what comes through CloudFront
    SEND_LOGS = auto()  # put profiles on the logs queue, and on S3 those that are too large for a message
    READ_PAYLOADS = auto()  # read such profiles from S3
    SEND_RESETS = auto()  # ask for a link to a new password to be mailed
    WATCH_LOGS = auto()  # ask how long the logs queue and its dead-letter queue are
    SEND_REPORTS = auto()  # ask for a report to be made
    WRITE_REPORTS = auto()  # write its file, and hand out a link to it
    HAND_OUT_REPORTS = auto()  # hand out a link to a report's file, or delete it
    DELETE_REPORTS = auto()  # delete files whose report is gone
    SEND_MAIL = auto()
    READ_PRICES = auto()  # ask the AWS Price List, over the internet: without a database there is no network in the way
    FETCH_PRICES = auto()  # have the function asked that can
    START_REFRESH = auto()  # have the prices refreshed now
    RETENTION = auto()  # drop what is older than the stage keeps


@dataclass(frozen=True)
class Route:
    """One route of the HTTP API: the method, and the path below `/api/v1` with `{parameters}`."""

    method: Method
    path: str

    @property
    def key(self) -> str:
        """The route key as API Gateway writes it, `GET /api/v1/scenarios/{scenario_id}`."""
        return f"{self.method} {BASE_PATH}{self.path}"


class QueueName(Enum):
    """The queues. What can't be handled waits in the dead-letter queue that each has."""

    LOGS = "logs"
    RESETS = "resets"
    REPORTS = "report-jobs"


@dataclass(frozen=True)
class FromQueue:
    """Starts the function with batches from a queue, which may also delete what it has done; what fails fails alone.

    Attributes:
        queue: which one.
        batch_size: messages a batch, at most.
        window_s: how long a batch is gathered, seconds.
        life_h: how long a message waits, there and in the dead-letter queue, hours.
        hidden_s: after so many seconds a batch that was not answered for comes again; six times the timeout and
            the window, at least.
        max_receives: a message that came so often is a dead letter.
    """

    queue: QueueName
    batch_size: int
    window_s: int
    life_h: int
    hidden_s: int
    max_receives: int


@dataclass(frozen=True)
class FromStream:
    """Starts the function with batches from the Kinesis stream that CloudWatch Logs subscriptions write to.

    Attributes:
        batch_size: records a batch, at most.
        window_s: how long a batch is gathered, seconds.
        parallelization_factor: how many read a shard at once, 1 to 10; records of one partition key stay in order.
    """

    batch_size: int
    window_s: int
    parallelization_factor: int


@dataclass(frozen=True)
class Schedule:
    """Starts the function at times, in EventBridge's words (UTC): `cron(15 3 * * ? *)`, `rate(1 minute)`."""

    expression: str


@dataclass(frozen=True)
class Deploy:
    """Runs the function while deploying, before the other functions change, and to change the passwords each month."""


Trigger = FromQueue | FromStream | Schedule | Deploy


@dataclass(frozen=True)
class Function:
    """A Lambda function: the folder of its name in functions/, with `handler.handler` in it.

    Attributes:
        name: the folder's name.
        purpose: what it is for, in one line; the function's description in AWS.
        memory_mb: memory, MB; the CPU share goes with it (a whole core at 1769).
        timeout_s: seconds after which Lambda ends an invocation.
        routes: the routes of the HTTP API that it serves.
        trigger: what else starts it.
        touches: what it may touch.
        layer: the layer that it needs besides the common one.
    """

    name: str
    purpose: str
    memory_mb: int
    timeout_s: int
    touches: frozenset[Touch]
    routes: tuple[Route, ...] = ()
    trigger: Trigger | None = None
    layer: Literal["migrate", "render"] | None = None


# API Gateway gives up after 30 seconds; a function that takes longer would work for nobody.
_API_TIMEOUT_S = 29


def _api(
    name: str, purpose: str, *routes: tuple[Method, str], memory_mb: int = 512, touches: frozenset[Touch] = frozenset()
) -> Function:
    return Function(
        name=name,
        purpose=purpose,
        memory_mb=memory_mb,
        timeout_s=_API_TIMEOUT_S,
        touches=touches | {Touch.DATABASE, Touch.JWT_KEY, Touch.EDGE_KEY},
        routes=tuple(Route(method, path) for method, path in routes),
    )


FUNCTIONS: tuple[Function, ...] = (
    Function(
        "migrate",
        "Brings the database up to the newest migration, and lets the other functions in",
        memory_mb=512,
        # CDK's trigger waits for it, and has 900 itself: it would end without a word, and CloudFormation wait an hour.
        timeout_s=840,
        touches=frozenset({Touch.DATABASE_OWNER}),
        trigger=Deploy(),
        layer="migrate",
    ),
    _api(
        "auth",
        "Accounts, sessions and forgotten passwords",
        ("POST", "/auth/register"),
        ("POST", "/auth/login"),
        ("POST", "/auth/refresh"),
        ("POST", "/auth/logout"),
        ("POST", "/auth/reset-password-request"),
        ("POST", "/auth/reset-password"),
        ("GET", "/auth/me"),
        ("PUT", "/auth/me"),
        memory_mb=1769,  # bcrypt at cost 12 takes a quarter of a second on a whole core
        touches=frozenset({Touch.SEND_RESETS}),
    ),
    _api(
        "api_keys",
        "API keys: make, list, rotate, revoke",
        ("POST", "/api-keys"),
        ("GET", "/api-keys"),
        ("DELETE", "/api-keys/{key_id}"),
        ("POST", "/api-keys/{key_id}/rotate"),
    ),
    _api("users", "Users, for superusers", ("GET", "/users"), ("PUT", "/users/{user_id}")),
    _api(
        "scenarios",
        "Scenarios, their states and their logs",
        ("POST", "/scenarios"),
        ("GET", "/scenarios"),
        ("GET", "/scenarios/{scenario_id}"),
        ("PUT", "/scenarios/{scenario_id}"),
        ("DELETE", "/scenarios/{scenario_id}"),
        ("POST", "/scenarios/{scenario_id}/start"),
        ("POST", "/scenarios/{scenario_id}/stop"),
        ("POST", "/scenarios/{scenario_id}/archive"),
        ("GET", "/scenarios/{scenario_id}/logs"),
        ("GET", "/scenarios/{scenario_id}/rejected"),
    ),
    _api("metrics", "What a scenario recorded, over time", ("GET", "/scenarios/{scenario_id}/metrics")),
    _api(
        "estimates",
        "Monthly estimates, what-if and comparison",
        ("GET", "/scenarios/{scenario_id}/estimate"),
        ("POST", "/scenarios/{scenario_id}/what-if"),
        ("GET", "/scenarios/compare"),
        ("POST", "/estimates"),
        memory_mb=1769,
    ),
    _api(
        "reports",
        "Reports: ask for, find, fetch, delete",
        ("POST", "/scenarios/{scenario_id}/reports"),
        ("GET", "/scenarios/{scenario_id}/reports"),
        ("GET", "/reports"),
        ("GET", "/reports/{report_id}/status"),
        ("GET", "/reports/{report_id}/download"),
        ("DELETE", "/reports/{report_id}"),
        touches=frozenset({Touch.SEND_REPORTS, Touch.HAND_OUT_REPORTS}),
    ),
    _api(
        "schedules",
        "Schedules of reports, and running one now",
        ("POST", "/schedules"),
        ("POST", "/schedules/preview"),
        ("GET", "/schedules"),
        ("GET", "/schedules/{schedule_id}"),
        ("PUT", "/schedules/{schedule_id}"),
        ("DELETE", "/schedules/{schedule_id}"),
        ("POST", "/schedules/{schedule_id}/run"),
        touches=frozenset({Touch.SEND_REPORTS}),
    ),
    _api(
        "docs",
        "The API's own description, and health",
        ("GET", "/openapi.json"),
        ("GET", "/docs"),
        ("GET", "/health"),
        touches=frozenset({Touch.WATCH_LOGS}),
    ),
    _api(
        "ingest",
        "The HTTP door: profiles logs and queues the profiles",
        ("POST", "/ingest"),
        ("GET", "/ingest"),
        ("HEAD", "/ingest"),
        ("POST", "/ingest/{dialect+}"),
        ("PUT", "/ingest/{dialect+}"),
        ("GET", "/ingest/{dialect+}"),
        ("HEAD", "/ingest/{dialect+}"),
        memory_mb=1769,  # profiling is all CPU
        touches=frozenset({Touch.SEND_LOGS}),
    ),
    Function(
        "log_stream",
        "The Kinesis door: profiles CloudWatch Logs records and queues the profiles",
        memory_mb=1769,
        timeout_s=120,
        touches=frozenset({Touch.DATABASE, Touch.SEND_LOGS}),
        trigger=FromStream(batch_size=100, window_s=5, parallelization_factor=1),
    ),
    Function(
        "store_logs",
        "Writes profiles, metrics and totals, each batch once",
        memory_mb=1024,
        timeout_s=30,
        touches=frozenset({Touch.DATABASE, Touch.READ_PAYLOADS}),
        # A batch takes a second or two; the rest of the time is for a database that comes back. Six timeouts are AWS's
        # advice. Twenty receives sit out an hour without a database; no innocent needs more than a dozen, whatever dies
        # around it (tests/integration/exactly_once); what is hopeless has used them up in two minutes.
        trigger=FromQueue(QueueName.LOGS, batch_size=10, window_s=1, life_h=14 * 24, hidden_s=181, max_receives=20),
    ),
    Function(
        "send_reset",
        "Mails links to a new password",
        memory_mb=256,
        timeout_s=30,
        touches=frozenset({Touch.DATABASE, Touch.SEND_MAIL}),
        # Their messages hold addresses, and a link that comes tomorrow helps nobody. One at a time, so that SES
        # which is slow with one mail ends no other's.
        trigger=FromQueue(QueueName.RESETS, batch_size=1, window_s=0, life_h=1, hidden_s=180, max_receives=5),
    ),
    Function(
        "create_superuser",
        "Makes a superuser, for `mockupaws create-superuser`",
        memory_mb=256,
        timeout_s=30,
        touches=frozenset({Touch.DATABASE}),
    ),
    Function(
        "render_report",
        "Makes reports: a PDF or a CSV in S3, and a mail that says so",
        memory_mb=1769,  # laying out pages is all CPU
        timeout_s=300,
        touches=frozenset({Touch.DATABASE, Touch.WRITE_REPORTS, Touch.SEND_MAIL}),
        trigger=FromQueue(QueueName.REPORTS, batch_size=1, window_s=0, life_h=4 * 24, hidden_s=1800, max_receives=5),
        layer="render",
    ),
    Function(
        "run_schedules",
        "Asks for the reports that are due, and deletes files whose report is gone, each minute",
        memory_mb=256,
        timeout_s=50,
        touches=frozenset({Touch.DATABASE, Touch.SEND_REPORTS, Touch.DELETE_REPORTS}),
        trigger=Schedule("rate(1 minute)"),
    ),
    Function(
        "fetch_prices",
        "Asks the AWS Price List for a page, outside the database's network",
        memory_mb=256,
        timeout_s=120,
        touches=frozenset({Touch.READ_PRICES}),
    ),
    Function(
        "refresh_pricing",
        "Compares the price table with the AWS Price List, weekly",
        memory_mb=1024,
        timeout_s=900,
        touches=frozenset({Touch.DATABASE, Touch.FETCH_PRICES}),
        trigger=Schedule("cron(0 6 ? * MON *)"),
    ),
    _api(
        "pricing",
        "The price table",
        ("GET", "/pricing"),
        ("GET", "/pricing/models"),
        ("POST", "/pricing"),
        ("PUT", "/pricing/{price_id}"),
        ("DELETE", "/pricing/{price_id}"),
        ("POST", "/pricing/refresh"),
        touches=frozenset({Touch.START_REFRESH}),
    ),
    Function(
        "retain",
        "Makes tomorrow's partitions, drops those past retention, clears what has expired, and prices anew, daily",
        memory_mb=512,
        timeout_s=900,
        touches=frozenset({Touch.DATABASE, Touch.RETENTION}),
        trigger=Schedule("cron(15 3 * * ? *)"),
    ),
)

# Answers what no route knows, so that an unknown path gets the same error as any other.
FALLBACK = "docs"
