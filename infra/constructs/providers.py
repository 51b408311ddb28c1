"""CDK's own functions, which make what CloudFormation can't: their logs end some day, as ours do."""

from aws_cdk import CfnResource, Stack

from infra.config import StageConfig
from infra.constructs.log_group import log_group

_PROVIDER = "CustomResourceProvider"


def end_logs_of_providers(stack: Stack, *, config: StageConfig) -> None:
    """Give each such function of a stack a log group of the stage's, where Lambda would make one that is kept for ever.

    CDK's `CustomResourceConfig` knows only those that are made of its `SingletonFunction`; a trigger's and the one that
    empties buckets aren't.

    Args:
        stack: one that has all that will be in it.
        config: says how long logs are kept, and whether they outlive the stack.
    """
    for provider in stack.node.children:
        handler = provider.node.try_find_child("Handler") if provider.node.id.endswith(_PROVIDER) else None
        if isinstance(handler, CfnResource):
            # `AWSCDK.TriggerCustomResourceProviderCustomResourceProvider`, `Custom::S3AutoDeleteObjects…`.
            what = provider.node.id.replace(_PROVIDER, "").replace("::", ".").rpartition(".")[2]
            name = f"/aws/lambda/{stack.stack_name}-{what}"
            log = log_group(stack, f"{what}Log", name=name, config=config)
            handler.add_property_override("LoggingConfig", {"LogGroup": log.log_group_name})
