"""The exceptions to cdk-nag's rules, each with its reason beside what it is about."""

from typing import cast

from aws_cdk import Stack
from aws_cdk import aws_s3 as s3
from cdk_nag import NagPackSuppression, NagSuppressions
from constructs import IConstruct

_WILDCARDS = "AwsSolutions-IAM5"
ANY_RESOURCE = "Resource::*"


def suppress(construct: IConstruct, rule: str, reason: str, *findings: str) -> None:
    """Let a construct, and what is in it, off one rule.

    Args:
        construct: what the rule complains of.
        rule: the rule's id, as in `AwsSolutions-SQS3`.
        reason: why it is right as it is.
        findings: what of it alone, where the rule finds several things, as in `Resource::*`. Of wildcards they are to
            be named, so that the next one is found.

    Raises:
        ValueError: which wildcards?
    """
    if rule == _WILDCARDS and not findings:
        raise ValueError(f"{rule} at {construct.node.path}: name the findings")
    NagSuppressions.add_resource_suppressions(
        construct,
        [NagPackSuppression(id=rule, reason=reason, applies_to=[*findings] or None)],
        apply_to_children=True,
    )


def suppress_objects(construct: IConstruct, bucket: s3.Bucket, reason: str) -> None:
    """Let a construct have all objects of a bucket in its policy.

    Args:
        construct: whose policy it is.
        bucket: whose objects.
        reason: why it can't be fewer.
    """
    name = Stack.of(bucket).get_logical_id(cast("s3.CfnBucket", bucket.node.default_child))
    suppress(construct, _WILDCARDS, reason, f"Resource::<{name}.Arn>/*")
