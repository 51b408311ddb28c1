"""The dashboard says the engine's warnings in its own language, with what it reads out of the engine's words."""

import re
from decimal import Decimal
from pathlib import Path

from shared.mockupaws.contracts.estimates import Sample
from shared.mockupaws.contracts.pipeline import Pipeline
from shared.mockupaws.costing.warned import warnings_of
from tests.unit.render_report.made import figures

_WORDS = Path(__file__).parents[3] / "frontend/src/features/estimates/lib/warnings.ts"
_PATTERNS = dict(re.findall(r"^  (\w+): /(.+)/,$", _WORDS.read_text(), re.MULTILINE))
# A prompt too short for its model, and a batch that takes hours.
_DESIGN = {
    "sqs": {"receive_batch_size": 10_000, "batch_window_s": 20},
    "lambda": {"duration_ms_per_log": 1_000},
    "bedrock": {"cached_prompt": True, "prompt_tokens_per_call": 600},
}


def test_what_the_dashboard_reads_out_of_a_warning_is_there() -> None:
    pipeline = Pipeline.model_validate(_DESIGN)
    estimate = figures(pipeline=pipeline).monthly
    assert estimate is not None
    sample = Sample(recorded_seconds=12_000, logs=10, blocks=50, scale=Decimal(7))
    for silence in (7_200, 9_000, 300_000):
        warned = warnings_of(sample, estimate, pipeline, silence_seconds=silence, stray_logs=12_345)
        said = {each.code: each.message for each in warned if each.code in _PATTERNS}
        assert said.keys() >= _PATTERNS.keys()
        for code, message in said.items():
            assert re.search(_PATTERNS[code], message), message
