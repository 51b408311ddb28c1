"""The HTTP API: each route to the function that the catalogue names for it."""

# jsii names the parameters of an implementation otherwise than its interface does, which pyright minds.
# pyright: reportArgumentType=false

from collections.abc import Mapping
from typing import cast

from aws_cdk import Duration
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from constructs import Construct

from infra.catalog import BASE_PATH, FALLBACK, FUNCTIONS
from infra.config import StageConfig
from infra.constructs.function import DomainFunction
from infra.constructs.log_group import log_group
from infra.constructs.suppress import suppress

_METHODS = {
    "DELETE": apigateway.CorsHttpMethod.DELETE,
    "GET": apigateway.CorsHttpMethod.GET,
    "OPTIONS": apigateway.CorsHttpMethod.OPTIONS,
    "POST": apigateway.CorsHttpMethod.POST,
    "PUT": apigateway.CorsHttpMethod.PUT,
}
_ALLOWED_HEADERS = ["authorization", "content-type", "idempotency-key", "x-api-key", "x-scenario-id"]
_EXPOSED_HEADERS = ["retry-after", "ratelimit-limit", "ratelimit-remaining", "ratelimit-reset", "x-request-id"]

# Whoever is over this is told to wait before a function is started for him; users have limits of their own below it.
_BURST = 2_000
_RATE = 5_000

_ACCESS_LOG = (
    '{"time":"$context.requestTime","request_id":"$context.requestId","route":"$context.routeKey",'
    '"status":"$context.status","bytes":"$context.responseLength","ms":"$context.responseLatency",'
    '"error":"$context.integrationErrorMessage"}'
)


class HttpApi(Construct):
    """API Gateway's HTTP API in front of the functions."""

    def __init__(self, scope: Construct, construct_id: str, *, config: StageConfig) -> None:
        super().__init__(scope, construct_id)
        self.api = apigateway.HttpApi(
            self,
            "Api",
            api_name=f"mockupaws-{config.name}",
            create_default_stage=False,
            cors_preflight=apigateway.CorsPreflightOptions(
                allow_origins=[*config.allowed_origins],
                allow_credentials=True,
                allow_methods=[*_METHODS.values()],
                allow_headers=_ALLOWED_HEADERS,
                expose_headers=_EXPOSED_HEADERS,
                max_age=Duration.seconds(600),
            )
            if config.allowed_origins
            else None,
        )
        access_log = log_group(self, "AccessLog", name=f"/aws/apigateway/mockupaws-{config.name}", config=config)
        stage = apigateway.HttpStage(
            self,
            "Stage",
            http_api=self.api,
            stage_name="$default",
            auto_deploy=True,
            throttle=apigateway.ThrottleSettings(burst_limit=_BURST, rate_limit=_RATE),
        )
        cfn_stage = cast("apigateway.CfnStage", stage.node.default_child)
        cfn_stage.access_log_settings = apigateway.CfnStage.AccessLogSettingsProperty(
            destination_arn=access_log.log_group_arn, format=_ACCESS_LOG
        )

    def lead_to(self, functions: Mapping[str, DomainFunction]) -> None:
        """Make the catalogue's routes, each to the function that it names, and all else to the one that says so."""
        integrations = {
            name: HttpLambdaIntegration(
                name,
                functions[name].entry,
                # One permission a function, not one a route: a function's policy holds 20 KB.
                scope_permission_to_route=False,
            )
            for name in [function.name for function in FUNCTIONS if function.routes]
        }
        apigateway.HttpRoute(
            self,
            "Fallback",
            http_api=self.api,
            route_key=apigateway.HttpRouteKey.DEFAULT,
            integration=integrations[FALLBACK],
        )
        for function in FUNCTIONS:
            for route in function.routes:
                self.api.add_routes(
                    path=f"{BASE_PATH}{route.path}",
                    methods=[apigateway.HttpMethod[route.method]],
                    integration=integrations[function.name],
                )
        suppress(self, "AwsSolutions-APIG4", "the functions authenticate: JWT, API keys and shippers' own schemes")
