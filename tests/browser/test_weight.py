"""How much a first visit loads."""

import gzip
import json
from typing import Any

from tests.browser.conftest import ROOT

DIST = ROOT / "frontend" / "dist"
MOST_BYTES = 250_000


def loaded(manifest: dict[str, Any], entries: list[str]) -> set[str]:
    """The scripts that these entries load at once: they and what they import, not what they load when it is shown."""
    files: set[str] = set()
    left = list(entries)
    while left:
        chunk = manifest[left.pop()]
        if chunk["file"] not in files:
            files.add(chunk["file"])
            left += chunk.get("imports", [])
    return files


def test_the_first_load_is_small_and_has_no_charts() -> None:
    manifest = json.loads((DIST / ".vite" / "manifest.json").read_text("utf-8"))
    entry = [name for name, chunk in manifest.items() if chunk.get("isEntry")]
    catalogue = ["src/i18n/en/catalogue.ts"]
    chart = manifest["src/features/traffic/components/time-chart.tsx"]["file"]
    pages = [name for name, chunk in manifest.items() if chunk.get("isDynamicEntry") and "/pages/" in name]
    assert len(pages) > 10
    for page in pages:
        files = loaded(manifest, [*entry, *catalogue, page])
        size = sum(len(gzip.compress((DIST / file).read_bytes())) for file in files if file.endswith(".js"))
        assert size < MOST_BYTES, (page, size)
        assert chart not in files, page
