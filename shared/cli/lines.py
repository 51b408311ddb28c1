"""Log lines to what is recorded of them: in this process for a few, on every core for many."""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from typing import NamedTuple

from shared.mockupaws.contracts.traffic import Level
from shared.mockupaws.profiling import Profiler, count_tokens, mask_pii
from shared.mockupaws.profiling.timestamps import parse_timestamp
from shared.mockupaws.profiling.vocabulary import Encoding

# Below this, starting processes takes longer than it saves.
_ALONE = 4


class Looked(NamedTuple):
    """What is recorded of a line.

    Attributes:
        digest: 64 bits of its SHA-256.
        second: when it was written, seconds since 1970; None where it doesn't say.
        level: its severity.
        size_bytes: UTF-8 bytes.
        sqs_blocks: 64 KiB units.
        tokens: of the encoding that is counted in.
        redacted_tokens: the same with personal data masked.
        has_pii: whether it holds personal data.
    """

    digest: int
    second: int | None
    level: Level
    size_bytes: int
    sqs_blocks: int
    tokens: int
    redacted_tokens: int
    has_pii: bool


def look_at(lines: Sequence[str], encoding: Encoding) -> list[Looked]:
    """What is recorded of lines, in order."""
    return [_look_at(line, encoding) for line in lines]


def look_at_all(batches: Iterable[Sequence[str]], encoding: Encoding, jobs: int) -> Iterator[list[Looked]]:
    """The same of batches of lines, in order, with a bounded number of them under way.

    Args:
        batches: of lines.
        encoding: what tokens are counted in.
        jobs: processes.
    """
    coming = iter(batches)
    for _, lines in zip(range(_ALONE if jobs > 1 else 1 << 62), coming, strict=False):
        yield look_at(lines, encoding)
    if jobs < 2:  # noqa: PLR2004 - one process is this one
        return
    first = next(coming, None)
    if first is None:
        return
    # Not forked: a copy of this process would share its pages only until it touches them.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        under_way: deque[Future[list[Looked]]] = deque([pool.submit(look_at, first, encoding)])
        for lines in coming:
            under_way.append(pool.submit(look_at, lines, encoding))
            if len(under_way) > 2 * jobs:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


def cores() -> int:
    """How many processes this one may keep busy."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def _profiler() -> Profiler:
    return Profiler()


def _look_at(line: str, encoding: Encoding) -> Looked:
    profile = _profiler().profile(line)
    stamp = parse_timestamp(line)
    tokens, redacted = profile.tokens, profile.redacted_tokens
    if encoding != "cl100k_base":
        tokens = redacted = count_tokens(line, encoding)
        if profile.has_pii:
            redacted = count_tokens(mask_pii(line), encoding)
    return Looked(
        digest=int.from_bytes(profile.message_hash[:8]),
        second=None if stamp is None else int(stamp.timestamp()),
        level=profile.level,
        size_bytes=profile.size_bytes,
        sqs_blocks=profile.sqs_blocks,
        tokens=tokens,
        redacted_tokens=redacted,
        has_pii=profile.has_pii,
    )
