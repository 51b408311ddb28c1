"""What the docs say can be changed in a file is in that file."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
# As in: raise its `memory_mb` (infra/catalog.py).
_NAMED = re.compile(r"`([\w.]+)`[^`.]{0,40}?(?:\bin |\()((?:functions|infra|shared)/[\w/]+\.py)\b")
NAMED = [(page.name, *found) for page in sorted(ROOT.glob("docs/*.md")) for found in _NAMED.findall(page.read_text())]


@pytest.mark.parametrize(("page", "name", "file"), NAMED, ids=[f"{page}: {name}" for page, name, _ in NAMED])
def test_a_setting_that_is_named_is_there(page: str, name: str, file: str) -> None:
    text = (ROOT / file).read_text()
    assert all(re.search(rf"\b{part}\b", text) for part in name.split(".")), f"{page} names {name}, {file} doesn't"


def test_settings_are_named() -> None:
    assert len(NAMED) >= 3
