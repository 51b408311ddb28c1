import base64
import gzip
import zlib
from dataclasses import replace

import cramjam
import pytest

from functions.ingest.body import body_of
from functions.ingest.models import MAX_REQUEST_BYTES
from shared.mockupaws.errors import InvalidRequestError, PayloadTooLargeError
from shared.mockupaws.unpack import MAX_UNPACKED_BYTES
from tests.unit.ingest.requests import request

TEXT = b'{"message": "caf\xc3\xa9"}'


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "deflate", "GZIP"])
def test_what_came_packed_is_unpacked(encoding: str) -> None:
    packed = zlib.compress(TEXT) if encoding == "deflate" else gzip.compress(TEXT)
    sent = replace(request(content_encoding=encoding), encoded_body=base64.b64encode(packed).decode(), is_base64=True)
    assert body_of(sent) == TEXT


@pytest.mark.parametrize("path", ["", "/_bulk", "/otlp/v1/logs", "/services/collector/raw"])
@pytest.mark.parametrize("size", [1, 100, 70_000, 200_000])
def test_snappy_is_undone_in_blocks_and_in_frames(path: str, size: int) -> None:
    text = (TEXT * (size // len(TEXT) + 1))[:size]
    for packed in (cramjam.snappy.compress_raw(text), cramjam.snappy.compress(text)):
        encoded = base64.b64encode(bytes(packed)).decode()
        sent = replace(request(path, content_encoding="snappy"), encoded_body=encoded, is_base64=True)
        assert body_of(sent) == text


@pytest.mark.parametrize(
    "packed",
    [
        TEXT,
        bytes(cramjam.snappy.compress(TEXT))[:-1],
        bytes(cramjam.snappy.compress(TEXT))[:12],
        bytes(cramjam.snappy.compress(TEXT)) + b"\x02\0\0\0",
        bytes(cramjam.snappy.compress_raw(TEXT))[:-1],
    ],
)
def test_what_is_no_snappy_is_refused_and_not_taken_for_text(packed: bytes) -> None:
    sent = request(content_encoding="snappy")
    for given in (
        replace(sent, encoded_body=base64.b64encode(packed).decode(), is_base64=True),
        replace(sent, encoded_body=packed.decode("utf-8", "replace")),
    ):
        with pytest.raises(InvalidRequestError, match="snappy"):
            body_of(given)


def test_snappy_has_the_cap_of_all() -> None:
    half = b"\0" * (MAX_UNPACKED_BYTES // 2 + 1)
    for packed in (cramjam.snappy.compress_raw(half * 2), cramjam.snappy.compress(half * 2)):
        encoded = base64.b64encode(bytes(packed)).decode()
        with pytest.raises(PayloadTooLargeError):
            body_of(replace(request(content_encoding="snappy"), encoded_body=encoded, is_base64=True))


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
