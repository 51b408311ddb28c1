import base64
import gzip
import zlib
from dataclasses import replace

import pytest

from functions.ingest.body import body_of
from functions.ingest.models import MAX_REQUEST_BYTES
from shared.mockupaws.errors import InvalidRequestError, PayloadTooLargeError
from tests.unit.ingest.requests import request

TEXT = b'{"message": "caf\xc3\xa9"}'


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "deflate", "GZIP"])
def test_what_came_packed_is_unpacked(encoding: str) -> None:
    packed = zlib.compress(TEXT) if encoding == "deflate" else gzip.compress(TEXT)
    sent = replace(request(content_encoding=encoding), encoded_body=base64.b64encode(packed).decode(), is_base64=True)
    assert body_of(sent) == TEXT


def test_what_a_gateway_has_unpacked_already_is_taken_as_it_is() -> None:
    assert body_of(replace(request(content_encoding="gzip"), encoded_body=TEXT.decode())) == TEXT


def test_what_a_gateway_has_made_text_of_is_refused() -> None:
    destroyed = gzip.compress(TEXT).decode("utf-8", "replace")
    with pytest.raises(InvalidRequestError):
        body_of(replace(request(content_encoding="gzip"), encoded_body=destroyed))


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip"])
def test_an_encoding_that_is_not_read_is_said_to_be_none(encoding: str) -> None:
    sent = replace(request(content_encoding=encoding), encoded_body=base64.b64encode(TEXT).decode(), is_base64=True)
    with pytest.raises(InvalidRequestError, match="Content-Encoding"):
        body_of(sent)


def test_the_limit_is_that_of_the_bytes_sent() -> None:
    most = b"x" * MAX_REQUEST_BYTES
    encoded = base64.b64encode(most).decode()
    assert body_of(replace(request(), encoded_body=encoded, is_base64=True)) == most
    for body in (base64.b64encode(most + b"x").decode(), base64.b64encode(most + b"xxxx").decode()):
        with pytest.raises(PayloadTooLargeError):
            body_of(replace(request(), encoded_body=body, is_base64=True))
    with pytest.raises(PayloadTooLargeError):
        body_of(replace(request(), encoded_body="é" * (MAX_REQUEST_BYTES // 2 + 1)))
