"""The deployed stack while `store_logs` is killed: what was accepted is what metrics say is what is stored."""

import json
import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import boto3
import httpx
import psutil
import psycopg
import pytest

from infra.local.stack import Stack
from tests.integration.sums import check_sums
from tests.waiting import until

pytestmark = pytest.mark.xdist_group("e2e")

REQUESTS = 80
LOGS_A_REQUEST = 100
KILLS = 6
HIDDEN_S = 3


@pytest.fixture
def impatient_queue(stack: Stack) -> Iterator[str]:
    """Make the queue show a message again soon after its worker died, not after a minute and a half."""
    sqs = boto3.client("sqs", **stack.cloud.credentials)
    url = stack.outputs["LogQueueUrl"]
    before = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])["Attributes"]
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": str(HIDDEN_S)})
    yield url
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": before["VisibilityTimeout"]})


@pytest.mark.usefixtures("impatient_queue")
def test_counts_are_exact_although_store_logs_is_killed(
    stack: Stack, api: httpx.Client, newcomer: Callable[[], dict[str, str]]
) -> None:
    mine = newcomer()
    scenario_id = api.post("/scenarios", json={"name": "killed", "region": "us-east-1"}, headers=mine).json()["id"]
    api.post(f"/scenarios/{scenario_id}/start", headers=mine).raise_for_status()
    scopes = ["ingest:logs", "read:metrics"]
    key = api.post("/api-keys", json={"name": "killed", "scopes": scopes}, headers=mine).json()["key"]
    sender = {"X-API-Key": key, "X-Scenario-ID": scenario_id}

    def send(request: int) -> int:
        records = [{"message": f"order {request * i % 997} took long"} for i in range(LOGS_A_REQUEST)]
        answer = api.post("/ingest", content=json.dumps(records), headers=sender)
        answer.raise_for_status()
        return answer.json()["accepted"]

    with ThreadPoolExecutor(2) as pool:
        sent = pool.map(send, range(REQUESTS))
        killed = sum(kill_a_worker(stack) for _ in range(KILLS))
        accepted = sum(sent)
    assert accepted == REQUESTS * LOGS_A_REQUEST
    assert killed > KILLS / 2

    def counted() -> int:
        answer = api.get(f"/scenarios/{scenario_id}/metrics", headers=sender)
        return answer.json()["summary"]["total_requests"]

    until(lambda: counted() >= accepted, within_s=180)
    assert counted() == accepted
    with psycopg.connect(stack.database_url) as connection:
        rows = connection.execute("SELECT count(*) FROM scenario_logs WHERE scenario_id = %s", [scenario_id])
        assert rows.fetchone() == (accepted,)
        check_sums(connection, scenario_id)


def kill_a_worker(stack: Stack, *, within_s: float = 10) -> bool:
    """Ends a process that runs `store_logs`, as soon as there is one, after a moment of its life."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        time.sleep(random.uniform(0, 0.5))  # noqa: S311 - chance, not secrets
        workers = [process for process in psutil.process_iter() if works_on(process, stack)]
        if workers:
            with suppress(psutil.NoSuchProcess):
                random.choice(workers).kill()  # noqa: S311
                return True
    return False


def works_on(process: psutil.Process, stack: Stack) -> bool:
    """Whether this is the stack's, and a worker of `store_logs`."""
    with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
        environment = process.environ()
        return (
            environment.get("AWS_LAMBDA_FUNCTION_NAME") == stack.outputs["StoreLogsFunctionName"]
            and environment.get("AWS_ENDPOINT_URL", "").rpartition(":")[2] == stack.cloud.endpoint.rpartition(":")[2]
        )
    return False
