"""Where something writes its log: for as long as the stage keeps logs."""

from typing import cast

from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.config import StageConfig
from infra.constructs.removal import removal


def log_group(scope: Construct, construct_id: str, *, name: str, config: StageConfig) -> logs.LogGroup:
    """Make a log group of the stage's.

    Args:
        scope: what it is part of.
        construct_id: its id there.
        name: of the log group; some services write to no other.
        config: says how long logs are kept, and whether they outlive the stack.
    """
    group = logs.LogGroup(scope, construct_id, log_group_name=name, removal_policy=removal(keep=config.keep_data))
    # As a number, which CloudFormation takes: CDK has words for each.
    cast("logs.CfnLogGroup", group.node.default_child).retention_in_days = config.log_days
    return group
