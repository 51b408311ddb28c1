"""What `/health` says."""

from typing import Literal

from shared.mockupaws.contracts.wire import Reply


class Health(Reply):
    """All is well; what isn't is a 503 whose details name it.

    Attributes:
        database: PostgreSQL answers.
        queue: the queue that the doors write to answers.
        version: the API's.
    """

    status: Literal["ok"]
    database: Literal["ok"]
    queue: Literal["ok"]
    version: str
