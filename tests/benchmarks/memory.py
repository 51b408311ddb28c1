"""What the two functions on a log's path need at the largest requests, each in a process that has done nothing else.

A request is as large as it can be in several ways: many logs, long messages, compressed text. The store takes the
message that the door made of it, out of S3 where it is too large for the queue.
"""

import gzip
import json
import random
import string
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import boto3

from functions.store_logs.handler import handler
from layers.vocabulary import ROOT
from shared.mockupaws import log_queue
from shared.mockupaws.unpack import MAX_UNPACKED_BYTES
from tests.batches import sqs_record
from tests.benchmarks.bench import Bench
from tests.benchmarks.doors import open_door
from tests.benchmarks.figures import Figure, Goal, peak_mb
from tests.gateway import Invocation

_MIB = 1024 * 1024
_REQUEST_BYTES = 6 * _MIB - 64
_MESSAGE_BYTES = 256 * 1024
_LOGS = 10_000
_AROUND = len('{"message":""},')
_LIMIT = Goal("<", 256)


def measure(bench: Bench) -> list[Figure]:
    """The peaks, MB."""
    with tempfile.TemporaryDirectory() as name, bench.database() as url:
        peaks = {(role, kind): _peak(role, kind, url, Path(name)) for kind in _KINDS for role in ("door", "store")}
    return [
        Figure(
            figure,
            max(peaks[role, kind] for kind in _KINDS),
            "MB",
            _LIMIT,
            f"peak of a process that handles one of the largest requests, the worst of {', '.join(_KINDS)}",
        )
        for figure, role in (("ingest_memory_mb", "door"), ("store_logs_memory_mb", "store"))
    ]


def _peak(role: str, kind: str, url: str, folder: Path) -> float:
    command = [sys.executable, "-m", __name__, role, kind, url, str(folder)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return float(done.stdout.splitlines()[-1])


def _many() -> bytes:
    """As many logs as a request may have, each as long as that lets it be, no two alike."""
    return _array(_texts(_REQUEST_BYTES // _LOGS - _AROUND, _LOGS))


def _long() -> bytes:
    """The longest messages."""
    return _array(_texts(_MESSAGE_BYTES, _REQUEST_BYTES // (_MESSAGE_BYTES + _AROUND)))


def _compressed() -> bytes:
    """As much as a compressed body may unpack to."""
    return gzip.compress(_array(_repetitive(MAX_UNPACKED_BYTES // _LOGS - _AROUND, _LOGS)))


_KINDS: dict[str, Callable[[], bytes]] = {"many": _many, "long": _long, "compressed": _compressed}


def _texts(length: int, count: int) -> Iterator[str]:
    rng = random.Random(7)  # noqa: S311 - text, not secrets
    for _ in range(count):
        words = "".join(rng.choices(string.ascii_letters + "  ", k=600))
        yield "".join(islice(cycle(words), length))


def _repetitive(length: int, count: int) -> Iterator[str]:
    for i in range(count):
        yield "".join(islice(cycle(f"{i:06} request took long "), length))


def _array(texts: Iterator[str]) -> bytes:
    return json.dumps([{"message": text} for text in texts], separators=(",", ":")).encode()


def _run(role: str, kind: str, url: str, folder: Path) -> None:
    """In a process of its own: the door leaves what it queued to the store."""
    request, payload, bodies = (folder / f"{kind}.{part}" for part in ("request", "payload", "bodies"))
    if role == "make":
        request.write_bytes(_KINDS[kind]())
        return
    with open_door(url) as door:
        s3: Any = boto3.client("s3", aws_access_key_id="none", aws_secret_access_key="none")

        def put(**sent: Any) -> None:
            payload.write_bytes(sent["Body"])

        def get(**_: str) -> dict[str, Any]:
            return {"Body": payload.open("rb")}

        s3.put_object, s3.get_object = put, get
        log_queue._s3 = lambda: s3
        if role == "door":
            # Made elsewhere: what it takes to make is not what it takes to handle.
            subprocess.run([sys.executable, "-m", __spec__.name, "make", kind, url, str(folder)], cwd=ROOT, check=True)
            headers = {"content-encoding": "gzip"} if kind == "compressed" else {}
            door.take(door.event(request.read_bytes(), headers))
            bodies.write_text(json.dumps(door.bodies))
        else:
            records = [sqs_record(body) for body in json.loads(bodies.read_text())]
            assert not handler({"Records": records}, Invocation())["batchItemFailures"]
    print(peak_mb())


if __name__ == "__main__":
    _run(sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4]))
