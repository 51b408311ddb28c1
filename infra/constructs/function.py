"""One function of the catalogue: its zip, its layers, its own role and its own log group."""

# jsii names the parameters of an implementation otherwise than its interface does, which pyright minds.
# pyright: reportArgumentType=false, reportReturnType=false

from collections.abc import Mapping

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_codedeploy as codedeploy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.bundle import bundle
from infra.catalog import Function
from infra.config import StageConfig
from infra.constructs.alarms import Alarms
from infra.constructs.database import Database
from infra.constructs.log_group import log_group
from infra.constructs.suppress import ANY_RESOURCE, suppress
from shared.mockupaws.contracts.counted import NAMESPACE, Count, FailureKind

RUNTIME = lambda_.Runtime.PYTHON_3_14
ARCHITECTURE = lambda_.Architecture.ARM_64
_ALIAS = "live"
# A request's; a batch's messages (`message`) no function of the API has.
_KINDS: tuple[FailureKind, ...] = ("internal_error", "unavailable")


class DomainFunction(Construct):
    """A Lambda function that may write its own log, and nothing else until it is told."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        function: Function,
        config: StageConfig,
        layers: list[lambda_.ILayerVersion],
        database: Database | None,
    ) -> None:
        super().__init__(scope, construct_id)
        self._alias: lambda_.Alias | None = None
        self._name, self._stage = function.name, config.name
        name = f"mockupaws-{config.name}-{function.name}"
        self.log_group = log_group(self, "Log", name=f"/aws/lambda/{name}", config=config)
        role = iam.Role(
            self,
            "Role",
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
            description=f"What {name} may do",
        )
        self.lambda_function = lambda_.Function(
            self,
            "Function",
            function_name=name,
            description=function.purpose,
            runtime=RUNTIME,
            architecture=ARCHITECTURE,
            handler=f"functions.{function.name}.handler.handler",
            code=lambda_.Code.from_asset(str(bundle(function.name))),
            layers=layers,
            memory_size=function.memory_mb,
            timeout=Duration.seconds(function.timeout_s),
            role=role,
            log_group=self.log_group,
            tracing=lambda_.Tracing.ACTIVE if config.tracing else lambda_.Tracing.DISABLED,
            environment={
                "STAGE": config.name,
                "POWERTOOLS_SERVICE_NAME": function.name,
                "POWERTOOLS_LOG_LEVEL": "INFO",
            },
            vpc=database.vpc if database else None,
            vpc_subnets=database.functions_subnets if database else None,
            security_groups=[database.functions_group] if database else None,
        )
        self.allow(["logs:CreateLogStream", "logs:PutLogEvents"], self.log_group.log_group_arn)
        if config.tracing:
            suppress(role, "AwsSolutions-IAM5", "X-Ray takes no narrower resource", ANY_RESOURCE)
        suppress(
            self.lambda_function,
            "Serverless-LambdaDLQ",
            "called by somebody who waits for the answer, or by a source with a dead-letter queue of its own",
        )
        if not config.tracing:
            suppress(self.lambda_function, "Serverless-LambdaTracing", "this stage has no X-Ray")
        if database:
            role.add_managed_policy(
                iam.ManagedPolicy.from_aws_managed_policy_name("service-role/AWSLambdaENIManagementAccess")
            )
            suppress(role, "AwsSolutions-IAM4", "AWS's own policy for network interfaces, which it keeps current")

    @property
    def entry(self) -> lambda_.IFunction:
        """What requests are sent to: the newest code, or what a canary says."""
        return self._alias or self.lambda_function

    def release_by_canary(
        self,
        application: codedeploy.LambdaApplication,
        alarms: Alarms,
        requests: cloudwatch.IAlarm,
        *,
        at_once: bool,
    ) -> None:
        """Let new code serve one request in ten for ten minutes, and take it back when an alarm rings.

        The API's own alarm counts all functions' failures: those of one, at a tenth of its requests, would be too few.

        Args:
            application: what CodeDeploy has the function's releases in.
            alarms: where the function's own are made.
            requests: the API's.
            at_once: whether new code serves all requests at once, whatever rings: it may be what makes that end.
        """
        self._alias = lambda_.Alias(
            self, "Live", alias_name=_ALIAS, version=self.lambda_function.current_version, description="takes requests"
        )
        config = codedeploy.LambdaDeploymentConfig
        group = codedeploy.LambdaDeploymentGroup(
            self,
            "Release",
            application=application,
            alias=self._alias,
            deployment_config=config.ALL_AT_ONCE if at_once else config.CANARY_10_PERCENT_10_MINUTES,
            alarms=[
                requests,
                *(alarms.of_release(metric, f"{self._name}-{what}") for what, metric in self._failures().items()),
            ],
            ignore_alarm_configuration=at_once,
            auto_rollback=codedeploy.AutoRollbackConfig(
                failed_deployment=True, stopped_deployment=True, deployment_in_alarm=not at_once
            ),
        )
        # The group says how, so it has to know first.
        self._alias.node.add_dependency(group)
        suppress(group, "AwsSolutions-IAM4", "AWS's own policy for CodeDeploy's shifting of Lambda's traffic")

    def _failures(self) -> dict[str, cloudwatch.Metric]:
        """What of the alias ended without an answer, and answers of 5xx by why, as the function counts them itself."""
        name, counted = self.lambda_function.function_name, Count.FAILURES.value
        seen: dict[str, tuple[str, str, dict[str, str]]] = {
            "errors": ("AWS/Lambda", "Errors", {"FunctionName": name, "Resource": f"{name}:{_ALIAS}"})
        }
        for kind in _KINDS:
            dimensions = {"stage": self._stage, "service": self._name, "kind": kind}
            seen[kind.replace("_", "-")] = (NAMESPACE, counted.title, dimensions)
        return {
            what: cloudwatch.Metric(
                namespace=namespace,
                metric_name=metric,
                dimensions_map=dimensions,
                statistic="Sum",
                period=Duration.minutes(5),
            )
            for what, (namespace, metric, dimensions) in seen.items()
        }

    def allow(self, actions: list[str], *resources: str, when: Mapping[str, Mapping[str, str]] | None = None) -> None:
        """Let the function's role do these actions, and no others, on these resources.

        Args:
            actions: as IAM calls them.
            resources: their ARNs.
            when: IAM's conditions, by operator and key; always where there are none.
        """
        self.lambda_function.add_to_role_policy(
            iam.PolicyStatement(actions=actions, resources=[*resources], conditions=when)
        )

    def tell(self, variable: str, value: str) -> None:
        """Set an environment variable."""
        self.lambda_function.add_environment(variable, value)
