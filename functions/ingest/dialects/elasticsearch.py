"""Elasticsearch's bulk API, as rsyslog's omelasticsearch and Filebeat use it: an item per document.

https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-bulk
"""

import re
from collections.abc import Iterator
from http import HTTPStatus
from itertools import count, islice
from typing import Any, NamedTuple, cast
from uuid import UUID

from functions.ingest.body import body_of
from functions.ingest.dialects.fields import compact, record_of
from functions.ingest.dialects.handshakes import PRODUCT
from functions.ingest.dialects.parts import sample_of, take_part
from functions.ingest.dialects.pieces import Damaged
from functions.ingest.dialects.reading import values
from functions.ingest.models import MAX_LOGS, Answer, Decoded, Outcome, Request
from shared.mockupaws.errors import InvalidRequestError, MockupAwsError, PayloadTooLargeError
from shared.mockupaws.profiling.unicode import utf8

# An action and its document, at the beginning of a line each.
_ACTION = re.compile(rb'^\{ *"(index|create|update)"[^\n]*+\n[^\n]*+', re.MULTILINE)
_COME_AGAIN = "es_rejected_execution_exception"


class _Action(NamedTuple):
    """What a bulk request asks for one document.

    Attributes:
        name: `index`, `create`, `update` or `delete`.
        target: the document's `_index` and `_id`, as far as they were said.
        position: the document's place among the logs; None where there is none to store.
    """

    name: str
    target: dict[str, str]
    position: int | None


def decode(request: Request, body: bytes) -> Decoded:
    """Reads actions and documents by turns; see `Dialect.decode`."""
    index = request.path.removesuffix("/_bulk").lstrip("/")
    actions: list[_Action] = []
    decoded = Decoded(lambda outcome: _reply(actions, outcome))
    pairs = values(body)
    for header in pairs:
        name, target = _action(header) or ("", {})
        if not (name or actions):
            raise InvalidRequestError("Malformed action line, expected one of [create, delete, index, update].")
        target.setdefault("_index", index or "logs")
        if len(actions) == MAX_LOGS:
            raise PayloadTooLargeError(
                f"More than {MAX_LOGS:,} actions in a request; nothing of it was taken. Send smaller batches."
            )
        # Nothing that was logged is taken back.
        actions.append(_Action(name or "index", target, None if name == "delete" else decoded.position))
        if not name:
            decoded.refuse(
                'no action such as {"create": {}}', header.text if isinstance(header, Damaged) else sample_of(header)
            )
        elif name != "delete":
            _take_document(decoded, name, pairs)
    if not actions:
        raise InvalidRequestError("request body is required")
    return decoded


def _action(header: object) -> tuple[str, dict[str, str]] | None:
    if isinstance(header, dict) and len(cast("dict[str, Any]", header)) == 1:
        ((name, target),) = cast("dict[str, Any]", header).items()
        if name in ("index", "create", "update", "delete") and isinstance(target, dict):
            return name, _named(cast("dict[str, Any]", target))
    return None


def _named(target: dict[str, Any]) -> dict[str, str]:
    """What of it the answer repeats: names, which are text or a number."""
    return {k: utf8(str(v))[0] for k, v in target.items() if k in ("_index", "_id") and isinstance(v, str | int)}


def _take_document(decoded: Decoded, name: str, pairs: Iterator[object]) -> None:
    document = next(pairs, None)
    if name == "update" and isinstance(document, dict):
        fields = cast("dict[str, Any]", document)
        document = fields.get("doc", fields.get("upsert"))
    if isinstance(document, dict):
        take_part(decoded, "a log", record_of, cast("dict[str, Any]", document))
    elif isinstance(document, Damaged):
        decoded.refuse(document.error, document.text)
    else:
        decoded.refuse("the document is no object", "" if document is None else sample_of(document))


def _reply(actions: list[_Action], outcome: Outcome) -> Answer:
    errors = {reject.position: reject.error for reject in outcome.rejects}
    ids = count(outcome.first_log_id.int)
    items = [{action.name: _item(action, errors, ids)} for action in actions]
    return Answer(200, compact({"took": 0, "errors": bool(errors), "items": items}), headers=PRODUCT)


def _item(action: _Action, errors: dict[int, str], ids: Iterator[int]) -> dict[str, Any]:
    if action.position is None:
        return {**action.target, "result": "not_found", "status": 404}
    if action.position in errors:
        reason = errors[action.position]
        return {**action.target, "status": 400, "error": {"type": "document_parsing_exception", "reason": reason}}
    taken = {"_id": str(UUID(int=next(ids))), **action.target, "_version": 1}
    if action.name == "update":
        return {**taken, "result": "updated", "status": 200}
    return {**taken, "result": "created", "status": 201}


def failed(request: Request, error: MockupAwsError) -> Answer:
    """Elasticsearch's form of an error; see `Dialect.failed`.

    Where the sender shall come again, each document is told so too: rsyslog's omelasticsearch knows no HTTP status, and
    drops a batch for whose documents the answer has no items.
    """
    kinds = {401: "security_exception", 403: "security_exception", 429: _COME_AGAIN, 503: _COME_AGAIN}
    cause = {"type": kinds.get(error.status, "illegal_argument_exception"), "reason": error.message}
    body: dict[str, Any] = {"error": {"root_cause": [cause], **cause}, "status": error.status}
    if kinds.get(error.status) == _COME_AGAIN:
        refused = {"_index": "logs", "status": HTTPStatus.TOO_MANY_REQUESTS, "error": cause}
        body |= {"errors": True, "items": [{name: refused} for name in _names_of_actions(request)]}
    return Answer(error.status, compact(body), headers=PRODUCT)


def _names_of_actions(request: Request) -> Iterator[str]:
    """What is asked for each document, told by how the lines begin: a refusal must cost less than reading them."""
    try:
        body = body_of(request)
    except MockupAwsError:
        return
    for found in islice(_ACTION.finditer(body), MAX_LOGS):
        yield found[1].decode()
