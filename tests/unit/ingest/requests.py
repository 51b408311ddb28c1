"""Requests at the door and what becomes of them, for the dialects' tests."""

import base64
import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from functions.ingest.dialects import dialect_at
from functions.ingest.models import Answer, Decoded, Dialect, Outcome, Request
from shared.mockupaws.contracts.batch import Reject
from shared.mockupaws.unpack import inflate

_SHIPPERS = Path(__file__).parents[2] / "events" / "shippers"
SHIPPERS = sorted(path.stem for path in _SHIPPERS.glob("*.json"))
FIRST_ID = UUID("01936c5e-0000-7000-8000-000000000000")


@cache
def sent_by(shipper: str) -> dict[str, Any]:
    """What a shipper sent: path, headers, body or body_base64, and the records expected of it."""
    return json.loads((_SHIPPERS / f"{shipper}.json").read_text("utf-8"))


def body_of(sent: dict[str, Any]) -> bytes:
    """The body as the service hands it to a dialect."""
    body = base64.b64decode(sent["body_base64"]) if "body_base64" in sent else sent["body"].encode()
    return inflate(body) if sent["headers"].get("content-encoding") == "gzip" else body


def request(path: str = "", method: str = "POST", query: dict[str, str] | None = None, **headers: str) -> Request:
    """A request below the door."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Request(method, path, named, query or {}, "192.0.2.1", "request-1", "", is_base64=False)


def dialect(path: str) -> Dialect:
    """The dialect of a path that has one."""
    found = dialect_at(path)
    assert found is not None
    return found


def outcome(decoded: Decoded) -> Outcome:
    """What becomes of records that are all taken."""
    rejects = [Reject(part.position, part.error, part.text[:500]) for part in decoded.unreadable]
    return Outcome(len(decoded.records), rejects, FIRST_ID, Decimal("0.00004"))


def reply(decoded: Decoded) -> Answer:
    """The answer to them."""
    return decoded.reply(outcome(decoded))


def messages(decoded: Decoded) -> list[str]:
    """Their texts."""
    return [record.message for record in decoded.records]
