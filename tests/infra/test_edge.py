"""The edge: one address, nothing of the API cached, and the viewer's address from nobody but CloudFront."""

import json
import subprocess
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from infra import publish
from infra.app import NODE
from infra.constructs.web import CONTENT_SECURITY_POLICY
from tests.infra.conftest import Template, template

_EDGE = Path(__file__).parents[2] / "infra" / "edge"
# AWS's own, by their ids.
_CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
_ALL_VIEWER_EXCEPT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
# CloudFront takes no custom header that begins so.
_NOT_OURS_TO_SEND = ("x-edge-", "x-amz-", "x-real-ip")


@pytest.fixture(params=["dev", "prod"])
def edge(request: pytest.FixtureRequest, assembly: Path) -> Template:
    return template(assembly, request.param)


def _distribution(edge: Template) -> dict[str, Any]:
    (it,) = edge.properties("AWS::CloudFront::Distribution")
    return it["DistributionConfig"]


def _behaviours(edge: Template) -> dict[str, dict[str, Any]]:
    """Give what leads to the API, by its path."""
    config = _distribution(edge)
    apis = {origin["Id"] for origin in config["Origins"] if "CustomOriginConfig" in origin}
    every = [{"PathPattern": "*", **config["DefaultCacheBehavior"]}, *config["CacheBehaviors"]]
    return {it["PathPattern"]: it for it in every if it["TargetOriginId"] in apis}


def _run(edge: Template, behaviour: dict[str, Any], event: dict[str, Any]) -> dict[str, Any]:
    """Run the function that a behaviour runs on its requests, as it is in the template."""
    (association,) = behaviour["FunctionAssociations"]
    assert association["EventType"] == "viewer-request"
    code = edge.resources[association["FunctionARN"]["Fn::GetAtt"][0]]["Properties"]["FunctionCode"]
    run = subprocess.run(
        [NODE, "-e", f"{code}\nconsole.log(JSON.stringify(handler({json.dumps(event)})))"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(run.stdout)


def test_the_api_is_on_the_dashboards_address_and_never_cached(edge: Template) -> None:
    behaviours = _behaviours(edge)
    assert set(behaviours) == {"/api/*"}
    for it in behaviours.values():
        assert it["CachePolicyId"] == _CACHING_DISABLED
        assert it["OriginRequestPolicyId"] == _ALL_VIEWER_EXCEPT_HOST
        assert set(it["AllowedMethods"]) == {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}
        assert it["ViewerProtocolPolicy"] == "https-only"


def test_no_error_of_one_caller_is_kept_for_the_next_or_made_another(edge: Template) -> None:
    kept = (400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504)
    assert _distribution(edge)["CustomErrorResponses"] == [
        {"ErrorCode": status, "ErrorCachingMinTTL": 0} for status in kept
    ]


def test_the_functions_are_told_who_asks_whatever_the_client_says(edge: Template) -> None:
    event = {
        "viewer": {"ip": "198.51.100.7"},
        "request": {"uri": "/api/v1/auth/login", "headers": {"x-viewer-address": {"value": "203.0.113.1"}}},
    }
    for it in _behaviours(edge).values():
        assert _run(edge, it, event)["headers"]["x-viewer-address"] == {"value": "198.51.100.7"}


def test_the_edges_key_is_in_no_template_and_under_a_name_that_cloudfront_sends(edge: Template) -> None:
    (api,) = [origin for origin in _distribution(edge)["Origins"] if "CustomOriginConfig" in origin]
    (header,) = api["OriginCustomHeaders"]
    assert not header["HeaderName"].lower().startswith(_NOT_OURS_TO_SEND)
    assert json.dumps(header["HeaderValue"]).count("{{resolve:secretsmanager:") == 1
    assert api["CustomOriginConfig"]["OriginProtocolPolicy"] == "https-only"
    told = [it["Environment"]["Variables"] for it in edge.properties("AWS::Lambda::Function") if "Environment" in it]
    assert sum("EDGE_SECRET_ARN" in it for it in told) == sum("JWT_SECRET_ARN" in it for it in told) > 0


@pytest.mark.parametrize(
    ("uri", "file"),
    [
        ("/", "/index.html"),
        ("/scenarios/0193-ab", "/index.html"),
        ("/prices/", "/index.html"),
        ("/assets/index-CaFe.js", "/assets/index-CaFe.js"),
        ("/mark.svg", "/mark.svg"),
    ],
)
def test_what_is_no_file_is_a_page_of_the_dashboard(edge: Template, uri: str, file: str) -> None:
    behaviour = _distribution(edge)["DefaultCacheBehavior"]
    assert _run(edge, behaviour, {"request": {"uri": uri, "headers": {}}})["uri"] == file


def test_pages_have_security_headers_and_are_reached_through_cloudfront_alone(edge: Template) -> None:
    config = _distribution(edge)
    policy = edge.resources[config["DefaultCacheBehavior"]["ResponseHeadersPolicyId"]["Ref"]]
    headers = policy["Properties"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    assert headers["ContentSecurityPolicy"] == {"ContentSecurityPolicy": CONTENT_SECURITY_POLICY, "Override": True}
    assert "script-src" not in CONTENT_SECURITY_POLICY
    assert headers["StrictTransportSecurity"]["AccessControlMaxAgeSec"] >= 31_536_000
    assert headers["FrameOptions"]["FrameOption"] == "DENY"
    (pages,) = [origin for origin in config["Origins"] if "S3OriginConfig" in origin]
    assert pages["OriginAccessControlId"]
    readers = [
        statement["Principal"]
        for policy in edge.properties("AWS::S3::BucketPolicy")
        for statement in policy["PolicyDocument"]["Statement"]
        if statement["Effect"] == "Allow" and "s3:GetObject" in statement["Action"]
    ]
    assert readers == [{"Service": "cloudfront.amazonaws.com"}]


def test_an_own_domain_comes_with_tls_1_2(edge: Template) -> None:
    given, certificate, none = _distribution(edge)["ViewerCertificate"]["Fn::If"]
    assert given == "OwnDomain"
    assert certificate["MinimumProtocolVersion"] == "TLSv1.2_2021"
    assert none == {"Ref": "AWS::NoValue"}


def test_the_firewall_is_where_cloudfront_looks_for_it_and_spares_what_shippers_send(edge: Template) -> None:
    (acl,) = edge.properties("AWS::WAFv2::WebACL")
    assert acl["Scope"] == "CLOUDFRONT"
    manifest = json.loads((edge.assembly / "manifest.json").read_text())["artifacts"]
    (stack,) = [it for it in manifest.values() if it.get("properties", {}).get("stackName", "").endswith("-firewall")]
    assert stack["environment"].endswith("/us-east-1")
    managed = {
        rule["Name"]: rule["Statement"]["ManagedRuleGroupStatement"]
        for rule in acl["Rules"]
        if "ManagedRuleGroupStatement" in rule["Statement"]
    }
    # A log line may hold any attack there is, a body of ours more than 8 KB, and a shipper drops what a 403 answers.
    assert set(managed) == {
        "AWSManagedRulesAmazonIpReputationList",
        "AWSManagedRulesCommonRuleSet",
        "AWSManagedRulesKnownBadInputsRuleSet",
    }
    for rules in managed.values():
        spared = rules["ScopeDownStatement"]["NotStatement"]["Statement"]["ByteMatchStatement"]
        assert (spared["SearchString"], spared["PositionalConstraint"]) == ("/api/v1/ingest", "STARTS_WITH")
    counted = {name: {it["Name"] for it in rules["RuleActionOverrides"]} for name, rules in managed.items()}
    assert counted["AWSManagedRulesAmazonIpReputationList"] == set()
    # All rules that look into what is searched for or written, as AWS lists them.
    assert counted["AWSManagedRulesCommonRuleSet"] == {
        *("SizeRestrictions_QUERYSTRING", "SizeRestrictions_BODY", "RestrictedExtensions_QUERYARGUMENTS"),
        *("EC2MetaDataSSRF_QUERYARGUMENTS", "EC2MetaDataSSRF_BODY", "GenericLFI_QUERYARGUMENTS", "GenericLFI_BODY"),
        *("GenericRFI_QUERYARGUMENTS", "GenericRFI_BODY"),
        *("CrossSiteScripting_QUERYARGUMENTS", "CrossSiteScripting_BODY"),
    }
    assert counted["AWSManagedRulesKnownBadInputsRuleSet"] == {
        *("JavaDeserializationRCE_QUERYSTRING", "JavaDeserializationRCE_BODY"),
        *("Log4JRCE_QUERYSTRING", "Log4JRCE_BODY", "ReactJSRCE_BODY"),
    }
    actions = [it["ActionToUse"] for rules in managed.values() for it in rules["RuleActionOverrides"]]
    assert all(action == {"Count": {}} for action in actions)
    for rule in acl["Rules"]:
        if "RateBasedStatement" in rule["Statement"]:
            assert rule["Action"]["Block"]["CustomResponse"]["ResponseCode"] == 429


def test_no_log_of_the_edge_keeps_what_people_search_for(edge: Template) -> None:
    assert "Logging" not in _distribution(edge)
    (log,) = edge.properties("AWS::WAFv2::LoggingConfiguration")
    assert {"QueryString": {}} in log["RedactedFields"]
    redacted = {it["SingleHeader"]["Name"] for it in log["RedactedFields"] if "SingleHeader" in it}
    assert redacted == {"authorization", "x-api-key", "x-amz-firehose-access-key", "cookie", "referer"}


def test_local_has_no_edge(local: Template) -> None:
    assert not local.of("AWS::CloudFront::Distribution", "AWS::WAFv2::WebACL")
    assert "EDGE_SECRET_ARN" not in json.dumps(local.properties("AWS::Lambda::Function"))


def test_the_dashboard_is_published_with_its_page_last_and_its_assets_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    (tmp_path / "assets").mkdir()
    for name in ("index.html", "theme.js", "assets/index-CaFe.js", ".vite"):
        (tmp_path / name).write_text("")
    with mock_aws():
        s3 = boto3.client("s3", region_name="us-east-1")
        s3.create_bucket(Bucket="pages")
        assert publish.upload(s3, "pages", tmp_path) == ["assets/index-CaFe.js", "theme.js", "index.html"]
        heads = {key: s3.head_object(Bucket="pages", Key=key) for key in ("assets/index-CaFe.js", "index.html")}
    assert [(it["CacheControl"], it["ContentType"]) for it in heads.values()] == [
        ("public, max-age=31536000, immutable", "text/javascript"),
        ("no-cache", "text/html"),
    ]


def test_a_dashboard_that_is_not_built_is_not_published(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="make dashboard"):
        publish.upload(boto3.client("s3", region_name="us-east-1"), "pages", tmp_path)
