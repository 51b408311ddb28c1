"""One address for the dashboard and the API: CloudFront before a private bucket and the HTTP API."""

# jsii names the parameters of an implementation otherwise than its interface does, which pyright minds.
# pyright: reportArgumentType=false

from pathlib import Path

from aws_cdk import Duration, SecretValue
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.constructs.suppress import suppress

# What the dashboard's own pages may do. Styles are set on elements by the charts.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
_TWO_YEARS = Duration.days(730)
# All that CloudFront keeps of errors. It would for ten seconds, whatever their Cache-Control says; and since the API's
# are kept by their address alone, not by who asks, one caller's 404 or 503 would be everybody's. Body and status stay:
# a distribution has these for all it serves, and a page in place of errors would be in place of the API's, too.
KEPT_ERRORS = (400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504)
_FUNCTIONS = Path(__file__).parent.parent / "edge"


class Web(Construct):
    """The distribution. The functions answer for their own headers; what the gateway itself answers gets them here."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        name: str,
        pages: s3.Bucket,
        api_host: str,
        edge_key: SecretValue,
        firewall_arn: str,
    ) -> None:
        super().__init__(scope, construct_id)
        self._name = name
        self.distribution = cloudfront.Distribution(
            self,
            "Distribution",
            comment=f"{name}: dashboard and API",
            default_root_object="index.html",
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            price_class=cloudfront.PriceClass.PRICE_CLASS_100,
            web_acl_id=firewall_arn,
            error_responses=[
                cloudfront.ErrorResponse(http_status=status, ttl=Duration.seconds(0)) for status in KEPT_ERRORS
            ],
            default_behavior=cloudfront.BehaviorOptions(
                origin=origins.S3BucketOrigin.with_origin_access_control(pages),
                viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
                cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
                response_headers_policy=self._headers("Pages", CONTENT_SECURITY_POLICY, override=True),
                function_associations=[self._function("page")],
            ),
            additional_behaviors={
                "/api/*": cloudfront.BehaviorOptions(
                    origin=origins.HttpOrigin(
                        api_host,
                        protocol_policy=cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
                        origin_ssl_protocols=[cloudfront.OriginSslPolicy.TLS_V1_2],
                        # A reference that CloudFormation resolves: the key is in no template.
                        custom_headers={"X-Origin-Verify": edge_key.unsafe_unwrap()},
                        read_timeout=Duration.seconds(30),
                    ),
                    viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
                    allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
                    cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
                    origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
                    response_headers_policy=self._headers("Api", "default-src 'none'", override=False),
                    function_associations=[self._function("viewer")],
                )
            },
        )
        suppress(self.distribution, "AwsSolutions-CFR1", "people anywhere may use it")
        suppress(
            self.distribution,
            "AwsSolutions-CFR3",
            "its log would keep what people search for, with their addresses; the gateway's has requests without",
        )
        suppress(
            self.distribution,
            "AwsSolutions-CFR4",
            "the stage's own domain comes with TLS 1.2; the one that CloudFront lends can't be told to",
        )

    def _headers(self, what: str, policy: str, *, override: bool) -> cloudfront.ResponseHeadersPolicy:
        return cloudfront.ResponseHeadersPolicy(
            self,
            f"{what}Headers",
            response_headers_policy_name=f"{self._name}-{what.lower()}",
            security_headers_behavior=cloudfront.ResponseSecurityHeadersBehavior(
                content_security_policy=cloudfront.ResponseHeadersContentSecurityPolicy(
                    content_security_policy=policy, override=override
                ),
                content_type_options=cloudfront.ResponseHeadersContentTypeOptions(override=override),
                frame_options=cloudfront.ResponseHeadersFrameOptions(
                    frame_option=cloudfront.HeadersFrameOption.DENY, override=override
                ),
                referrer_policy=cloudfront.ResponseHeadersReferrerPolicy(
                    referrer_policy=cloudfront.HeadersReferrerPolicy.NO_REFERRER, override=override
                ),
                strict_transport_security=cloudfront.ResponseHeadersStrictTransportSecurity(
                    access_control_max_age=_TWO_YEARS, include_subdomains=True, override=override
                ),
            ),
        )

    def _function(self, name: str) -> cloudfront.FunctionAssociation:
        return cloudfront.FunctionAssociation(
            event_type=cloudfront.FunctionEventType.VIEWER_REQUEST,
            function=cloudfront.Function(
                self,
                name.capitalize(),
                function_name=f"{self._name}-{name}",
                runtime=cloudfront.FunctionRuntime.JS_2_0,
                code=cloudfront.FunctionCode.from_inline((_FUNCTIONS / f"{name}.js").read_text()),
            ),
        )
