"""SECURITY.md stays true: what it names is there, and each threat has a proof that somebody can run."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "SECURITY.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")

THREATS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TEXT.splitlines()
    if line.startswith("|") and not line.startswith(("|---", "| threat "))
]
# A name in backticks that is a file's or folder's of ours, perhaps with a test's name in it.
NAMED = sorted(set(re.findall(r"`((?:[\w.-]+/)+[\w.-]*(?:::\w+)?)`", TEXT)))


def test_there_is_something_to_check() -> None:
    assert len(THREATS) >= 20
    assert len(NAMED) >= 20


@pytest.mark.parametrize("named", NAMED)
def test_what_it_names_is_there(named: str) -> None:
    path, _, test = named.partition("::")
    assert (ROOT / path).exists()
    if test:
        assert f"\ndef {test}(" in (ROOT / path).read_text("utf-8")


@pytest.mark.parametrize("threat", THREATS, ids=lambda threat: threat[0])
def test_a_threat_has_a_protection_and_a_proof(threat: list[str]) -> None:
    _, protection, proof = threat
    assert protection
    tests, targets = re.findall(r"`(tests/[\w/]+\.py)", proof), re.findall(r"`make (\w+)`", proof)
    assert tests or targets
    for target in targets:
        assert f"\n{target}:" in MAKEFILE
    for test in tests:
        assert Path(test).name.startswith("test_")
