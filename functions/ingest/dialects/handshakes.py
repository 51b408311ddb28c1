"""What some senders ask before they send: whether this is the service that they know, and well.

It says nothing of anybody, so it needs no key.
"""

from functions.ingest.models import Answer, Request

PRODUCT = {"X-Elastic-Product": "Elasticsearch"}
"""What Elastic's own clients ask of every answer."""

_INFO = Answer(
    200,
    """{"name":"mockupaws","cluster_name":"mockupaws","cluster_uuid":"bW9ja3VwYXdzLW1vY2t1cA","version":"""
    """{"number":"8.17.0","build_flavor":"default","build_type":"zip","build_hash":"0","build_snapshot":false,"""
    """"lucene_version":"9.12.0","minimum_wire_compatibility_version":"7.17.0","""
    """"minimum_index_compatibility_version":"7.0.0"},"tagline":"You Know, for Search"}""",
    headers=PRODUCT,
)
_LICENSE = Answer(200, '{"license":{"status":"active","type":"basic","mode":"basic"}}', headers=PRODUCT)
_HEALTHY = Answer(200, '{"text":"HEC is healthy","code":17}')
_ANSWERS: dict[str, Answer] = {
    "": _INFO,
    "/_license": _LICENSE,
    "/services/collector/health": _HEALTHY,
    "/services/collector/health/1.0": _HEALTHY,
}


def handshake(request: Request) -> Answer | None:
    """The answer to such a question; None for what is to be taken."""
    if request.method == "HEAD":  # Vector's and rsyslog's health checks, on any path
        return Answer(200, headers=PRODUCT)
    return _ANSWERS.get(request.path) if request.method == "GET" else None
