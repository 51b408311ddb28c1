"""What each shipper sends, out of the box, is read as it means it.

Bodies were recorded from the real ones where PyPI, npm or Debian has them; the others are as their documentation shows.
"""

from datetime import datetime
from typing import Any

import pytest

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
