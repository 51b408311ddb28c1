"""From records to a batch, for both doors: the raw text of a log ends here, in memory."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from shared.mockupaws.contracts.batch import LogBatch, Reject
from shared.mockupaws.profiling import Profiler

MAX_MESSAGE_BYTES = 256 * 1024
MAX_SOURCE_CHARACTERS = 255
# A source may be as long as a body. More of it is masked than is kept, and what is near a cut may be half of something.
_MASKED_CHARACTERS = 1_024
_NEAR_A_CUT = 245
# What is read at once has so many objects and lists, some fifty for each of as many logs as a request may have: a small
# body may have millions, and fill the memory.
MAX_CONTAINERS = 500_000
IS_UTF16 = "it is UTF-16 among other text; send UTF-8"
_UTF16 = re.compile(r"(?:[^\0]\0){4}")
# An event's own time is believed in these bounds; a clock that is further off, or a replay of old files, is not.
OLDEST_EVENT = timedelta(days=30)
NEWEST_EVENT = timedelta(minutes=5)


class Record(NamedTuple):
    """One log as its sender said it.

    Attributes:
        message: the text that is profiled.
        source: who it is from, None where the sender didn't say.
        level: severity as the sender wrote it, None where it is to be found in the text.
        occurred_at: aware time of the event, None where the sender didn't say.
    """

    message: str
    source: str | None = None
    level: str | int | None = None
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A part of a request that is no log.

    Attributes:
        position: its place in the request, from 0, counted together with the records.
        error: why, and what to do.
        text: the part itself; only its masked beginning is kept.
    """

    position: int
    error: str
    text: str


def is_utf16(text: str) -> bool:
    """Whether a text was UTF-16 and is read as something else: nobody would see what is personal in it, and mask it."""
    return "\0" in text and _UTF16.search(text) is not None


def fill(batch: LogBatch, records: Iterable[Record], unreadable: Iterable[Unreadable], *, mask_ip: bool) -> None:
    """Profiles the records into the batch, and keeps of what is unreadable the reason and a masked sample.

    Args:
        batch: an empty one; its `received_at` is the time of a record without a believable time of its own.
        records: what was read, none of more than `MAX_MESSAGE_BYTES`.
        unreadable: what could not be.
        mask_ip: whether the scenario takes IP addresses for personal data.
    """
    profiler = _profiler(mask_ip=mask_ip)
    now = int(batch.received_at.timestamp())
    oldest, newest = now - OLDEST_EVENT.total_seconds(), now + NEWEST_EVENT.total_seconds()
    for record in records:
        profile = profiler.profile(record.message, record.level)
        source = _source(record.source, mask_ip=mask_ip) if record.source else "unknown"
        occurred = int(record.occurred_at.timestamp()) if record.occurred_at else now
        batch.add(profile, source, occurred if oldest <= occurred <= newest else now)
    batch.rejects += [
        Reject(part.position, part.error, profiler.profile(part.text[:MAX_MESSAGE_BYTES].replace("\0", "")).preview)
        for part in unreadable
    ]


@cache
def _profiler(*, mask_ip: bool) -> Profiler:
    return Profiler(mask_ip=mask_ip)


def _source(source: str, *, mask_ip: bool) -> str:
    if len(source) <= MAX_SOURCE_CHARACTERS:
        return _masked(source, mask_ip=mask_ip)[:MAX_SOURCE_CHARACTERS]
    masked = _profiler(mask_ip=mask_ip).profile(source[:_MASKED_CHARACTERS]).preview
    if len(source) > _MASKED_CHARACTERS:
        masked = masked[: max(0, len(masked) - _NEAR_A_CUT)]
    return masked[:MAX_SOURCE_CHARACTERS]


# Short ones alone, which are few and come with each log: what is kept here is raw, and stays as long as the process.
@lru_cache(maxsize=1024)
def _masked(source: str, *, mask_ip: bool) -> str:
    return _profiler(mask_ip=mask_ip).profile(source).preview
