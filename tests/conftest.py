"""What every test may use."""

import os

import pytest
from hypothesis import settings

from layers.vocabulary import materialise
from tests import databases
from tests.databases import app_database_url, database_server, database_url, empty_database_url, spare_database
from tests.live import api, demo, newcomer, stack
from tests.logs import log
from tests.reporting import report_stage
from tests.stage import connection, queue_url, stage

__all__ = [
    "api",
    "app_database_url",
    "connection",
    "database_server",
    "database_url",
    "demo",
    "empty_database_url",
    "log",
    "newcomer",
    "queue_url",
    "report_stage",
    "spare_database",
    "stack",
    "stage",
]


# How long an example takes says how busy the machine is.
settings.register_profile("mockupaws", deadline=None)
settings.load_profile("mockupaws")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long-storm", action="store_true", help="PostgreSQL is away for a minute, not for three seconds")
    parser.addoption("--screenshots", action="store_true", help="keep the browser tests' pictures of the dashboard")


def pytest_configure(config: pytest.Config) -> None:
    databases.begin(config)
    os.environ["TIKTOKEN_CACHE_DIR"] = str(materialise())


def pytest_unconfigure(config: pytest.Config) -> None:
    databases.end(config)
