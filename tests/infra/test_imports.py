"""What a function loads before its first request: a container that begins shouldn't wait for what it may never use."""

import pytest

from infra.catalog import FUNCTIONS
from layers.vocabulary import ROOT
from tests.cold import Cold

_FUNCTIONS = sorted(path.parent.name for path in (ROOT / "functions").glob("*/handler.py"))
_DOORS = {"ingest", "log_stream"}
# The HTTP door has routes and reads its requests itself.
_API = {function.name for function in FUNCTIONS if function.routes} - _DOORS
_WITHOUT_DATABASE = {"fetch_prices"}

# What takes long to load, and which functions can't begin without it.
_USERS = {
    "boto3": {"fetch_prices"},
    "botocore.session": {"fetch_prices"},
    "jwt": set[str](),
    "bcrypt": {"auth"},
    "reportlab": {"render_report"},
    "google.protobuf": set[str](),
    "tiktoken": set[str](),
    "riptoken": set[str](),
    "re2": _DOORS,
    "msgpack": {*_DOORS, "store_logs"},
    "alembic": {"migrate"},
    "sqlalchemy": {"migrate"},
    "psycopg": {*_FUNCTIONS} - _WITHOUT_DATABASE,
    "aws_lambda_powertools.event_handler": _API,
    "aws_lambda_powertools.event_handler.openapi.models": set[str](),
    "shared.mockupaws.xray": set[str](),
    "functions.ingest.dialects.otlp": set[str](),
    "functions.ingest.dialects.loki": set[str](),
}


@pytest.fixture(scope="module")
def cold(tmp_path_factory: pytest.TempPathFactory) -> Cold:
    return Cold(tmp_path_factory.mktemp("cold"))


@pytest.mark.parametrize("function", _FUNCTIONS)
def test_a_function_loads_what_it_uses(cold: Cold, function: str) -> None:
    loaded = cold.modules(f"import functions.{function}.handler")
    assert {module for module in _USERS if module in loaded} <= {
        module for module, users in _USERS.items() if function in users
    }
    others = {name for name in loaded if name.startswith("functions.")}
    assert all(name.split(".")[1] == function for name in others)
