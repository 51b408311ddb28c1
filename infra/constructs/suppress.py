"""The exceptions to cdk-nag's rules, each with its reason beside what it is about."""

from cdk_nag import NagPackSuppression, NagSuppressions
from constructs import IConstruct


def suppress(construct: IConstruct, rule: str, reason: str) -> None:
    """Let a construct, and what is in it, off one rule.

    Args:
        construct: what the rule complains of.
        rule: the rule's id, as in `AwsSolutions-IAM5`.
        reason: why it is right as it is.
    """
    NagSuppressions.add_resource_suppressions(
        construct, [NagPackSuppression(id=rule, reason=reason)], apply_to_children=True
    )
