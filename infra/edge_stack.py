"""What people meet: CloudFront with the dashboard and the API on one address."""

from typing import cast

from aws_cdk import Aws, CfnCondition, CfnOutput, CfnParameter, Duration, Fn, SecretValue, Stack
from aws_cdk import aws_cloudfront as cloudfront
from constructs import Construct

from infra.app_stack import AppStack
from infra.config import StageConfig
from infra.constructs.bucket import private_bucket
from infra.constructs.suppress import suppress
from infra.constructs.web import Web
from infra.data_stack import DataStack


class EdgeStack(Stack):
    """The stage's edge. What is known only after something else was deployed, or bought, is a parameter.

    Attributes:
        domain: the name that CloudFront has given it, which leads here beside the stage's own.
    """

    def __init__(
        self, scope: Construct, construct_id: str, *, config: StageConfig, data: DataStack, app: AppStack
    ) -> None:
        super().__init__(
            scope,
            construct_id,
            stack_name=f"mockupaws-{config.name}-edge",
            description=f"mockupAWS {config.name}: the dashboard and the API on one address",
        )
        firewall = CfnParameter(
            self,
            "FirewallArn",
            description="output of the firewall stack",
            allowed_pattern="arn:[a-z-]+:wafv2:us-east-1:.+",
        )
        version = CfnParameter(
            self, "EdgeKeyVersion", default="", description="version id of the edge's key; the current one if empty"
        )
        access_logs = private_bucket(self, "AccessLogs", config=config, life=Duration.days(config.log_days))
        suppress(access_logs, "AwsSolutions-S1", "this is where access logs go")
        pages = private_bucket(self, "Pages", config=config, life=None, access_logs=access_logs)
        web = Web(
            self,
            "Web",
            name=f"mockupaws-{config.name}",
            pages=pages,
            api_host=f"{app.api_id}.execute-api.{Aws.REGION}.{Aws.URL_SUFFIX}",
            edge_key=SecretValue.secrets_manager(
                data.edge_key.secret_arn, json_field="key", version_id=version.value_as_string
            ),
            firewall_arn=firewall.value_as_string,
        )
        self._own_domain(web.distribution)
        self.domain = web.distribution.distribution_domain_name
        # Firehose's stacks ask for it, one a scenario, of which a deploy without a scenario doesn't know.
        self.export_value(self.domain)
        CfnOutput(self, "PagesBucket", value=pages.bucket_name)
        CfnOutput(self, "DistributionId", value=web.distribution.distribution_id)
        CfnOutput(self, "DistributionDomain", value=web.distribution.distribution_domain_name)

    def _own_domain(self, distribution: cloudfront.Distribution) -> None:
        domain = CfnParameter(self, "Domain", default="", description="of the dashboard, or empty for CloudFront's")
        certificate = CfnParameter(
            self,
            "CertificateArn",
            default="arn:aws:acm:us-east-1:000000000000:certificate/none",
            description="of that domain, in us-east-1 (AWS Certificate Manager)",
        )
        given = CfnCondition(
            self, "OwnDomain", expression=Fn.condition_not(Fn.condition_equals(domain.value_as_string, ""))
        )
        made = cast("cloudfront.CfnDistribution", distribution.node.default_child)
        made.add_property_override(
            "DistributionConfig.Aliases",
            {"Fn::If": [given.logical_id, [domain.value_as_string], {"Ref": "AWS::NoValue"}]},
        )
        made.add_property_override(
            "DistributionConfig.ViewerCertificate",
            {
                "Fn::If": [
                    given.logical_id,
                    {
                        "AcmCertificateArn": certificate.value_as_string,
                        "MinimumProtocolVersion": "TLSv1.2_2021",
                        "SslSupportMethod": "sni-only",
                    },
                    {"Ref": "AWS::NoValue"},
                ]
            },
        )
