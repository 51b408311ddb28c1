"""MiniStack with three faults mended. Run by the emulator's own Python, by path, where `python -m ministack` would be.

It gives a function the body of a text type as text. A compressed body isn't text, whatever its Content-Type says is in
it (Fluent Bit, Logstash, Firehose and OTLP/JSON send `application/json` in gzip): as text it is destroyed.

At the first call of a service that it doesn't play (AWS's Price List) it reads botocore's models of all services, to
know their names, and answers nobody for ten seconds.

It unpacks a function's layers anew for each process, which takes some three seconds of a core. Each is unpacked once,
and lies there for all.
"""

import hashlib
import inspect
import runpy
import tempfile
import threading
import zipfile
from contextvars import ContextVar
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

_compressed = ContextVar("_compressed", default=False)
_unpacking = threading.Lock()
_gateway = vars(import_module("ministack.services.apigateway"))
_router = vars(import_module("ministack.core.router"))
_runtime = vars(import_module("ministack.core.lambda_runtime"))
_invoke, _is_text = _gateway["_invoke_lambda_proxy"], _gateway["_v2_request_body_is_text"]


async def _invoke_noting(*given: Any, **named: Any) -> Any:
    headers = inspect.signature(_invoke).bind(*given, **named).arguments["headers"]
    _compressed.set("content-encoding" in headers)
    return await _invoke(*given, **named)


def _is_text_indeed(content_type: str | None) -> bool:
    return not _compressed.get() and _is_text(content_type)


class _UnpackedOnce(zipfile.ZipFile):
    """An archive whose files lie in one place for all who want them; where they are wanted is a link to it."""

    def extractall(self, path: Any = None, *given: Any, **named: Any) -> None:
        archive = Path(str(self.filename))
        unpacked = Path(tempfile.gettempdir(), "unpacked", hashlib.sha256(archive.read_bytes()).hexdigest())
        with _unpacking:
            if not unpacked.exists():
                partial = unpacked.with_suffix(".partial")
                super().extractall(partial, *given, **named)
                partial.rename(unpacked)
        wanted = Path(path)
        wanted.rmdir()
        wanted.symlink_to(unpacked)


_runtime["zipfile"] = SimpleNamespace(**vars(zipfile) | {"ZipFile": _UnpackedOnce})
_router["_KNOWN_AWS_SERVICE_NAMES"] = frozenset(
    import_module("botocore.session").get_session().get_available_services()
)
_gateway.update(_invoke_lambda_proxy=_invoke_noting, _v2_request_body_is_text=_is_text_indeed)
runpy.run_module("ministack", run_name="__main__")
