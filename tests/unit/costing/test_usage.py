from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.mockupaws.contracts.pipeline import Pipeline
from shared.mockupaws.contracts.traffic import LEVELS, Level
from shared.mockupaws.costing.usage import usage
from tests.unit.costing.recordings import LOGS, STEADY, Log, recorded

HOUR = 3600


def design(**parts: object) -> Pipeline:
    return Pipeline.model_validate(parts)


@given(st.lists(LOGS, max_size=60), st.booleans(), st.booleans(), st.lists(st.sampled_from(LEVELS), max_size=3))
def test_what_reduce_drops_is_exact(logs: list[Log], deduplicate: bool, redact: bool, drop: list[Level]) -> None:
    """From the cells alone, as if every log had been looked at again."""
    reduce = {"deduplicate": deduplicate, "redact_pii": redact, "drop_levels": drop, "sample_rate": 0.25}
    kept = [log for log in logs if log.level not in drop and not (deduplicate and log.duplicate)]
    used = usage(recorded(logs), design(reduce=reduce))
    assert used.llm_logs == Fraction(len(kept), 4)
    assert used.llm_tokens == Fraction(sum(log.redacted_tokens if redact else log.tokens for log in kept), 4)
    assert used.logs == len(logs)


def test_a_message_is_sent_received_and_deleted() -> None:
    """A log a second, without batches: one of each."""
    used = usage(STEADY, design())
    assert used.sends == used.receives == used.deletes == used.invocations == 3 * HOUR


def test_batches_of_ten() -> None:
    used = usage(STEADY, design(sqs={"send_batch_size": 10, "batch_window_s": 10}))
    assert used.sends == used.receives == used.deletes == used.invocations == 3 * HOUR // 10
    assert used.llm_calls == 3 * HOUR // 10


def test_a_retry_is_received_run_and_asked_again_but_sent_and_deleted_once() -> None:
    used = usage(STEADY, design(sqs={"retry_rate": 0.1}))
    for again in (used.receives, used.invocations, used.llm_logs):
        assert again == 3 * HOUR * Fraction(11, 10)
    assert used.sends == used.deletes == 3 * HOUR


def test_a_retry_of_a_full_batch_is_one_more_call_for_it() -> None:
    """Not one more for every batch: the ten logs of a batch are asked about again in one prompt."""
    full = {"send_batch_size": 10, "batch_window_s": 10}
    once = usage(STEADY, design(sqs=full)).llm_calls
    assert usage(STEADY, design(sqs=full | {"retry_rate": 0.01})).llm_calls == once * Fraction(101, 100)


def test_idle_pollers_ask_in_vain() -> None:
    """An hour with logs in one minute, ten of them, each received alone: 15 a minute less those ten."""
    used = usage(recorded([Log(second) for second in range(10)]), design(), Fraction(HOUR))
    assert used.empty_receives == 60 * 15 - 10


def test_busy_pollers_do_not() -> None:
    assert usage(STEADY, design(), Fraction(3 * HOUR)).empty_receives == 0


def test_duration_is_rounded_up_for_each_invocation() -> None:
    """10 logs: 1.2 + 10 x 0.31 = 4.3 ms, billed as 5."""
    used = usage(
        STEADY,
        design(sqs={"batch_window_s": 10}, **{"lambda": {"duration_ms_base": 1.2, "duration_ms_per_log": 0.31}}),
    )
    assert used.billed_ms == 5 * 3 * HOUR // 10


def test_an_invocation_asks_about_its_own_batch_only() -> None:
    """Batches of one log can't fill prompts of ten."""
    assert usage(STEADY, design(bedrock={"logs_per_call": 10})).llm_calls == 3 * HOUR


def test_with_less_than_a_log_left_in_a_batch_not_every_batch_asks() -> None:
    sparse = design(sqs={"batch_window_s": 10}, bedrock={"share_of_logs": 0.01})
    calls = usage(STEADY, sparse).llm_calls
    assert float(calls) == pytest.approx(3 * HOUR / 10 * (1 - 0.99**10))


def test_a_cached_prompt_is_written_every_five_minutes_with_traffic() -> None:
    assert usage(STEADY, design()).cache_writes == 3 * 12


def test_a_cached_prompt_lives_on_while_it_is_used_and_is_written_again_after_a_pause() -> None:
    """The one write that begins it is the month's, not each recording's."""
    assert usage(STEADY, design(), Fraction(3 * HOUR)).cache_writes == 0
    hourly = recorded([Log(HOUR * hour) for hour in range(24)])
    assert usage(hourly, design(), Fraction(24 * HOUR)).cache_writes == 24 * Fraction(59, 60) ** 5


def test_no_traffic_uses_nothing() -> None:
    used = usage(recorded([]), design())
    assert used.logs == used.sends == used.receives == used.deletes == used.invocations == used.llm_calls == 0
