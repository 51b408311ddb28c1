"""The engine's words in Italian say all that they say in English."""

import re
from typing import Any

import pytest

from functions.render_report import terms
from shared.mockupaws.contracts.estimates import Saving
from shared.mockupaws.contracts.pipeline import Pipeline
from shared.mockupaws.costing.calibration import family
from tests.unit.render_report.made import books, figures

REGION = "eu-west-1"
# Between them they have every idea with a value in it.
_DESIGNS: tuple[dict[str, Any], ...] = (
    {"sqs": {"send_batch_size": 1, "receive_batch_size": 10}},
    {"sqs": {"queue_type": "fifo", "send_batch_size": 2, "receive_batch_size": 5}},
    {
        "lambda": {"ephemeral_storage_mb": 10_240},
        "bedrock": {"model_id": "minimax.minimax-m2.5", "mode": "priority", "output_tokens_per_call": 77},
    },
    {"bedrock": {"model_id": "eu.anthropic.claude-sonnet-4-5-20250929-v1:0", "prompt_tokens_per_call": 9_000}},
)


def _ideas() -> dict[str, Saving]:
    found: dict[str, Saving] = {}
    for design in _DESIGNS:
        savings = figures(pipeline=Pipeline.model_validate(design)).savings
        assert savings is not None
        found |= {each.change: each for each in savings.changes}
    return found


def _values(*texts: str) -> set[str]:
    """Numbers, and names with numbers in them: of models, of vocabularies."""
    return {word.strip(".,;:()") for word in " ".join(texts).split() if re.search(r"\d", word)}


@pytest.mark.parametrize("idea", _ideas().values(), ids=_ideas().keys())
def test_an_idea_in_italian_has_the_numbers_and_the_model_of_the_english(idea: Saving) -> None:
    english, italian = terms.saving(idea, "en"), terms.saving(idea, "it")
    assert english == (idea.description, idea.consequence)
    assert not set(english) & set(italian)
    assert _values(*italian) == _values(*english)


def test_the_ideas_with_values_are_among_them() -> None:
    wanted = {"send_batches", "batch_window", "larger_batches", "larger_prompts", "global_profile", "smaller_model"}
    assert wanted <= _ideas().keys()


@pytest.mark.parametrize("model_id", books()[REGION].models(REGION))
def test_who_measured_a_tokenizer_is_said_in_italian(model_id: str) -> None:
    source = family(model_id).band.source
    italian = terms.measured_by(source, "it")
    assert terms.measured_by(source, "en") == source
    assert not re.search(r"\b(measured|taken|near|the|need|for|last)\b", italian), italian
    assert {value.removesuffix("'s") for value in _values(source)} == _values(italian)
