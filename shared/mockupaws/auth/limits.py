"""How many requests an identity may make in a minute (spec section 3)."""

from typing import NamedTuple


class Limit(NamedTuple):
    """A class of requests that share one allowance.

    Attributes:
        name: the class, as the counter's key.
        per_minute: requests in 60 seconds from the first.
    """

    name: str
    per_minute: int


AUTH = Limit("auth", 5)
API_KEYS = Limit("api_keys", 10)
REPORTS = Limit("reports", 10)
GENERAL = Limit("general", 100)
INGEST = Limit("ingest", 1000)
