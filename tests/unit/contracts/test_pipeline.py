"""Which designs are taken, and which of those that were."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from shared.mockupaws.contracts.pipeline import LONGEST_MS, NewPipeline, Pipeline, PipelineChange

NEW: TypeAdapter[Pipeline] = TypeAdapter(NewPipeline)


def design(base: int = 50, per_log: int = 5, batch: int = 10) -> dict[str, Any]:
    return {
        "lambda": {"duration_ms_base": base, "duration_ms_per_log": per_log},
        "sqs": {"receive_batch_size": batch, "batch_window_s": 1},
    }


def test_a_full_batch_may_take_as_long_as_lambda_lets_it() -> None:
    assert NEW.validate_python(design(0, 90_000)).longest_ms == LONGEST_MS


@pytest.mark.parametrize(("base", "per_log", "batch"), [(1, 90_000, 10), (50, 9_000, 100), (900_000, 1, 1)])
def test_a_full_batch_that_would_take_longer_is_refused(base: int, per_log: int, batch: int) -> None:
    with pytest.raises(ValidationError, match=rf"full batch of {batch} .* Lambda stops .* 900,000"):
        NEW.validate_python(design(base, per_log, batch))


def test_a_design_of_before_the_rule_still_loads() -> None:
    assert Pipeline.model_validate(design(0, 900_000)).longest_ms == 9_000_000


@given(st.integers(0, 900_000), st.integers(0, 900_000), st.integers(1, 10_000))
def test_a_change_never_makes_a_function_run_longer_than_it_may(base: int, per_log: int, batch: int) -> None:
    """But what is too long already may stay so, or grow shorter, and be changed in everything else."""
    for before in (Pipeline(), Pipeline.model_validate(design(0, 900_000))):
        try:
            after = PipelineChange.model_validate(design(base, per_log, batch)).applied_to(before)
        except ValidationError:
            assert base + per_log * batch > max(LONGEST_MS, before.longest_ms)
        else:
            assert after.longest_ms == base + per_log * batch <= max(LONGEST_MS, before.longest_ms)
        bigger = PipelineChange.model_validate({"lambda": {"memory_mb": 512}}).applied_to(before)
        assert bigger.lambda_.memory_mb == 512


def test_a_change_is_refused_with_what_would_do() -> None:
    slow = Pipeline.model_validate({"lambda": {"duration_ms_base": 0, "duration_ms_per_log": Decimal(90_000)}})
    with pytest.raises(ValidationError, match=r"receive_batch_size of at most 10\b"):
        PipelineChange.model_validate({"sqs": {"receive_batch_size": 11, "batch_window_s": 1}}).applied_to(slow)
    with pytest.raises(ValidationError, match="shorter durations"):
        PipelineChange.model_validate({"lambda": {"duration_ms_base": 900_000}}).applied_to(slow)
