"""The doors for what AWS delivers by itself: 1,000 lines over each, as Firehose and CloudWatch Logs put them."""

import base64
import gzip
import json
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import boto3
import httpx
import psycopg
import pytest

from infra.local.stack import Stack
from tests.integration.sums import check_sums
from tests.snippets import SNIPPETS, Door
from tests.waiting import until

pytestmark = pytest.mark.xdist_group("e2e")

RECORDS, EVENTS = 10, 100
LINES = RECORDS * EVENTS


@pytest.fixture
def door(stack: Stack, api: httpx.Client, newcomer: Callable[[], dict[str, str]]) -> Door:
    """A running scenario, and a key that may send to it and change it."""
    mine = newcomer()
    scenario_id = api.post("/scenarios", json={"name": "streamed", "region": "us-east-1"}, headers=mine).json()["id"]
    api.post(f"/scenarios/{scenario_id}/start", headers=mine).raise_for_status()
    scopes = ["ingest:logs", "read:metrics", "write:scenarios"]
    key = api.post("/api-keys", json={"name": "streams", "scopes": scopes}, headers=mine).json()["key"]
    return Door(stack.url, key, scenario_id)


def subscription_records(group: str) -> Iterator[bytes]:
    """What a subscription of CloudWatch Logs makes of the lines; the first thing it sends is a control message."""
    now = round(time.time() * 1000)
    common = {"owner": "123456789012", "logGroup": group, "logStream": "web-1", "subscriptionFilters": ["mockupaws"]}
    hello = [{"id": "", "timestamp": now, "message": "CWL CONTROL MESSAGE: Checking health of destination Kinesis."}]
    yield gzip.compress(json.dumps({**common, "messageType": "CONTROL_MESSAGE", "logEvents": hello}).encode())
    for i in range(RECORDS):
        lines = range(i * EVENTS, (i + 1) * EVENTS)
        events = [{"id": f"{n:056}", "timestamp": now, "message": f"order {n:04} placed"} for n in lines]
        yield gzip.compress(json.dumps({**common, "messageType": "DATA_MESSAGE", "logEvents": events}).encode())


def check_that_all_is_stored(stack: Stack, door: Door) -> None:
    with psycopg.connect(stack.database_url, autocommit=True) as connection:
        count = "SELECT count(*), count(DISTINCT message_hash) FROM scenario_logs WHERE scenario_id = %s"

        def stored() -> Any:
            return connection.execute(count, [door.scenario_id]).fetchone()

        until(lambda: stored()[0] >= LINES)
        assert stored() == (LINES, LINES)
        check_sums(connection, door.scenario_id)


def test_firehose_s_deliveries_count_once_although_each_comes_twice(stack: Stack, door: Door) -> None:
    told = json.loads(SNIPPETS["firehose"].filled(door))
    endpoint, request = told["EndpointConfiguration"], told["RequestConfiguration"]
    attributes = {pair["AttributeName"]: pair["AttributeValue"] for pair in request["CommonAttributes"]}
    for record in subscription_records("/aws/lambda/checkout"):
        request_id, now = str(uuid.uuid4()), round(time.time() * 1000)
        data = base64.b64encode(record).decode()
        body = json.dumps({"requestId": request_id, "timestamp": now, "records": [{"data": data}]}).encode()
        headers = {
            "Content-Type": "application/json",
            "Content-Encoding": request["ContentEncoding"].lower(),
            "X-Amz-Firehose-Protocol-Version": "1.0",
            "X-Amz-Firehose-Request-Id": request_id,
            "X-Amz-Firehose-Access-Key": endpoint["AccessKey"],
            "X-Amz-Firehose-Common-Attributes": json.dumps({"commonAttributes": attributes}),
        }
        for _ in range(2):
            answer = httpx.post(endpoint["Url"], content=gzip.compress(body), headers=headers, timeout=60)
            assert (answer.status_code, answer.json()["requestId"]) == (200, request_id), answer.text
    check_that_all_is_stored(stack, door)


def test_cloudwatch_logs_come_over_the_stream_to_the_scenario_that_names_their_group(stack: Stack, door: Door) -> None:
    with psycopg.connect(stack.database_url, autocommit=True) as connection:
        # Log groups are the AWS account's: a superuser gives them.
        connection.execute(
            "UPDATE users SET role = 'superuser' WHERE id = (SELECT user_id FROM scenarios WHERE id = %s)",
            [door.scenario_id],
        )
    group = f"/aws/lambda/{uuid.uuid4()}"
    commands = SNIPPETS["cloudwatch"].filled(door).replace("/aws/lambda/*", group)
    # There is no subscription on this machine: what it would deliver is put on the stream below.
    left_to_fill_in = f"STREAM_ARN=x ROLE_ARN=x ADMIN_KEY={door.key}"
    script = f"aws() {{ :; }}; {left_to_fill_in}\n{commands.replace('curl ', 'curl --fail -sS ')}"
    subprocess.run(["bash", "-eu", "-c", script], check=True, timeout=60, stdout=subprocess.DEVNULL)  # noqa: S607
    with closing(boto3.client("kinesis", **stack.cloud.credentials)) as kinesis:
        answer = kinesis.put_records(
            StreamName=stack.outputs["LogStreamName"],
            Records=[{"Data": record, "PartitionKey": "web-1"} for record in subscription_records(group)],
        )
    assert answer["FailedRecordCount"] == 0
    check_that_all_is_stored(stack, door)
