"""A user with a key, in front of an API's handler."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from shared.mockupaws.db import Rows
from shared.mockupaws.http import Api
from tests import factories
from tests.gateway import Gateway, HttpReply


class Client:
    """A user of their own, whose key every request carries.

    Args:
        connection: to the test's database.
        api: whose routes there are.
        handler: the Lambda's.
        columns: what is special about the user.
    """

    def __init__(
        self, connection: Rows, api: Api, handler: Callable[[Any, Any], dict[str, Any]], **columns: Any
    ) -> None:
        self.user_id: UUID = factories.user(connection, **columns)["id"]
        self._key = factories.api_key(connection, user_id=self.user_id)
        self._gateway = Gateway(handler, api.routes)

    @property
    def key_id(self) -> UUID:
        return self._key["id"]

    def __call__(self, method: str, path: str, body: Any = None, **query: Any) -> HttpReply:
        """Send a request."""
        return self._gateway.request(method, path, body=body, query=query, key=self._key["key"])
