"""What stands before CloudFront and can only be in us-east-1, wherever the stage is."""

from aws_cdk import CfnOutput, Environment, Stack
from constructs import Construct

from infra.config import StageConfig
from infra.constructs.firewall import Firewall

REGION = "us-east-1"


class FirewallStack(Stack):
    """The stage's web firewall. Its ARN is the edge stack's parameter: no template reaches into another region."""

    def __init__(self, scope: Construct, construct_id: str, *, config: StageConfig) -> None:
        super().__init__(
            scope,
            construct_id,
            stack_name=f"mockupaws-{config.name}-firewall",
            description=f"mockupAWS {config.name}: the firewall before CloudFront",
            env=Environment(region=REGION),
        )
        firewall = Firewall(self, "Firewall", config=config)
        CfnOutput(self, "FirewallArn", value=firewall.acl.attr_arn)
