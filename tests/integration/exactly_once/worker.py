"""One Lambda execution environment with the event source mapping before it, as a process that may die at any time."""

import ctypes
import importlib
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from functions.store_logs import delivery, store
from functions.store_logs import handler as store_logs
from shared.mockupaws import log_queue
from shared.mockupaws.contracts.batch import SealedBatch
from shared.mockupaws.contracts.ready import ReadyBatch
from tests.gateway import Invocation
from tests.integration.exactly_once.queue import Queue
from tests.integration.exactly_once.traffic import LETHAL_TO_OPEN, LETHAL_TO_STORE

if TYPE_CHECKING:
    from mypy_boto3_sqs.type_defs import MessageTypeDef

REAL = "functions.store_logs.handler"
NAIVE = "tests.integration.exactly_once.naive"


@dataclass(frozen=True)
class Job:
    """What a worker does.

    Attributes:
        module: of the handler.
        queue: what it works off.
        environment: the function's.
        timeout_s: after which an invocation is ended by force, seconds.
        loses_response: how often it dies between the handler's answer and the deletes that follow from it.
        log: where its output goes.
    """

    module: str
    queue: Queue
    environment: Mapping[str, str]
    timeout_s: float
    loses_response: float
    log: Path


def work(job: Job, seed: int, busy: ctypes.c_bool) -> None:
    """Receives, invokes, deletes what did not fail; for ever.

    Args:
        job: what is to be done.
        seed: of this worker's own chances.
        busy: tells the parent whether a batch is in hand.
    """
    _redirect(job.log)
    os.environ.update(job.environment)
    _arm()
    # In proportion to the timeout as they are to the real one.
    store_logs.RESERVE_MS = round(job.timeout_s * 1000 / 6)
    delivery.RETRY_PAUSE_S = job.timeout_s / 60
    log_queue.HOPELESS_PAUSE_S = 0
    handler = importlib.import_module(job.module).handler
    rng = random.Random(seed)  # noqa: S311 - chance, not secrets
    sqs = job.queue.client()
    while True:
        busy.value = False
        messages = job.queue.receive(sqs)
        if not messages:
            continue
        busy.value = True
        # Without a handler for the signal its arrival ends the process, whatever it is at.
        signal.setitimer(signal.ITIMER_REAL, job.timeout_s)
        try:
            answer = handler({"Records": list(map(_record, messages))}, _Context(job.timeout_s))
        except Exception:  # noqa: BLE001 - as Lambda does: the invocation has failed, all messages come again
            traceback.print_exc()
            continue
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        if rng.random() < job.loses_response:
            _die()
        failed = {item["itemIdentifier"] for item in answer["batchItemFailures"]}
        job.queue.delete(sqs, [message for message in messages if message["MessageId"] not in failed])


class _Context(Invocation):
    """An invocation whose time runs out.

    Args:
        timeout_s: all of it, seconds.
    """

    def __init__(self, timeout_s: float) -> None:
        super().__init__()
        deadline = time.monotonic() + timeout_s
        self.get_remaining_time_in_millis = lambda: round((deadline - time.monotonic()) * 1000)


def _record(message: "MessageTypeDef") -> dict[str, Any]:
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message["Attributes"],
        "messageAttributes": {},
        "md5OfBody": message["MD5OfBody"],
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:us-east-1:000000000000:logs",
        "awsRegion": "us-east-1",
    }


def _arm() -> None:
    """Makes lethal batches lethal, as one is that no memory suffices for."""
    opened, encoded = SealedBatch.open, store.encode_rows

    def opens(self: SealedBatch) -> ReadyBatch:
        batch = opened(self)
        if any(LETHAL_TO_OPEN.encode() in row for row in batch.rows):
            _die()
        return batch

    def encodes(batch: SealedBatch, digests: Sequence[bytes], rows: Sequence[bytes]) -> bytes:
        if any(LETHAL_TO_STORE.encode() in row for row in rows):
            _die()
        return encoded(batch, digests, rows)

    SealedBatch.open, store.encode_rows = opens, encodes


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _redirect(log: Path) -> None:
    with log.open("ab") as file:
        os.dup2(file.fileno(), sys.stdout.fileno())
        os.dup2(file.fileno(), sys.stderr.fileno())
