"""What a benchmark finds around it: PostgreSQL with the schema, and log lines to measure on."""

import secrets
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.databases import Server
from tests.unit.profiling import loghub, ordinary

LOGHUB = loghub.FOLDER
_MADE_UP = 16_000


@dataclass(frozen=True)
class Bench:
    """The run that a benchmark is part of.

    Attributes:
        server: PostgreSQL, as durable as by default, with a migrated template.
        folder: of real log lines (*.log), where there are any.
    """

    server: Server
    folder: Path | None

    @contextmanager
    def database(self) -> Generator[str]:
        """A migrated database, by its URL; dropped afterwards."""
        name = f"{self.server.prefix}{secrets.token_hex(4)}"
        yield self.server.create(name, self.server.template)
        self.server.drop(name)

    def lines(self) -> Sequence[str]:
        """Log lines of real systems, or made up ones where there are none of those."""
        if self.folder is None:
            return list(ordinary.lines(_MADE_UP))
        return loghub.lines(self.folder)
