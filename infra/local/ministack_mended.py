"""MiniStack with two faults mended. Run by the emulator's own Python, by path, where `python -m ministack` would be.

It gives a function the body of a text type as text. A compressed body isn't text, whatever its Content-Type says is in
it (Fluent Bit, Logstash, Firehose and OTLP/JSON send `application/json` in gzip): as text it is destroyed.

At the first call of a service that it doesn't play (AWS's Price List) it reads botocore's models of all services, to
know their names, and answers nobody for ten seconds.
"""

import inspect
import runpy
from contextvars import ContextVar
from importlib import import_module
from typing import Any

_compressed = ContextVar("_compressed", default=False)
_gateway = vars(import_module("ministack.services.apigateway"))
_router = vars(import_module("ministack.core.router"))
_invoke, _is_text = _gateway["_invoke_lambda_proxy"], _gateway["_v2_request_body_is_text"]


async def _invoke_noting(*given: Any, **named: Any) -> Any:
    headers = inspect.signature(_invoke).bind(*given, **named).arguments["headers"]
    _compressed.set("content-encoding" in headers)
    return await _invoke(*given, **named)


def _is_text_indeed(content_type: str | None) -> bool:
    return not _compressed.get() and _is_text(content_type)


_router["_KNOWN_AWS_SERVICE_NAMES"] = frozenset(
    import_module("botocore.session").get_session().get_available_services()
)
_gateway.update(_invoke_lambda_proxy=_invoke_noting, _v2_request_body_is_text=_is_text_indeed)
runpy.run_module("ministack", run_name="__main__")
