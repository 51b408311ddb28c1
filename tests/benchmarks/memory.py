"""What the two functions on a log's path need at the largest requests, each in a process that has done nothing else.

A request is as large as it can be in several ways: many logs, long messages, compressed text, that in each dialect. The
store takes the message that the door made of it, out of S3 where it is too large for the queue.
"""

import base64
import gzip
import json
import random
import string
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from itertools import cycle, islice
from pathlib import Path
from typing import Any, NamedTuple, cast

import boto3
import msgpack

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
# A dialect's own words around each log, and what its limits leave free.
_FRAMING = 128
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
            "peak of a process that handles one of the largest requests, the worst of "
            + ", ".join(f"{kind} {peaks[role, kind]:.0f}" for kind in _KINDS),
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


def _otlp() -> bytes:
    """The same as OTLP/JSON, which has most around a log."""
    records = [{"timeUnixNano": "1790367712123456789", "body": {"stringValue": text}} for text in _framed()]
    return _zipped({"resourceLogs": [{"scopeLogs": [{"logRecords": records}]}]})


def _loki() -> bytes:
    """The same as Loki's push in JSON."""
    return _zipped({"streams": [{"stream": {"app": "a"}, "values": [["1790367712123456789", t] for t in _framed()]}]})


def _bulk() -> bytes:
    """The same as Elasticsearch's bulk request."""
    return gzip.compress(b"".join(b'{"create":{}}\n%s\n' % json.dumps({"message": t}).encode() for t in _framed()))


def _msgpack() -> bytes:
    """The same as Fluent Bit's msgpack."""
    packed: list[bytes] = [cast("bytes", msgpack.packb([1790367712, {"log": text}])) for text in _framed()]
    return gzip.compress(b"".join(packed))


def _firehose() -> bytes:
    """The same in one record of Firehose: packed within, as CloudWatch Logs packs it."""
    lines = b"".join(b"%s\n" % json.dumps({"message": text}).encode() for text in _framed())
    record = {"data": base64.b64encode(gzip.compress(lines)).decode()}
    return json.dumps({"requestId": "1", "timestamp": 1790367712123, "records": [record]}).encode()


class _Kind(NamedTuple):
    """A way of being large.

    Attributes:
        make: the body.
        path: below the door.
        headers: of the request.
    """

    make: Callable[[], bytes]
    path: str = ""
    headers: Mapping[str, str] = {}


_GZIP = {"content-encoding": "gzip"}
_KINDS = {
    "many": _Kind(_many),
    "long": _Kind(_long),
    "compressed": _Kind(_compressed, headers=_GZIP),
    "OTLP": _Kind(_otlp, "/otlp/v1/logs", _GZIP),
    "Loki": _Kind(_loki, "/loki/api/v1/push", _GZIP),
    "bulk": _Kind(_bulk, "/_bulk", _GZIP),
    "msgpack": _Kind(_msgpack, headers={**_GZIP, "content-type": "application/msgpack"}),
    "Firehose": _Kind(_firehose, "/firehose"),
}


def _framed() -> Iterator[str]:
    return _texts(MAX_UNPACKED_BYTES // _LOGS - _FRAMING, _LOGS, 400)


def _zipped(document: object) -> bytes:
    return gzip.compress(json.dumps(document, separators=(",", ":")).encode())


def _texts(length: int, count: int, different: int = 600) -> Iterator[str]:
    """Texts that have so many characters before they repeat themselves: fewer compress to less."""
    rng = random.Random(7)  # noqa: S311 - text, not secrets
    for _ in range(count):
        words = "".join(rng.choices(string.ascii_letters + "  ", k=different))
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
        request.write_bytes(_KINDS[kind].make())
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
            assert request.stat().st_size <= _REQUEST_BYTES
            door.take(door.event(request.read_bytes(), _KINDS[kind].headers, _KINDS[kind].path))
            assert door.bodies
            bodies.write_text(json.dumps(door.bodies))
        else:
            records = [sqs_record(body) for body in json.loads(bodies.read_text())]
            assert not handler({"Records": records}, Invocation())["batchItemFailures"]
    print(peak_mb())


if __name__ == "__main__":
    _run(sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4]))
