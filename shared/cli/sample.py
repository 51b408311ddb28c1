"""Log lines of a small shop, made up: what the demo sends, and what a test may.

Nobody in them exists: addresses are of example.com, numbers and networks are those reserved for examples. The same
seed and the same end give the same lines.
"""

# Made-up traffic needs no cryptography.
# ruff: noqa: S311

import json
import math
import random
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

SPAN = timedelta(days=7)
# A shipper that delivers at least once: so many of its lines come a second time.
_REPEATED = 0.04
# So many of the shop's lines, and so about one in seven of all, have something personal in them.
_PERSONAL = 0.6

_PATHS = (
    "/",
    "/products",
    "/products/4711",
    "/cart",
    "/checkout",
    "/api/orders",
    "/api/search?q=lamp",
    "/static/app.js",
)
_AGENTS = (
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0",
    "curl/8.5.0",
    "ELB-HealthChecker/2.0",
)
_STATUSES = (200,) * 40 + (304,) * 5 + (301, 404, 404, 499, 500, 502)
_PEOPLE = ("ada.rossi", "jan.novak", "maria.bianchi", "tom.baker", "li.wei", "sofia.conti")
_PERSONAL_DETAILS: tuple[Callable[[random.Random], str], ...] = (
    lambda rng: f"confirmation sent to {rng.choice(_PEOPLE)}@example.com",
    lambda rng: (
        f"payment by card {rng.choice(('4242 4242 4242 4242', '5555-5555-5555-4444', '378282246310005'))} accepted"
    ),
    lambda rng: f"callback requested at +1 202-555-01{rng.randrange(100):02d}",
    lambda rng: f"refund to IBAN {rng.choice(('DE89370400440532013000', 'GB33BUKB20201555555555'))} queued",
    lambda _rng: "invoice for codice fiscale RSSMRA85T10A562S issued",
)
_PLAIN_DETAILS = (
    "order placed",
    "stock reserved",
    "price list reloaded",
    "cache warmed",
    "session expired",
    "job finished",
)
_STATEMENTS = (
    "SELECT id, total FROM orders WHERE customer_id = $1 ORDER BY placed_at DESC LIMIT 20",
    "UPDATE stock SET reserved = reserved + $1 WHERE sku = $2",
    "INSERT INTO events (kind, payload) VALUES ($1, $2)",
)
_STACK = (
    "java.sql.SQLTransientConnectionException: pool - Connection is not available, request timed out after 30000ms.",
    "\tat com.zaxxer.hikari.pool.HikariPool.createTimeoutException(HikariPool.java:686)",
    "\tat com.zaxxer.hikari.pool.HikariPool.getConnection(HikariPool.java:179)",
    "\tat org.hibernate.engine.jdbc.internal.JdbcCoordinatorImpl.getConnection(JdbcCoordinatorImpl.java:99)",
    "\tat com.example.shop.orders.OrderRepository.findOpen(OrderRepository.java:88)",
    "\tat com.example.shop.orders.OrderService.close(OrderService.java:142)",
    "\tat org.springframework.web.servlet.DispatcherServlet.doDispatch(DispatcherServlet.java:1089)",
    "\tat java.base/java.lang.Thread.run(Thread.java:1583)",
)


def _network(rng: random.Random) -> str:
    return f"{rng.choice(('203.0.113', '198.51.100', '192.0.2'))}.{rng.randrange(1, 255)}"


def _nginx(rng: random.Random, at: datetime) -> str:
    return (
        f"{_network(rng)} - - [{at:%d/%b/%Y:%H:%M:%S} +0000] "
        f'"{rng.choice(("GET", "GET", "GET", "POST"))} {rng.choice(_PATHS)} HTTP/1.1" '
        f'{rng.choice(_STATUSES)} {rng.randrange(120, 40_000)} "-" "{rng.choice(_AGENTS)}"'
    )


def _shop(rng: random.Random, at: datetime) -> str:
    personal = rng.random() < _PERSONAL
    detail = rng.choice(_PERSONAL_DETAILS)(rng) if personal else rng.choice(_PLAIN_DETAILS)
    return json.dumps(
        {
            "timestamp": f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z",
            "level": rng.choice(("info", "info", "info", "debug", "warn")),
            "service": rng.choice(("orders", "payments", "search")),
            "trace_id": f"{rng.getrandbits(128):032x}",
            "duration_ms": round(rng.lognormvariate(3, 1), 1),
            "message": detail,
        }
    )


def _java(rng: random.Random, at: datetime) -> str:
    failed = rng.random() < 1 / 3
    event = {
        "@timestamp": f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z",
        "level": "ERROR" if failed else "INFO",
        "thread_name": f"http-nio-8080-exec-{rng.randrange(1, 20)}",
        "logger_name": "com.example.shop.orders.OrderService",
        "message": "could not close order" if failed else f"order {rng.randrange(10**6)} closed",
    }
    return json.dumps(event | ({"stack_trace": "\n".join(_STACK)} if failed else {}))


def _postgres(rng: random.Random, at: datetime) -> str:
    return (
        f"{at:%Y-%m-%d %H:%M:%S}.{at.microsecond // 1000:03d} UTC [{rng.randrange(1000, 9999)}] shop@orders LOG:  "
        f"duration: {rng.lognormvariate(2, 1):.3f} ms  statement: {rng.choice(_STATEMENTS)}"
    )


def _auth(rng: random.Random, at: datetime) -> str:
    user = rng.choice(("admin", "root", "oracle", "deploy"))
    told = (
        f"Failed password for invalid user {user} from {_network(rng)} port {rng.randrange(1024, 65535)} ssh2"
        if rng.random() < 2 / 3
        else f"Accepted publickey for deploy from {_network(rng)} port {rng.randrange(1024, 65535)} ssh2"
    )
    return f"{at:%b} {at.day:2d} {at:%H:%M:%S} bastion sshd[{rng.randrange(1000, 9999)}]: {told}"


_KINDS: Mapping[str, tuple[float, Callable[[random.Random, datetime], str]]] = {
    "nginx": (0.52, _nginx),
    "shop": (0.26, _shop),
    "java": (0.08, _java),
    "postgres": (0.08, _postgres),
    "auth": (0.06, _auth),
}


def sample_logs(count: int, until: datetime, seed: int = 1) -> dict[str, list[str]]:
    """Make log lines of several kinds, over the week before an instant, with more by day than by night.

    Args:
        count: how many lines in all.
        until: the last may be from then; UTC.
        seed: other lines for another seed.

    Returns:
        By the source's name, its lines in the order of their times.
    """
    rng = random.Random(seed)  # nosec B311 # a sample that can be made again
    moments = sorted(_moment(rng, until) for _ in range(count))
    names, weights = [*_KINDS], [weight for weight, _ in _KINDS.values()]
    lines: dict[str, list[str]] = {name: [] for name in names}
    for moment, name in zip(moments, rng.choices(names, weights, k=count), strict=True):
        before = lines[name]
        repeated = before and rng.random() < _REPEATED
        before.append(before[-1] if repeated else _KINDS[name][1](rng, moment))
    return lines


def _moment(rng: random.Random, until: datetime) -> datetime:
    while True:
        moment = until - SPAN * rng.random()
        if rng.random() < _busyness(moment):
            return moment


def _busyness(moment: datetime) -> float:
    """Say how likely a customer is to be there, 0 to 1: least at four in the morning, and half at the weekend."""
    hour = moment.hour + moment.minute / 60
    by_day = 0.55 - 0.45 * math.cos((hour - 4) / 24 * 2 * math.pi)
    return by_day * (0.5 if moment.weekday() >= 5 else 1)  # noqa: PLR2004 - Saturday
