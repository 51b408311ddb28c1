"""Log lines without personal data, in the forms of common systems, with the numbers that look most like some."""

import random
import uuid
from collections.abc import Iterator

_FORMS = (
    "{stamp} INFO dfs.DataNode$PacketResponder: Received block blk_-{n19} of size {n8} from /10.251.{o}.{o}",
    "{stamp},{n3} WARN [SendWorker:{n12}:QuorumCnxManager$SendWorker@{n3}] - Send worker leaving thread",
    '10.0.{o}.{o} - - [{day}/Nov/2024:06:25:24 +0000] "GET /api/v1/items/{n10} HTTP/1.1" 200 {n5} "-" "Mozilla/5.0"',
    '{{"level":30,"time":{ms},"pid":{n4},"hostname":"web-{n2}","reqId":"{uuid}","msg":"request completed in {n3}ms"}}',
    "time={epoch} level=info trace_id={hex32} span_id={hex16} msg=done bytes={n10} order={n12}",
    "{stamp} nova-compute.log {n5} INFO nova.compute.manager [req-{uuid} {hex32} - - -] [instance: {uuid}] VM Started",
    "I1018 18:01:47.{n6} {n5} main.go:{n3}] reconciled pod default/web-{hex8}-{n5} in {n3}.{n3}ms",
    "Nov  1 10:11:12 combo sshd(pam_unix)[{n5}]: authentication failure; logname= uid=0 euid=0 tty=NODEVssh ruser=",
    "{stamp} Executor task {n4}.0 in stage {n2}.0 (TID {n10}). {n5} bytes result sent, offset {n10}-{n10}",
    "container_{ms}_{n4}_01_{n6} memory usage {n4} {n4} {n4} of {n10}",
    "GET /images/icon@2x.png 304 {n3} {n4} sha256:{hex32}{hex32} etag W/{n2}-{hex40}",
    "arn:aws:lambda:eu-west-1:{n12}:function:resize took {n3}.{n2} ms, billed {n3}, ns={ms}{n6}",
    "systemd[1]: Started user@{n4}.service - session {n3} of user deploy, unit getty@tty1.service",
    "Input split: hdfs://node-{n2}:9000/logs/part-{n5}:{n8}+{n8} version {o}.{o}.{o} build 20{n2}{n8}",
    "metric cpu=0.{n10} mem={n10} disk {n3}-{n2}-{n3} latencies {n3} {n3} {n4} p99={n3}.{n3}.{n3}",
    "{stamp}.{n9} +0000 UTC m=+{n2}.{n9} queue=https://sqs.eu-west-1.amazonaws.com/{n12}/OrderProcessingQueueDev",
    "chronyd: offset +{n2}.{n6} sec, freq +{n6}.{n2}, heap delta=+{n10} bytes, UTC +2 {stamp}",
    "sms sent at {ms}, phone seen {ms}, mobile: {epoch} sms={ms}",
    "Nov  1 10:11:12 combo app#011at Main.run(Main.java:{n3})#012#011order #{n10}",
)


def lines(count: int, seed: int = 20) -> Iterator[str]:
    """Lines that no detector should flag (addresses apart)."""
    r = random.Random(seed)  # noqa: S311  test data

    class _Values(dict[str, str]):
        def __missing__(self, key: str) -> str:
            if key.startswith("n"):
                return "".join(r.choices("0123456789", k=int(key[1:])))
            if key.startswith("hex"):
                return "".join(r.choices("0123456789abcdef", k=int(key[3:])))
            return {
                "o": str(r.randrange(256)),
                "day": f"{r.randrange(1, 29):02}",
                "uuid": str(uuid.UUID(int=r.getrandbits(128), version=4)),
                "ms": f"17{r.randrange(10**11):011}",
                "epoch": f"17{r.randrange(10**8):08}",
                "stamp": f"2024-1{r.randrange(3)}-{r.randrange(1, 29):02} {r.randrange(24):02}:{r.randrange(60):02}:07",
            }[key]

    for _ in range(count):
        yield r.choice(_FORMS).format_map(_Values())
