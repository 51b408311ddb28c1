"""A given rate is priced as given, whatever the sample it is asked of."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import example, given
from hypothesis import strategies as st

from shared.cli.lines import look_at
from shared.cli.projection import estimated
from shared.cli.recorder import Recorder
from shared.mockupaws.contracts.estimates import MonthlyEstimate
from shared.mockupaws.contracts.pipeline import Pipeline
from shared.mockupaws.costing.price_book import PriceBook
from shared.mockupaws.costing.seed import seed_prices

REGION = "us-east-1"
BOOK = PriceBook(price for price in seed_prices() if price.region == REGION)
START = 1_700_000_000 // 3600 * 3600
LEVELS = ("INFO", "WARN", "ERROR")

# Seconds from the first line on; some lines say none, such as a stack trace's.
some_seconds = st.lists(st.none() | st.integers(0, 7_200), min_size=1, max_size=50)
some_events = st.integers(1, 10**12)
a_minute_apart = [60 * minute for minute in range(12)]


def recorded(seconds: list[int | None]) -> Recorder:
    """Record lines of three levels and four sizes."""
    recorder = Recorder()
    recorder.begin("app.log")
    texts = [f"{LEVELS[n % 3]} request {n} {'x' * (10, 80, 200, 900)[n % 4]}" for n in range(len(seconds))]
    looked = look_at(texts, "cl100k_base")
    recorder.record(
        line._replace(second=None if second is None else START + second)
        for line, second in zip(looked, seconds, strict=True)
    )
    return recorder


def month(recorder: Recorder, events: int | None, **design: object) -> MonthlyEstimate:
    return estimated(recorder, Pipeline.model_validate(design), BOOK, REGION, events)


@given(some_seconds, some_events)
@example(a_minute_apart, 65_262)
@example(a_minute_apart, 65_700)
@example(a_minute_apart, 109_500)
@example([None] * 12, 10**12)
def test_as_many_logs_are_priced_as_are_asked_for(seconds: list[int | None], events: int) -> None:
    """And everything that is a log's own is in proportion, to the unit that is begun."""
    recorder = recorded(seconds)
    used = month(recorder, events).usage
    assert used.logs == used.llm_logs == events
    assert used.lambda_invocations <= events
    source, share = recorder.inputs[0], Fraction(events, len(seconds))
    for found, of_all in (
        (used.size_bytes, source.size_bytes),
        (used.log_tokens, source.tokens),
        (used.sqs_blocks, source.sqs_blocks),
    ):
        assert 0 <= found - of_all * share < 1


@given(some_seconds, some_events, st.integers(2, 1_000))
def test_so_many_times_the_logs_are_so_many_times_the_usage(seconds: list[int | None], events: int, times: int) -> None:
    """Where a batch is one log, and without the polls of an idle queue, which are a cost of time."""
    recorder = recorded(seconds)
    one_by_one = {"sqs": {"receive_batch_size": 1, "empty_receives_per_minute": 0}}
    once, more = (month(recorder, number, **one_by_one).usage for number in (events, events * times))
    assert more.lambda_invocations == once.lambda_invocations * times
    assert more.sqs_requests == once.sqs_requests * times
    assert more.llm_calls == once.llm_calls * times
    assert abs(more.llm_input_tokens - once.llm_input_tokens * times) <= times
    assert more.lambda_gb_seconds == once.lambda_gb_seconds * times


@given(some_seconds, some_events, st.integers(0, 60))
def test_a_log_more_changes_next_to_nothing(seconds: list[int | None], events: int, window: int) -> None:
    """No cell, minute or second is rounded on the way, or there were steps in the curve."""
    recorder = recorded(seconds)
    sqs = {"receive_batch_size": 1_000 if window else 10, "batch_window_s": window}
    events = max(events, 10**6) + 1  # so that a log is next to nothing
    one, other = (month(recorder, number, sqs=sqs).usage.lambda_invocations for number in (events, events + 1))
    assert abs(one - other) <= 2 + events // 10**5


def test_few_lines_fill_batches_as_many_do() -> None:
    """A hundred logs a second, asked of what comes once a minute or says no time at all."""
    events = 100 * 730 * 3_600
    for seconds in (a_minute_apart, [None] * 12, [None], [0]):
        assert month(recorded([*seconds]), events).usage.lambda_invocations * 10 <= events * Fraction(101, 100)


def test_the_rate_of_the_lines_is_what_it_is_without_one() -> None:
    recorder = recorded([0, 0, 0, 7, 61, 65, 200])
    own = month(recorder, None)
    assert month(recorder, own.usage.logs) == own


def test_what_a_month_rests_on_is_what_was_recorded() -> None:
    """However much is asked of it: an hour is less than a day of traffic."""
    recorder = recorded([72 * number for number in range(50)])
    assert recorder.recorded_seconds == 3_540
    for events in (1, 1_000, 10**12):
        found = month(recorder, events)
        assert (found.sample.recorded_seconds, found.sample.logs) == (3_540, 50)
        assert found.sample.scale == round(Decimal(events) / 50, 6)
        assert [warning.code for warning in found.warnings] == ["no_daily_cycle"]
