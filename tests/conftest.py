"""What every test may use."""

import pytest

from tests import databases
from tests.databases import database_server, database_url, empty_database_url
from tests.stage import connection, stage

__all__ = ["connection", "database_server", "database_url", "empty_database_url", "stage"]


def pytest_configure(config: pytest.Config) -> None:
    databases.begin(config)


def pytest_unconfigure(config: pytest.Config) -> None:
    databases.end(config)
