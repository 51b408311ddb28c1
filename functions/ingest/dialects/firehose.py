"""Amazon Data Firehose's HTTP endpoint delivery, CloudWatch Logs subscriptions inside it unpacked.

https://docs.aws.amazon.com/firehose/latest/dev/httpdeliveryrequestresponse.html
"""

import binascii
import hashlib
import time
from collections.abc import Iterable
from contextlib import suppress
from http import HTTPStatus
from typing import cast

import pybase64

from functions.ingest.dialects.fields import compact
from functions.ingest.dialects.own import take_value
from functions.ingest.dialects.parts import UnreadablePartError, read_part, sample_of
from functions.ingest.dialects.pieces import MAX_VALUE_BYTES, THE_REST, sample
from functions.ingest.dialects.reading import document, documents, values
from functions.ingest.models import (
    FIREHOSE_REQUEST_ID,
    MAX_LOGS,
    Answer,
    Decoded,
    Outcome,
    RecordTooLargeError,
    Request,
)
from shared.mockupaws.cloudwatch_logs import SubscriptionFormatError, delivery_in
from shared.mockupaws.errors import InvalidRequestError, MockupAwsError, PayloadTooLargeError
from shared.mockupaws.intake import MAX_MESSAGE_BYTES, Unreadable
from shared.mockupaws.profiling.unicode import utf8
from shared.mockupaws.unpack import GZIP_MAGIC, MAX_UNPACKED_BYTES, inflate

# It can't be told to send fewer logs: of CloudWatch Logs, a mebibyte of gzip holds any number.
_MOST_LOGS = 10 * MAX_LOGS
_NO_DELIVERY = "The body is no delivery of Amazon Data Firehose."
# Nobody could send the delivery without it, so it is refused alone.
_TOO_LARGE = f"larger than {MAX_MESSAGE_BYTES:,} bytes"


def decode(request: Request, body: bytes) -> Decoded:
    """Reads `{"requestId", "timestamp", "records": [{"data"}]}`; see `Dialect.decode`."""
    # Several batches are accepted whole or not at all only if the retry is known again.
    most = _MOST_LOGS if request.headers.get(FIREHOSE_REQUEST_ID) else MAX_LOGS
    decoded = Decoded(lambda outcome: _reply(utf8(request_id)[0], outcome), most)
    try:
        delivery = document(decoded, body)
        request_id, records = delivery["requestId"], delivery["records"]
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidRequestError(_NO_DELIVERY) from error
    if not isinstance(request_id, str) or not isinstance(records, list):
        raise InvalidRequestError(_NO_DELIVERY)
    digest = hashlib.sha256()
    room = MAX_UNPACKED_BYTES
    for record in cast("list[object]", records):
        digest.update(sample_of(record).encode("utf-8", "surrogatepass"))
        data = read_part(decoded, "a record of Firehose", _unpacked, record)
        if data is None:
            continue
        room -= len(data)
        if room < 0:
            raise PayloadTooLargeError(f"The records unpack to more than {MAX_UNPACKED_BYTES:,} bytes.")
        _read_into(decoded, data)
    # Not of the timestamp beside them, which is when this try was made.
    decoded.body_hash = digest.digest()
    return decoded


def _unpacked(record: dict[str, str]) -> bytes:
    """A record's data without base64 and gzip."""
    try:
        data = pybase64.b64decode(record["data"], validate=True)
        return inflate(data) if data.startswith(GZIP_MAGIC) else data
    except binascii.Error as error:
        raise UnreadablePartError("its data is not base64") from error
    except InvalidRequestError as error:
        raise UnreadablePartError(error.message) from error


def _values_in(decoded: Decoded, data: bytes) -> Iterable[object]:
    # A delivery of CloudWatch Logs is one object, and may be larger than a record of anybody's.
    if len(data) > MAX_VALUE_BYTES and data.lstrip()[:1] == b"{":
        with suppress(ValueError, RecursionError):
            return documents(decoded, data)
    return values(data)


def _read_into(decoded: Decoded, data: bytes) -> None:
    try:
        for value in _values_in(decoded, data):
            _read_value(decoded, value)
    except RecordTooLargeError:
        decoded.refuse(_TOO_LARGE + THE_REST, sample(data, 0))


def _read_value(decoded: Decoded, value: object) -> None:
    try:
        delivery = delivery_in(value)
    except SubscriptionFormatError as error:
        decoded.refuse(str(error), sample_of(value))
        return
    if delivery is None:
        try:
            take_value(decoded, value)
        except RecordTooLargeError:
            decoded.refuse(_TOO_LARGE, sample_of(value))
        return
    for log in delivery.records:
        if isinstance(log, Unreadable):
            decoded.refuse(log.error, log.text)
            continue
        try:
            decoded.take(log)
        except RecordTooLargeError:
            decoded.refuse(_TOO_LARGE, log.message)


def _reply(request_id: str, outcome: Outcome) -> Answer:
    del outcome  # Firehose knows no partial success: what was rejected is on the scenario's page of rejected logs
    return Answer(200, compact({"requestId": request_id, "timestamp": _now_ms()}))


def failed(request: Request, error: MockupAwsError) -> Answer:
    """Firehose's own form of an error; see `Dialect.failed`."""
    request_id = request.headers.get(FIREHOSE_REQUEST_ID, request.request_id)
    body = {"requestId": request_id, "timestamp": _now_ms(), "errorMessage": error.message}
    # A 413 alone makes Firehose drop a delivery for good; any other is tried again, and ends in its bucket.
    status = HTTPStatus.BAD_REQUEST if error.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE else error.status
    return Answer(status, compact(body))


def _now_ms() -> int:
    return int(time.time() * 1000)
