"""The door's own dialect: whatever comes, told apart by what it is and never by its Content-Type alone."""

import json
import re
from typing import Any, cast

from functions.ingest.dialects.encodings import as_utf8
from functions.ingest.dialects.fields import compact, record_of, text_of
from functions.ingest.dialects.parts import sample_of, take_part
from functions.ingest.dialects.pieces import MAX_VALUE_BYTES, Damaged, Stamped
from functions.ingest.dialects.reading import text_in, values
from functions.ingest.models import Answer, Decoded, Outcome, Request
from shared.mockupaws.contracts.money import plain
from shared.mockupaws.errors import InvalidRequestError, MockupAwsError
from shared.mockupaws.intake import Record
from shared.mockupaws.replies import error_reply
from shared.mockupaws.unpack import GZIP_MAGIC, inflate

_BEGINS_AN_OBJECT = re.compile(rb"[ \t\r\n]*+\{").match


def decode(request: Request, body: bytes) -> Decoded:
    """Reads the body by what it is; see `Dialect.decode`."""
    del request  # the Content-Type is not believed: syslog-ng and curl send lines as a form
    if body.startswith(GZIP_MAGIC):  # a file that curl sends as it is, without saying so
        body = inflate(body)
    body = as_utf8(body)
    single = _one_object(body)
    if single is not None:
        decoded = Decoded(_reply_to_one)
        take_part(decoded, "a log", record_of, single)
        return decoded
    decoded = Decoded(_reply_to_many)
    read_into(decoded, body)
    # Blank lines alone are a log without a text, as syslog-ng's `$MSG\n` may be: refused, they would come for ever.
    if not body:
        raise InvalidRequestError("The body is empty; send a JSON object, an array, NDJSON or lines of text.")
    return decoded


def _one_object(body: bytes) -> dict[str, Any] | None:
    if not _BEGINS_AN_OBJECT(body) or len(body) > MAX_VALUE_BYTES:
        return None
    try:
        value = json.loads(text_in(body))
    except (ValueError, RecursionError):
        return None
    return cast("dict[str, Any]", value)


def read_into(decoded: Decoded, body: bytes) -> None:
    """Adds the logs in a body of any of our framings."""
    for value in values(body):
        take_value(decoded, value)


def take_value(decoded: Decoded, value: object) -> None:
    """Adds the log that a value is."""
    if isinstance(value, str):
        decoded.take(Record(text_of(value)))
    elif isinstance(value, dict):
        take_part(decoded, "a log", record_of, cast("dict[str, Any]", value))
    elif isinstance(value, Stamped):
        take_part(decoded, "a log", record_of, value.value, value.occurred_at)
    elif isinstance(value, Damaged):
        decoded.refuse(value.error, value.text)
    else:
        decoded.refuse('not an object or a text; send {"message": …}', sample_of(value))


def _reply_to_one(outcome: Outcome) -> Answer:
    if not outcome.accepted:
        return _reply_to_many(outcome)
    return _answer({"status": "accepted", "log_id": str(outcome.first_log_id)}, outcome)


def _reply_to_many(outcome: Outcome) -> Answer:
    rejected = [{"index": reject.position, "error": reject.error} for reject in outcome.rejects]
    return _answer({"status": "accepted", "accepted": outcome.accepted, "rejected": rejected}, outcome)


def _answer(body: dict[str, Any], outcome: Outcome) -> Answer:
    return Answer(202, compact({**body, "estimated_cost_impact": plain(outcome.cost_impact_usd)}))


def failed(request: Request, error: MockupAwsError) -> Answer:
    """The API's error format; see `Dialect.failed`."""
    return Answer(error.status, error_reply(error, request.request_id).model_dump_json(exclude_none=True))
