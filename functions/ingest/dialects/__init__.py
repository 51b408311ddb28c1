"""The dialects of the door, by their path below `/api/v1/ingest`."""

import re
from importlib import import_module
from typing import cast

from functions.ingest.models import BULK, LOKI, Dialect

# A dialect is imported when it is first spoken: protobuf costs a cold start more than all the rest of the door.
_MODULES = {
    "": "own",
    "/otlp/v1/logs": "otlp",
    "/firehose": "firehose",
    LOKI: "loki",
    "/services/collector": "splunk",
    "/services/collector/event": "splunk",
    "/services/collector/event/1.0": "splunk",
    "/services/collector/raw": "splunk",
    "/services/collector/raw/1.0": "splunk",
    BULK: "elasticsearch",
}
_BULK_INTO_INDEX = re.compile(r"/[^/_][^/]*/_bulk")


def dialect_at(path: str) -> Dialect | None:
    """The dialect that a path is for; None where there is none.

    Args:
        path: below the door, without a slash at its end.
    """
    module = "elasticsearch" if _BULK_INTO_INDEX.fullmatch(path) else _MODULES.get(path)
    return cast("Dialect", import_module(f"{__name__}.{module}")) if module else None
