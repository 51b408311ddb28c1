"""How `store_logs` is often written: right on a good day. The harness must find it out.

It inserts log by log, each committed, and remembers the batch when it is done: a death in between is counted again.
It answers for a whole event at once: one bad message takes nine good ones to the dead-letter queue.
"""

from dataclasses import replace
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.store_logs.store import copying_logs
from shared.mockupaws.contracts.batch import read_envelope
from shared.mockupaws.db import database
from shared.mockupaws.ids import new_id
from shared.mockupaws.log_queue import read_payload


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Stores the batches of an SQS event."""
    del context
    with database().autocommit() as connection:
        for record in event["Records"]:
            batch = read_envelope(record["body"], read_payload)
            if connection.execute("SELECT FROM ingest_batches WHERE batch_id = %s", [batch.batch_id]).fetchone():
                continue
            for digest, row in zip(batch.digests(), batch.open().rows, strict=True):
                with copying_logs(connection) as copy_logs:
                    copy_logs(replace(batch, first_log_id=new_id()), [digest], [row])
                connection.execute(
                    "UPDATE scenarios SET total_requests = total_requests + 1 WHERE id = %s", [batch.scenario_id]
                )
            connection.execute(
                "INSERT INTO ingest_batches (batch_id, scenario_id) VALUES (%s, %s)",
                [batch.batch_id, batch.scenario_id],
            )
    return {"batchItemFailures": []}
