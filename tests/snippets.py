"""The shippers' configurations as docs/shippers.md shows them, with a door of their own filled in."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

PAGE = Path(__file__).parents[1] / "docs" / "shippers.md"
_MARKED = re.compile(r"<!-- shipper: (?P<id>\S+) (?P<file>\S+) -->\n```\w*\n(?P<text>.*?)```", re.DOTALL)
_ABOUT_TLS = re.compile(r"(?im)^.*\b(?:tls|ssl|ssl_enable)\b.*$")


@dataclass(frozen=True)
class Door:
    """Where logs go, and what opens the door.

    Attributes:
        url: the API's origin, `http://localhost:8080`.
        key: an API key with ingest:logs.
        scenario_id: a running scenario.
    """

    url: str
    key: str
    scenario_id: str


@dataclass(frozen=True)
class Snippet:
    """A configuration on the page.

    Attributes:
        file: what it is called where it is used; `shell` for commands.
        text: with the page's placeholders.
    """

    file: str
    text: str

    def filled(self, door: Door) -> str:
        """The text for a door, as the dashboard fills it in (frontend/src/features/onboarding/lib/shippers.ts)."""
        url = urlsplit(door.url)
        text = _addressed(self.text, url)
        text = re.sub(r"\$\{(?:env:)?KEY\}|\$KEY\b", door.key, text)
        return re.sub(r"\$\{(?:env:)?SCENARIO\}|\$SCENARIO\b", door.scenario_id, text)


def _addressed(text: str, url: SplitResult) -> str:
    host, port = url.hostname or "", str(url.port or {"https": 443, "http": 80}[url.scheme])
    text = text.replace("https://api.example.com:443", f"{url.scheme}://{host}:{port}")
    text = text.replace("https://api.example.com", f"{url.scheme}://{url.netloc}")
    text = re.sub(r"\b443\b", port, text.replace("api.example.com", host))
    if url.scheme == "https":
        return text
    for on, off in (("On", "Off"), ("true", "false"), ("True", "False")):
        text = _ABOUT_TLS.sub(lambda line, on=on, off=off: re.sub(rf"\b{on}\b", off, line[0]), text)
    return text.replace('"https', '"http')


SNIPPETS = {found["id"]: Snippet(found["file"], found["text"]) for found in _MARKED.finditer(PAGE.read_text())}
"""By shipper."""
