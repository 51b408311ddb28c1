"""POST what-if for ten million logs beside ten thousand."""

from uuid import UUID

from functions.estimates.handler import api, handler
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Figure, Goal
from tests.benchmarks.recorded import DAYS, few_and_many
from tests.gateway import Gateway

VARIANTS = 50


def measure(bench: Bench) -> list[Figure]:
    """The handler's time, API Gateway's event to its answer."""
    gateway = Gateway(handler, api.routes)
    variants = [
        {
            "name": f"variant {number}",
            "pipeline": {
                "sqs": {"receive_batch_size": 10 * (1 + number % 10), "batch_window_s": 1 + number % 7},
                "lambda": {"memory_mb": 128 + 64 * number, "architecture": ("x86_64", "arm64")[number % 2]},
                "reduce": {"sample_rate": (1 + number % 4) / 4, "deduplicate": number % 3 == 0},
            },
        }
        for number in range(VARIANTS)
    ]

    def ask(scenario_id: UUID, key: str) -> None:
        reply = gateway.post(f"/scenarios/{scenario_id}/what-if", {"variants": variants}, key=key)
        assert reply.status == 200, reply.text
        assert len(reply.json["variants"]) == VARIANTS

    took = few_and_many(bench, ask)
    return [
        Figure(
            "whatif_50_ms", round(took.seconds("many") * 1_000, 1), "ms", Goal("<", 300),
            f"POST what-if with {VARIANTS} variants for a scenario of 10 million logs over {DAYS} days",
        ),
        Figure(
            "whatif_10m_vs_10k", round(took.ratio("many", "few"), 3), "ratio", Goal("<=", 1.5),
            "that against the same for a scenario of 10 thousand logs",
        ),
    ]  # fmt: skip
