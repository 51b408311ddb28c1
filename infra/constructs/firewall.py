"""The web firewall before CloudFront."""

from aws_cdk import aws_wafv2 as waf
from constructs import Construct

from infra.catalog import BASE_PATH
from infra.config import StageConfig
from infra.constructs.log_group import log_group

# A shipper may send 1,000 requests a minute, and an office has one address for all of its shippers.
_REQUESTS_A_MINUTE = 10_000
# Five a minute is what one client may try; this ends the flood of many before it reaches a function.
_SIGN_INS_A_MINUTE = 100
_MINUTE_S = 60
# What people write and look for is often about attacks: `?source=app.log&q=../etc/passwd` searches logs. It is a value
# of a statement or of JSON wherever it goes, so that these rules of AWS's would only be wrong; they count.
# https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
_SEARCHES_AND_BODIES = {
    "AWSManagedRulesCommonRuleSet": (
        "SizeRestrictions_QUERYSTRING",
        "SizeRestrictions_BODY",
        *(
            f"{rule}_{part}"
            for rule in ("EC2MetaDataSSRF", "GenericLFI", "GenericRFI", "CrossSiteScripting")
            for part in ("QUERYARGUMENTS", "BODY")
        ),
        "RestrictedExtensions_QUERYARGUMENTS",
    ),
    "AWSManagedRulesKnownBadInputsRuleSet": (
        *(f"{rule}_{part}" for rule in ("JavaDeserializationRCE", "Log4JRCE") for part in ("QUERYSTRING", "BODY")),
        "ReactJSRCE_BODY",
    ),
}


class Firewall(Construct):
    """AWS's own rules, where they can't be wrong about us, and a limit for what one address sends.

    Log lines are full of what attacks look like, and are never interpreted: what goes to the door isn't looked into.
    Nor is it asked whose address it comes from: a shipper has a key, and drops what a 403 answers.
    Elsewhere path, headers and cookies are looked into, and the method.
    """

    def __init__(self, scope: Construct, construct_id: str, *, config: StageConfig) -> None:
        super().__init__(scope, construct_id)
        name = f"mockupaws-{config.name}"
        self.acl = waf.CfnWebACL(
            self,
            "Acl",
            name=name,
            scope="CLOUDFRONT",
            default_action=waf.CfnWebACL.DefaultActionProperty(allow={}),
            visibility_config=_seen_as(name),
            rules=[
                _limit(0, "requests", _REQUESTS_A_MINUTE, below=None),
                _limit(1, "sign-ins", _SIGN_INS_A_MINUTE, below=f"{BASE_PATH}/auth/"),
                _managed(2, "AWSManagedRulesAmazonIpReputationList", spare=f"{BASE_PATH}/ingest"),
                _managed(3, "AWSManagedRulesKnownBadInputsRuleSet", spare=f"{BASE_PATH}/ingest"),
                _managed(4, "AWSManagedRulesCommonRuleSet", spare=f"{BASE_PATH}/ingest"),
            ],
        )
        log = log_group(self, "Log", name=f"aws-waf-logs-{name}", config=config)  # WAF writes to no other name
        waf.CfnLoggingConfiguration(
            self,
            "Logging",
            resource_arn=self.acl.attr_arn,
            log_destination_configs=[log.log_group_arn],
            logging_filter={
                "DefaultBehavior": "DROP",
                "Filters": [
                    {
                        "Behavior": "KEEP",
                        "Requirement": "MEETS_ANY",
                        "Conditions": [{"ActionCondition": {"Action": "BLOCK"}}],
                    }
                ],
            },
            redacted_fields=[
                # What was searched for is people's.
                waf.CfnLoggingConfiguration.FieldToMatchProperty(query_string={}),
                *(
                    waf.CfnLoggingConfiguration.FieldToMatchProperty(single_header={"Name": header})
                    for header in ("authorization", "x-api-key", "x-amz-firehose-access-key", "cookie", "referer")
                ),
            ],
        )


def _seen_as(name: str) -> waf.CfnWebACL.VisibilityConfigProperty:
    return waf.CfnWebACL.VisibilityConfigProperty(
        cloud_watch_metrics_enabled=True, metric_name=name, sampled_requests_enabled=False
    )


def _below(path: str) -> waf.CfnWebACL.StatementProperty:
    return waf.CfnWebACL.StatementProperty(
        byte_match_statement=waf.CfnWebACL.ByteMatchStatementProperty(
            field_to_match=waf.CfnWebACL.FieldToMatchProperty(uri_path={}),
            positional_constraint="STARTS_WITH",
            search_string=path,
            text_transformations=[waf.CfnWebACL.TextTransformationProperty(priority=0, type="NONE")],
        )
    )


def _limit(priority: int, name: str, requests: int, *, below: str | None) -> waf.CfnWebACL.RuleProperty:
    return waf.CfnWebACL.RuleProperty(
        name=name,
        priority=priority,
        action=waf.CfnWebACL.RuleActionProperty(
            block=waf.CfnWebACL.BlockActionProperty(
                # Shippers keep what a 429 answers, and drop what a 403 does.
                custom_response=waf.CfnWebACL.CustomResponseProperty(
                    response_code=429,
                    response_headers=[waf.CfnWebACL.CustomHTTPHeaderProperty(name="Retry-After", value="60")],
                )
            )
        ),
        visibility_config=_seen_as(name),
        statement=waf.CfnWebACL.StatementProperty(
            rate_based_statement=waf.CfnWebACL.RateBasedStatementProperty(
                aggregate_key_type="IP",
                limit=requests,
                evaluation_window_sec=_MINUTE_S,
                scope_down_statement=_below(below) if below else None,
            )
        ),
    )


def _managed(priority: int, name: str, *, spare: str) -> waf.CfnWebACL.RuleProperty:
    return waf.CfnWebACL.RuleProperty(
        name=name,
        priority=priority,
        override_action=waf.CfnWebACL.OverrideActionProperty(none={}),
        visibility_config=_seen_as(name),
        statement=waf.CfnWebACL.StatementProperty(
            managed_rule_group_statement=waf.CfnWebACL.ManagedRuleGroupStatementProperty(
                vendor_name="AWS",
                name=name,
                scope_down_statement=waf.CfnWebACL.StatementProperty(
                    not_statement=waf.CfnWebACL.NotStatementProperty(statement=_below(spare))
                ),
                rule_action_overrides=[
                    waf.CfnWebACL.RuleActionOverrideProperty(
                        name=rule, action_to_use=waf.CfnWebACL.RuleActionProperty(count={})
                    )
                    for rule in _SEARCHES_AND_BODIES.get(name, ())
                ],
            )
        ),
    )
