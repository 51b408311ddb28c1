import json

import pytest

from functions.ingest.dialects import own, splunk
from functions.ingest.models import Decoded
from shared.mockupaws.errors import InvalidRequestError, MockupAwsError, RateLimitedError, UnauthorizedError
from tests.unit.ingest.requests import messages, reply, request

REQUEST = request("/services/collector/event")


def decode(body: str) -> Decoded:
    return splunk.decode(REQUEST, body.encode())


def test_events_of_any_form() -> None:
    decoded = decode(
        '{"event":"a","source":"s","time":1732270272.5,"fields":{"level":"warn"}}\n'
        '{"event":{"message":"b","level":"error","service":"shop"},"host":"web-1"}{"event":{"x":1}}{"event":17}'
    )
    assert messages(decoded) == ["a", "b", '{"x":1}', "17"]
    assert [(record.source, record.level) for record in decoded.records[:2]] == [("s", "warn"), ("web-1", "error")]
    moment = decoded.records[0].occurred_at
    assert moment is not None
    assert moment.isoformat() == "2024-11-22T10:11:12.500000+00:00"
    answer = reply(decoded)
    assert (answer.status, json.loads(answer.body)) == (200, {"text": "Success", "code": 0})


def test_an_event_whose_level_means_nothing_has_its_fields_one() -> None:
    decoded = decode('{"event":{"message":"a","level":"loud"},"fields":{"severity":"error"}}')
    assert decoded.records[0].level == "error"


def test_what_is_no_event_is_rejected_and_the_rest_taken() -> None:
    decoded = decode('{"event":"a"}\n{"x":1}\n{"event":""}\nline\n{"event":')
    assert messages(decoded) == ["a"]
    assert [part.position for part in decoded.unreadable] == [1, 2, 3, 4]
    assert reply(decoded).status == 200


def test_raw_lines_have_the_query_s_source() -> None:
    raw = request("/services/collector/raw", query={"source": "shop"})
    decoded = splunk.decode(raw, b'one\n\n{"event":"not parsed"}\r\n')
    assert messages(decoded) == ["one", '{"event":"not parsed"}']
    assert decoded.records[0].source == "shop"


def test_a_raw_line_ends_where_the_own_door_s_does() -> None:
    lines = ["one\x0cpage", "two\x85", "three\u2028paragraph\x0b\x1c", "  indented", "fo\rur"]
    for end in ("\n", "\r\n", "\n\n"):
        body = end.join(lines).encode()
        assert messages(splunk.decode(request("/services/collector/raw"), body)) == lines
        assert messages(own.decode(request(), body)) == lines


@pytest.mark.parametrize("path", ["/services/collector/event", "/services/collector/raw"])
def test_nothing_at_all_is_an_error(path: str) -> None:
    with pytest.raises(InvalidRequestError) as raised:
        splunk.decode(request(path), b" \n")
    answer = splunk.failed(request(path), raised.value)
    assert (answer.status, json.loads(answer.body)) == (400, {"text": "No data", "code": 5})


@pytest.mark.parametrize(
    ("error", "code"),
    [(UnauthorizedError("Sign in."), 4), (RateLimitedError(limit=1, reset_seconds=1), 9), (MockupAwsError("Oh."), 8)],
)
def test_errors_have_splunk_s_codes(error: MockupAwsError, code: int) -> None:
    answer = splunk.failed(REQUEST, error)
    assert (answer.status, json.loads(answer.body)["code"]) == (error.status, code)
