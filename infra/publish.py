"""Puts the built dashboard behind a stage's CloudFront: `python -m infra.publish STAGE`, after `cdk deploy`."""

import mimetypes
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import boto3

from infra.local.stack import DASHBOARD

if TYPE_CHECKING:
    from mypy_boto3_cloudfront import CloudFrontClient
    from mypy_boto3_s3 import S3Client

# Named by their content, so that they never change; all else is asked for anew each time.
_NAMED_BY_CONTENT = "assets/"
_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_EACH_TIME = "no-cache"


def upload(s3: "S3Client", bucket: str, folder: Path) -> list[str]:
    """Upload the dashboard's files, index.html last: whoever gets the new page finds what it asks for.

    Files of builds before stay: pages that are open still ask for them.

    Args:
        s3: a client.
        bucket: output `PagesBucket` of the edge stack.
        folder: what `make dashboard` built.

    Returns:
        The keys, in the order of their upload.

    Raises:
        FileNotFoundError: it isn't built.
    """
    if not (folder / "index.html").is_file():
        raise FileNotFoundError(f"{folder} has no index.html: make dashboard")
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    files.sort(key=lambda path: path == folder / "index.html")
    keys: list[str] = []
    for path in files:
        key = path.relative_to(folder).as_posix()
        if key.startswith("."):
            continue
        kind = mimetypes.guess_type(key)[0] or "application/octet-stream"
        s3.upload_file(
            str(path),
            bucket,
            key,
            ExtraArgs={
                "ContentType": kind,
                "CacheControl": _FOR_EVER if key.startswith(_NAMED_BY_CONTENT) else _ASK_EACH_TIME,
            },
        )
        keys.append(key)
    return keys


def forget(cloudfront: "CloudFrontClient", distribution: str) -> None:
    """Have CloudFront ask for everything anew."""
    cloudfront.create_invalidation(
        DistributionId=distribution,
        InvalidationBatch={"Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": str(uuid4())},
    )


def main(stage: str) -> None:
    """Publish to a deployed stage."""
    (stack,) = boto3.client("cloudformation").describe_stacks(StackName=f"mockupaws-{stage}-edge")["Stacks"]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
    upload(boto3.client("s3"), outputs["PagesBucket"], DASHBOARD)
    forget(boto3.client("cloudfront"), outputs["DistributionId"])
    sys.stdout.write(f"https://{outputs['DistributionDomain']}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
