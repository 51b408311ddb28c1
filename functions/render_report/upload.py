"""A file written to S3 in parts, so that it may be larger than memory."""

from functools import cache
from typing import TYPE_CHECKING, Self

from shared.mockupaws.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef

# S3 takes 10,000 parts of at least 5 MiB.
PART_BYTES = 8 * 1024 * 1024


class Upload:
    """An object that exists once it is whole: when the block ends, and not at all if it raises.

    with Upload(key, "text/csv") as upload:
        upload.write(b"…")
    """

    def __init__(self, key: str, content_type: str) -> None:
        self.size = 0
        self._key = key
        self._content_type = content_type
        self._waiting = bytearray()
        self._upload_id: str | None = None
        self._parts: list[CompletedPartTypeDef] = []

    def write(self, data: bytes) -> None:
        """Adds to the file."""
        self.size += len(data)
        self._waiting += data
        while len(self._waiting) >= PART_BYTES:
            self._send_part(self._waiting[:PART_BYTES])
            del self._waiting[:PART_BYTES]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self._abort()
        elif self._upload_id is None:
            _s3().put_object(
                Bucket=settings().report_bucket,
                Key=self._key,
                Body=bytes(self._waiting),
                ContentType=self._content_type,
                ServerSideEncryption="AES256",
            )
        else:
            self._finish(self._upload_id)

    def _send_part(self, data: bytearray) -> None:
        if self._upload_id is None:
            begun = _s3().create_multipart_upload(
                Bucket=settings().report_bucket,
                Key=self._key,
                ContentType=self._content_type,
                ServerSideEncryption="AES256",
            )
            self._upload_id = begun["UploadId"]
        number = len(self._parts) + 1
        sent = _s3().upload_part(
            Bucket=settings().report_bucket,
            Key=self._key,
            UploadId=self._upload_id,
            PartNumber=number,
            Body=bytes(data),
        )
        self._parts.append({"ETag": sent["ETag"], "PartNumber": number})

    def _finish(self, upload_id: str) -> None:
        if self._waiting:
            self._send_part(self._waiting)
        _s3().complete_multipart_upload(
            Bucket=settings().report_bucket,
            Key=self._key,
            UploadId=upload_id,
            MultipartUpload={"Parts": self._parts},
        )

    def _abort(self) -> None:
        if self._upload_id is not None:
            _s3().abort_multipart_upload(Bucket=settings().report_bucket, Key=self._key, UploadId=self._upload_id)


@cache
def _s3() -> "S3Client":
    import boto3  # noqa: PLC0415 - loaded when it is needed

    return boto3.client("s3")
