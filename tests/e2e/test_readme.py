"""What the README tells a newcomer to type is typed here, as it stands there."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from infra.local.stack import Stack

pytestmark = pytest.mark.xdist_group("e2e")

COUNTED = 'curl -s $API/scenarios/$ID/metrics -H "X-API-Key: $KEY" | grep -q \'"total_requests": *3\''
STORED = f"until {COUNTED}; do sleep 1; done"
README = Path(__file__).parents[2] / "README.md"


def test_curl_alone_leads_from_register_to_an_estimate(stack: Stack) -> None:
    marked = re.search(r"<!-- test: curl -->\n```sh\n(.*?)```", README.read_text(), re.DOTALL)
    assert marked
    script = marked[1].replace("http://localhost:8080/api/v1", stack.api_url)
    # This machine may be busier than a newcomer's: what is waited for there is waited for until it is.
    script, waits = re.subn(r"^sleep 5\b", STORED, script, flags=re.MULTILINE)
    assert waits == 1
    run = subprocess.run(["bash", "-eu", "-c", script], capture_output=True, text=True, timeout=120, check=True)  # noqa: S607
    decoder, text, answers = json.JSONDecoder(), run.stdout.strip(), list[dict[str, Any]]()
    while text:
        answer, end = decoder.raw_decode(text)
        answers.append(answer)
        text = text[end:].lstrip()
    started, one, two, metrics, estimate, what_if = answers
    assert started["status"] == "running"
    assert (one["status"], two["accepted"]) == ("accepted", 2)
    assert metrics["summary"]["total_requests"] == 3
    assert metrics["summary"]["pii_violations"] == 1
    assert float(estimate["monthly"]["total_usd"]) > 0
    assert what_if["variants"]
