"""The reports' files in S3: how they are called, how they are handed out, how they go."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote
from uuid import UUID

from shared.mockupaws.aws import failures
from shared.mockupaws.contracts.reports import ReportFormat
from shared.mockupaws.errors import UnavailableError
from shared.mockupaws.observability import logger
from shared.mockupaws.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import ObjectIdentifierTypeDef

LINK_SECONDS = 15 * 60
_LONGEST_NAME = 80
_CONTENT_TYPES: dict[ReportFormat, str] = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8"}
_NOT_DELETED = "The report's file can't be deleted now; try again."
# Letters, digits and what no file system or shell minds.
_UNSAFE = re.compile(r"[^\w.-]+")


def key(scenario_id: UUID, report_id: UUID, format_: ReportFormat) -> str:
    """Where a report's file is: always the same place, so that however often it is made there is one."""
    return f"{scenario_id}/{report_id}.{format_}"


def content_type(format_: ReportFormat) -> str:
    """The media type of a report's file."""
    return _CONTENT_TYPES[format_]


def file_name(scenario_name: str, at: datetime, format_: ReportFormat) -> str:
    """What a downloaded report is called: the scenario's name as far as any file system takes it, and the day.

    Args:
        scenario_name: as its owner wrote it.
        at: when the report was made.
        format_: what file it is.
    """
    safe = _UNSAFE.sub("-", unicodedata.normalize("NFC", scenario_name)).strip("-._")[:_LONGEST_NAME]
    return f"mockupaws-{safe or 'report'}-{at:%Y-%m-%d}.{format_}"


def link(file_path: str, name: str, format_: ReportFormat, seconds: int = LINK_SECONDS) -> str:
    """A link that downloads the file for a while, whoever follows it.

    Args:
        file_path: S3 key.
        name: what the downloaded file is called.
        format_: what file it is.
        seconds: how long it works; no longer than the function's own credentials.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return _s3().generate_presigned_url(
        "get_object",
        Params={
            "Bucket": settings().report_bucket,
            "Key": file_path,
            "ResponseContentType": content_type(format_),
            # RFC 6266: the plain name for those who don't read the other.
            "ResponseContentDisposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        },
        ExpiresIn=seconds,
    )


def delete_all(file_paths: Sequence[str]) -> None:
    """Deletes files, 1,000 at most; one that isn't there is no error.

    Raises:
        UnavailableError: S3 can't be asked now, or some of them can't be deleted.
    """
    objects: list[ObjectIdentifierTypeDef] = [{"Key": path} for path in file_paths]
    try:
        answer = _s3().delete_objects(Bucket=settings().report_bucket, Delete={"Objects": objects, "Quiet": True})
    except failures() as error:
        raise UnavailableError(_NOT_DELETED) from error
    if refused := answer.get("Errors"):
        logger.error("files not deleted", extra={"files": len(refused), "code": refused[0].get("Code")})
        raise UnavailableError(_NOT_DELETED)


@cache
def _s3() -> "S3Client":
    import boto3  # noqa: PLC0415 - loaded when it is needed
    from botocore.config import Config  # noqa: PLC0415

    # By default links go to the global endpoint, which leads to the region's, where their signature doesn't hold.
    return boto3.client("s3", config=Config(signature_version="s3v4", s3={"addressing_style": "virtual"}))
