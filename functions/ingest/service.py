"""From a request to an accepted batch: admit, unpack, decode, profile, queue. The raw text ends here, in memory."""

import base64
import hashlib
import json
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID, uuid5

from functions.ingest import store
from functions.ingest.body import body_of
from functions.ingest.dialects import dialect_at, own
from functions.ingest.dialects.handshakes import handshake
from functions.ingest.impact import cost_impact
from functions.ingest.models import (
    BULK,
    FIREHOSE_REQUEST_ID,
    MAX_LOGS,
    Answer,
    Decoded,
    Dialect,
    Outcome,
    Request,
)
from functions.ingest.store import DoorScenario, RememberedRequest
from shared.mockupaws import log_queue
from shared.mockupaws.auth.access import writes
from shared.mockupaws.auth.addresses import must_come_by_the_edge
from shared.mockupaws.auth.admission import caller_of, read_credential
from shared.mockupaws.auth.limits import INGEST
from shared.mockupaws.contracts.batch import LogBatch, names_of
from shared.mockupaws.costing.price_book import PriceBook
from shared.mockupaws.db import Database
from shared.mockupaws.errors import (
    ConflictError,
    InvalidRequestError,
    NotFoundError,
    RateLimitedError,
)
from shared.mockupaws.ids import new_id
from shared.mockupaws.intake import fill
from shared.mockupaws.records.prices import price_book
from shared.mockupaws.replies import as_api_error, error_headers

MAX_KEY_CHARACTERS = 255
ACCESS = writes("ingest:logs")


def receive(database: Database, request: Request) -> Answer:
    """Takes what a sender sends, and answers in its dialect."""
    if asked := handshake(request):
        return asked
    dialect = dialect_at(request.path)
    try:
        return _take(database, request, dialect)
    except Exception as error:  # noqa: BLE001 (each error is told in the sender's dialect; the unforeseen are logged)
        known = as_api_error(error)
        answer = (dialect or own).failed(request, known)
        return answer._replace(headers={**error_headers(known), **answer.headers}, said={"error": known.code})


def _take(database: Database, request: Request, dialect: Dialect | None) -> Answer:
    sent = request.method == "POST" or (request.method == "PUT" and request.path.endswith(BULK))
    if dialect is None or not sent:
        raise NotFoundError("No such door; docs/shippers.md lists the paths for each shipper.")
    must_come_by_the_edge(request.headers)
    scenario = _admit(database, request)
    body = body_of(request)
    body_hash = hashlib.sha256(body).digest()
    decoded = dialect.decode(request, body)
    del body  # it may have 16 MB, and its records are as many again
    batch = LogBatch(new_id(), scenario.id, datetime.now(UTC), correlation_id=request.request_id)
    _remember(database, request, batch, decoded.body_hash or body_hash)
    batches = _batches(batch, decoded, mask_ip=scenario.mask_ip)
    prices = _prices(database, scenario.region)
    impact = sum((cost_impact(each, scenario.pipeline, prices, scenario.region) for each in batches), Decimal(0))
    for each in batches:
        if len(each) or each.rejects:
            log_queue.send(each)
    accepted, rejects = sum(map(len, batches)), [reject for each in batches for reject in each.rejects]
    answer = decoded.reply(Outcome(accepted, rejects, batch.first_log_id, impact))
    names = [names_of(each) for each in batches]
    named = {"batches": names} if len(names) > 1 else names[0]
    return answer._replace(
        headers={**answer.headers, "X-Batch-Id": names[0]["batch_id"]},
        said={**named, "accepted": accepted, "rejected": len(rejects)},
    )


def _batches(first: LogBatch, decoded: Decoded, *, mask_ip: bool) -> list[LogBatch]:
    """A request's batches, profiled: one, or as many as it takes where the sender can't send less.

    The others' ids are made of the first's, so that a retry is the same batches.
    """
    batches: list[LogBatch] = []
    for start in range(0, max(len(decoded.records), len(decoded.unreadable), 1), MAX_LOGS):
        batch = first
        if start:
            batch_id = uuid5(first.batch_id, str(start))
            batch = LogBatch(batch_id, first.scenario_id, first.received_at, correlation_id=first.correlation_id)
        part = slice(start, start + MAX_LOGS)
        fill(batch, decoded.records[part], decoded.unreadable[part], mask_ip=mask_ip)
        batches.append(batch)
    return batches


def _admit(database: Database, request: Request) -> DoorScenario:
    credential = read_credential(request.headers)
    named = _named_scenario(request)
    with database.autocommit() as connection:
        admission, scenario = store.admit(
            connection, credential, limit=INGEST, address=request.address, scenario_id=named
        )
    if not admission.allowed:
        raise RateLimitedError(limit=INGEST.per_minute, reset_seconds=admission.reset_seconds)
    ACCESS.check(caller_of(admission, credential))
    if scenario is None:
        raise InvalidRequestError(
            "No such scenario among yours: name it in `X-Scenario-ID` (or `?scenario_id=`) by the id that "
            "GET /api/v1/scenarios shows."
        )
    if scenario.status != "running":
        raise InvalidRequestError(
            f"The scenario is {scenario.status}, so it takes no logs; start it with "
            f"POST /api/v1/scenarios/{scenario.id}/start."
        )
    return scenario


def _prices(database: Database, region: str) -> PriceBook:
    with database.autocommit() as connection:
        return price_book(connection, region)


def _named_scenario(request: Request) -> UUID | None:
    headers = request.headers
    text = (
        headers.get("x-scenario-id")
        or request.query.get("scenario_id")
        or _common_attribute(headers.get("x-amz-firehose-common-attributes", ""))
        or _basic_user(headers.get("authorization", ""))
    )
    try:
        return UUID(text)
    except ValueError:
        return None


def _common_attribute(attributes: str) -> str:
    """Firehose's way to say it: a common attribute of the delivery stream."""
    try:
        return str(json.loads(attributes)["commonAttributes"]["scenario_id"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


def _basic_user(authorization: str) -> str:
    """The way of those that can set neither a header nor a query (rsyslog): the user, the key being the password."""
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(value).decode().partition(":")[0]
    except ValueError:
        return ""


def _remember(database: Database, request: Request, batch: LogBatch, body_hash: bytes) -> None:
    """Makes the batch the one that this idempotency key already stands for, if it does.

    The key is kept before the batch is queued. If the queue then fails, the sender's retry finds the key, and queues
    the same batch: whether none or two of them arrive, `store_logs` stores it once.
    """
    key = request.headers.get("idempotency-key") or request.headers.get(FIREHOSE_REQUEST_ID)
    if not key:
        return
    if len(key) > MAX_KEY_CHARACTERS:
        raise InvalidRequestError(f"An Idempotency-Key may have {MAX_KEY_CHARACTERS} characters.")
    mine = RememberedRequest(body_hash, batch.batch_id, batch.first_log_id, batch.received_at)
    with database.autocommit() as connection:
        first = store.remember_request(connection, batch.scenario_id, key, mine)
    if first.body_hash != mine.body_hash:
        raise ConflictError("This Idempotency-Key came with another body before; use a new key for new logs.")
    batch.batch_id, batch.first_log_id, batch.received_at = first.batch_id, first.first_log_id, first.received_at
