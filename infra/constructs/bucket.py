"""Buckets that nobody reaches but those who are let."""

from aws_cdk import Duration
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.config import StageConfig
from infra.constructs.removal import removal
from layers.recipe import Platform


def private_bucket(
    scope: Construct,
    construct_id: str,
    *,
    config: StageConfig,
    life: Duration | None,
    access_logs: s3.IBucket | None = None,
) -> s3.Bucket:
    """Make a bucket: encrypted, never public, over TLS only, its objects gone after a while.

    Args:
        scope: what it is part of.
        construct_id: its name there.
        config: says whether it outlives its stack, or is emptied and deleted with it.
        life: how long objects are kept; None for as long as they are there.
        access_logs: where requests to it are noted.
    """
    return s3.Bucket(
        scope,
        construct_id,
        encryption=s3.BucketEncryption.S3_MANAGED,
        block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
        object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
        enforce_ssl=True,
        server_access_logs_bucket=access_logs,
        server_access_logs_prefix=f"{construct_id.lower()}/" if access_logs else None,
        lifecycle_rules=[
            s3.LifecycleRule(expiration=life, abort_incomplete_multipart_upload_after=Duration.days(1)),
        ],
        removal_policy=removal(keep=config.keep_data),
        # On one machine CDK's own functions don't run: Node with AWS's SDK in it isn't there.
        auto_delete_objects=not config.keep_data and config.platform is Platform.LAMBDA,
    )
