"""What becomes of a resource when its stack goes: one answer for each stage."""

from aws_cdk import RemovalPolicy


def removal(*, keep: bool) -> RemovalPolicy:
    """Say what becomes of what holds data, or what people look at afterwards.

    Kept is only what a stack that stood had: what a creation that failed had made goes with its roll-back, since it
    would be in the way of the next attempt by its name (CloudFormation's `RetainExceptOnCreate`).

    Args:
        keep: whether it outlives its stack (`StageConfig.keep_data`).
    """
    return RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE if keep else RemovalPolicy.DESTROY
