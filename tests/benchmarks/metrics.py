"""GET metrics for ten million logs beside ten thousand."""

from uuid import UUID

from functions.metrics.handler import api, handler
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure, Goal
from tests.benchmarks.recorded import DAYS, few_and_many
from tests.gateway import Gateway


def measure(bench: Bench) -> list[Figure]:
    """The handler's time, API Gateway's event to its answer."""
    gateway = Gateway(handler, api.routes)

    def read(scenario_id: UUID, key: str) -> None:
        reply = gateway.get(f"/scenarios/{scenario_id}/metrics", key=key)
        assert reply.status == 200, reply.text

    took = few_and_many(bench, read)
    return [
        Figure(
            "metrics_10m_vs_10k", took.ratio("many", "few"), "ratio", Goal("<=", 1.5),
            f"GET metrics over {DAYS} days with 10 million logs against the same with 10 thousand",
        ),
        Figure("metrics_10m_ms", took.seconds("many") * 1_000, "ms", None, "the former, in milliseconds"),
    ]  # fmt: skip
