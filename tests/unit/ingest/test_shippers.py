"""What each shipper sends, out of the box, is read as it means it.

Bodies were recorded from the real ones where PyPI, npm or Debian has them; the others are as their documentation shows.
"""

from datetime import datetime
from typing import Any

import pytest

from shared.mockupaws.errors import PayloadTooLargeError
from shared.mockupaws.intake import Record
from tests.unit.ingest.requests import SHIPPERS, body_of, dialect, reply, request, sent_by


def _record(fields: dict[str, Any]) -> Record:
    occurred = fields["occurred_at"]
    moment = datetime.fromisoformat(occurred) if occurred else None
    return Record(fields["message"], fields["source"], fields["level"], moment)


@pytest.mark.parametrize("shipper", SHIPPERS)
def test_a_shipper_s_records_are_read(shipper: str) -> None:
    sent = sent_by(shipper)
    decoded = dialect(sent["path"]).decode(request(sent["path"], **sent["headers"]), body_of(sent))
    assert decoded.records == [_record(fields) for fields in sent["expected"]]
    assert decoded.unreadable == []
    assert 200 <= reply(decoded).status < 300


@pytest.mark.parametrize("path", ["/otlp/v1/logs", "/firehose", "/loki/api/v1/push"])
def test_a_document_of_millions_of_objects_is_refused_before_it_is_read(path: str) -> None:
    body = b'{"requestId":"a","records":[' + b"{}," * 1_000_000 + b"{}]}"
    with pytest.raises(PayloadTooLargeError):
        dialect(path).decode(request(path, content_type="application/json"), body)
