"""A request's body, out of what API Gateway and its sender wrapped around it."""

import binascii

import pybase64

from functions.ingest import snappy
from functions.ingest.models import LOKI, MAX_REQUEST_BYTES, Request
from shared.mockupaws.errors import InvalidRequestError, PayloadTooLargeError
from shared.mockupaws.unpack import GZIP_MAGIC, inflate


def body_of(request: Request) -> bytes:
    """The body as its sender wrote it, base64 and gzip undone.

    Raises:
        InvalidRequestError: it can't be read.
        PayloadTooLargeError: it is over a limit, packed or unpacked.
    """
    encoded = request.encoded_body
    if len(encoded) > (MAX_REQUEST_BYTES * 4 / 3 + 4 if request.is_base64 else MAX_REQUEST_BYTES):
        raise _too_large()
    try:
        body = pybase64.b64decode(encoded) if request.is_base64 else encoded.encode("utf-8", "surrogatepass")
    except binascii.Error as error:
        raise InvalidRequestError("The body can't be read.") from error
    if len(body) > MAX_REQUEST_BYTES:
        raise _too_large()
    encoding = request.headers.get("content-encoding", "").strip().lower()
    if encoding == "snappy":
        # Loki's protobuf is never without, whatever its headers say: that dialect undoes it itself.
        return body if request.path == LOKI else snappy.undone(body)
    if not request.is_base64 and not body.startswith(GZIP_MAGIC[:1]):
        # What is gzipped isn't text: a gateway that gives it as text has unpacked it, and left the header.
        return body
    if encoding in ("", "identity"):
        return body
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise InvalidRequestError(f"Content-Encoding {encoding!r} is not read here; use gzip, or none.")
    return inflate(body)


def _too_large() -> PayloadTooLargeError:
    return PayloadTooLargeError(
        f"A request may have {MAX_REQUEST_BYTES:,} bytes; nothing of this one was taken. Send smaller batches."
    )
