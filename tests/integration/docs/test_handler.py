import base64
import hashlib
import json
import re

import pytest

from functions.docs import service
from functions.docs.handler import api, handler
from shared.mockupaws.db import database
from shared.mockupaws.settings import settings
from tests.gateway import Gateway


@pytest.fixture
def gateway(queue_url: str) -> Gateway:
    """Give the function with a queue to look at."""
    del queue_url
    service._seen.clear()
    service._sqs.cache_clear()
    return Gateway(handler, api.routes)


def test_the_description_is_for_everybody(gateway: Gateway) -> None:
    reply = gateway.get("/openapi.json")
    assert reply.status == 200
    assert reply.headers["content-type"] == "application/json"
    assert reply.headers["content-encoding"] == "gzip"
    assert reply.json["openapi"].startswith("3.1")
    plain = gateway.get("/openapi.json", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json == reply.json


def test_the_page_runs_its_own_scripts_and_no_other(gateway: Gateway) -> None:
    reply = gateway.get("/docs")
    assert reply.status == 200
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    policy = reply.headers["content-security-policy"]
    scripts = re.findall(r"<script>(.*?)</script>", reply.text, re.DOTALL)
    assert len(scripts) == 2
    for script in scripts:
        assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in policy
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]
    assert not re.findall(r"<(?:script|link|img)[^>]+(?:src|href)=", reply.text)
    assert len(reply.text) < 6_000_000


def test_health_is_well(gateway: Gateway) -> None:
    reply = gateway.get("/health")
    assert reply.status == 200
    assert reply.json == {"status": "ok", "database": "ok", "queue": "ok", "version": "1.0.0"}
    assert reply.headers["cache-control"] == "no-store"


def test_health_names_what_is_away(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    monkeypatch.setenv("LOG_QUEUE_URL", "https://sqs.eu-west-1.amazonaws.com/123456789012/gone")
    settings.cache_clear()
    database.cache_clear()
    reply = gateway.get("/health")
    assert reply.status == 503
    assert reply.json["error"] == "unavailable"
    assert {detail["field"] for detail in reply.json["details"]} == {"database", "queue"}
    assert "127.0.0.1" not in reply.text
    assert reply.headers["retry-after"]


def test_health_is_looked_at_once_in_a_while(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "TTL_SECONDS", 3_600)
    assert gateway.get("/health").status == 200
    monkeypatch.setitem(service._PARTS, "queue", lambda: pytest.fail("looked again at once"))
    assert gateway.get("/health").status == 200


@pytest.mark.parametrize(("method", "path"), [("GET", "/nothing"), ("PATCH", "/scenarios"), ("POST", "/api/v2/x")])
def test_what_no_route_knows_is_an_error_of_our_form(gateway: Gateway, method: str, path: str) -> None:
    reply = gateway.request(method, path)
    assert reply.status == 404
    assert reply.json["error"] == "not_found"
    assert json.loads(reply.text).keys() == {"error", "message", "timestamp", "request_id"}
    assert reply.headers["x-content-type-options"] == "nosniff"
