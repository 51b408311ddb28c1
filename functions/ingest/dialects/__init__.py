"""The dialects of the door, by their path below `/api/v1/ingest`."""

from functions.ingest.dialects import own
from functions.ingest.models import Dialect

DIALECTS: dict[str, Dialect] = {"": own}
