"""What is done with the messages of an invocation: which are stored together, which alone, which are given up.

Whatever a message is, it must not take another one with it to the dead-letter queue, where a message comes by being
received often. So one that was received several times, which may be what ended those invocations, is tried last and
alone, when all others are stored and off the queue. What is tried alone is noted before: if it ends the process, the
note tells it from the innocents that were only near it, and after some such ends it is not tried again.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from psycopg.errors import CheckViolation

from functions.store_logs import store
from functions.store_logs.service import Stored, store_batches
from shared.mockupaws import log_queue
from shared.mockupaws.contracts.batch import BatchFormatError, SealedBatch, names_of, read_envelope
from shared.mockupaws.db import database
from shared.mockupaws.errors import UnavailableError
from shared.mockupaws.observability import describe, logger

SUSPECT_AFTER_RECEIVES = 3
MAX_UNFINISHED = 3
# While the database is away, waiting here costs less of a message's receives than failing does.
RETRY_PAUSE_S = 1.0

HasTime = Callable[[], bool]
"""Whether there is time to begin something."""
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the queue, unopened."""

    message_id: str
    receipt_handle: str
    receives: int
    body: str


@dataclass(slots=True)
class Outcome:
    """What became of an invocation's messages.

    Attributes:
        stored: what was stored now.
        batches: those that could be read, as their log lines call them.
        failed: ids of messages that must come again.
        hopeless: those of them that will fail then, too.
    """

    stored: Stored = field(default_factory=Stored)
    batches: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    failed: set[str] = field(default_factory=set[str])
    hopeless: set[str] = field(default_factory=set[str])

    def give_up(self, message: Message, reason: str) -> None:
        """Leaves a message to the dead-letter queue."""
        logger.error("given up", extra={"message_id": message.message_id, "reason": reason})
        self.failed.add(message.message_id)
        self.hopeless.add(message.message_id)


def deliver(messages: Sequence[Message], has_time: HasTime) -> Outcome:
    """Stores the batches in the messages."""
    outcome = Outcome()
    fresh = [message for message in messages if message.receives < SUSPECT_AFTER_RECEIVES]
    suspects = [message for message in messages if message.receives >= SUSPECT_AFTER_RECEIVES]
    _store_together(fresh, outcome, has_time)
    if suspects:
        log_queue.delete([message.receipt_handle for message in fresh if message.message_id not in outcome.failed])
        _store_suspects(suspects, outcome, has_time)
    log_queue.hasten([message.receipt_handle for message in messages if message.message_id in outcome.hopeless])
    return outcome


def _store_together(messages: Sequence[Message], outcome: Outcome, has_time: HasTime) -> None:
    """All in one transaction; where that fails, one by one, to find the one that can't be stored."""
    opened = [(message, batch) for message in messages if (batch := _open(message, outcome)) is not None]
    try:
        outcome.stored.add(_store([batch for _, batch in opened], has_time))
    except UnavailableError:
        outcome.failed.update(message.message_id for message, _ in opened)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one message, the others must not suffer for it
        logger.warning("not stored together", extra=describe(error))
        for message, batch in opened:
            _store_alone(message, batch, outcome, has_time)


def _store_suspects(suspects: Sequence[Message], outcome: Outcome, has_time: HasTime) -> None:
    """One by one, what ended the process before after what did not."""
    try:
        unfinished = _patiently(lambda: _unfinished(suspects), has_time)
    except UnavailableError:
        outcome.failed.update(suspect.message_id for suspect in suspects)
        return
    for suspect in sorted(suspects, key=lambda suspect: unfinished.get(suspect.message_id, 0)):
        if unfinished.get(suspect.message_id, 0) >= MAX_UNFINISHED:
            outcome.give_up(suspect, f"each of {MAX_UNFINISHED} attempts at it alone ended the process")
        elif not has_time():
            # The timeout would end the process, and the attempt be counted against a message that did nothing.
            outcome.failed.add(suspect.message_id)
        else:
            _store_suspect(suspect, outcome, has_time)


def _store_suspect(suspect: Message, outcome: Outcome, has_time: HasTime) -> None:
    try:
        _patiently(lambda: _begin(suspect), has_time)
        batch = _open(suspect, outcome)
        if batch is not None:
            _store_alone(suspect, batch, outcome, has_time)
        _end(suspect)
    except UnavailableError:
        outcome.failed.add(suspect.message_id)
    if suspect.message_id not in outcome.failed:
        log_queue.delete([suspect.receipt_handle])


def _store_alone(message: Message, batch: SealedBatch, outcome: Outcome, has_time: HasTime) -> None:
    try:
        outcome.stored.add(_store([batch], has_time))
    except UnavailableError:
        outcome.failed.add(message.message_id)
    except BatchFormatError as error:
        outcome.give_up(message, str(error))
    except Exception as error:  # noqa: BLE001 - it is this message's own
        logger.error("not stored", extra={"message_id": message.message_id, **describe(error)})
        outcome.give_up(message, f"it can't be stored: {type(error).__name__}")


def _open(message: Message, outcome: Outcome) -> SealedBatch | None:
    try:
        batch = read_envelope(message.body, log_queue.read_payload)
    except BatchFormatError as error:
        outcome.give_up(message, str(error))
    except UnavailableError as error:
        logger.error("not opened", extra={"message_id": message.message_id, "reason": str(error)})
        outcome.failed.add(message.message_id)
    else:
        outcome.batches.append({**names_of(batch), "correlation_id": batch.correlation_id})
        return batch
    return None


def _store(batches: Sequence[SealedBatch], has_time: HasTime) -> Stored:
    # Whether a commit that broke took effect or not, the markers know when it is tried again.
    return _patiently(lambda: _store_in_place(batches), has_time) if batches else Stored()


def _store_in_place(batches: Sequence[SealedBatch]) -> Stored:
    """Stores them, if need be after making a partition: `retain` makes those for the weeks to come only."""
    try:
        return _store_at_once(batches)
    except CheckViolation:
        # What PostgreSQL says of a row that no partition takes. Any other is said again.
        with database().autocommit() as connection:
            store.ensure_partitions(connection, [batch.received_at for batch in batches])
        return _store_at_once(batches)


def _store_at_once(batches: Sequence[SealedBatch]) -> Stored:
    with database().transaction() as connection:
        return store_batches(connection, batches)


def _unfinished(suspects: Sequence[Message]) -> dict[str, int]:
    with database().autocommit() as connection:
        return store.read_unfinished(connection, [suspect.message_id for suspect in suspects])


def _begin(suspect: Message) -> None:
    with database().autocommit() as connection:
        store.begin_attempt(connection, suspect.message_id)


def _end(suspect: Message) -> None:
    with database().autocommit() as connection:
        store.end_attempt(connection, suspect.message_id)


def _patiently(work: Callable[[], _Result], has_time: HasTime) -> _Result:
    """Does the work, again while the database is away and as long as there is time."""
    while True:
        try:
            return work()
        except UnavailableError:
            if not has_time():
                raise
            time.sleep(RETRY_PAUSE_S)
