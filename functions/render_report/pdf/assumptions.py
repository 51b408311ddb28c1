"""The design that was priced, and how the month follows from what was recorded, in sentences."""

from collections.abc import Iterator

from functions.render_report import terms
from functions.render_report.pdf.page import Page
from shared.mockupaws.contracts.pipeline import Pipeline


def assumptions(page: Page) -> Iterator[tuple[str, str]]:
    """What there is an assumption about, and what it is."""
    texts, numbers, pipeline = page.texts, page.numbers, page.figures.recording.pipeline
    yield texts.queue, _queue(page, pipeline)
    yield (
        texts.function,
        texts.function_says.format(
            architecture=pipeline.lambda_.architecture,
            memory=numbers.count(pipeline.lambda_.memory_mb),
            base=numbers.count(pipeline.lambda_.duration_ms_base),
            each=numbers.count(pipeline.lambda_.duration_ms_per_log),
            storage=numbers.count(pipeline.lambda_.ephemeral_storage_mb),
        ),
    )
    yield texts.model, _model(page, pipeline)
    yield texts.reduce, _reduce(page, pipeline)
    hours = numbers.count(pipeline.assumptions.hours_per_month)
    tier = texts.free_tier if pipeline.assumptions.free_tier else texts.no_free_tier
    yield texts.account, texts.account_says.format(tier=tier, hours=hours)
    if monthly := page.figures.monthly:
        if band := monthly.tokens:
            yield (
                texts.tokens,
                texts.tokens_say.format(
                    factor=numbers.count(band.factor),
                    low=numbers.count(band.low),
                    high=numbers.count(band.high),
                    source=terms.measured_by(band.source, page.language),
                ),
            )
        sample = monthly.sample
        recorded = numbers.duration(sample.recorded_seconds)
        yield (
            texts.projection,
            texts.projection_says.format(recorded=recorded, scale=numbers.count(sample.scale), hours=hours),
        )


def _queue(page: Page, pipeline: Pipeline) -> str:
    queue, numbers = pipeline.sqs, page.numbers
    return page.texts.queue_says.format(
        kind=queue.queue_type.upper() if queue.queue_type == "fifo" else page.texts.standard_queue,
        send=numbers.count(queue.send_batch_size),
        receive=numbers.count(queue.receive_batch_size),
        window=numbers.count(queue.batch_window_s),
        retry=numbers.percent(queue.retry_rate * 100),
        empty=numbers.count(queue.empty_receives_per_minute),
    )


def _model(page: Page, pipeline: Pipeline) -> str:
    design, texts, numbers = pipeline.bedrock, page.texts, page.numbers
    if design.model_id is None:
        return texts.no_model
    return texts.model_says.format(
        model=design.model_id,
        mode=design.mode.replace("_", " "),
        logs=numbers.count(design.logs_per_call),
        prompt=numbers.count(design.prompt_tokens_per_call),
        cached=texts.cached if design.cached_prompt else texts.not_cached,
        output=numbers.count(design.output_tokens_per_call),
        share=numbers.percent(design.share_of_logs * 100),
    )


def _reduce(page: Page, pipeline: Pipeline) -> str:
    reduce, texts = pipeline.reduce, page.texts
    said: list[str] = []
    if reduce.deduplicate:
        said.append(texts.deduplicated)
    if reduce.sample_rate != 1:
        said.append(texts.sampled.format(share=page.numbers.percent(reduce.sample_rate * 100)))
    if reduce.drop_levels:
        said.append(
            texts.dropped.format(levels=", ".join(terms.level(name, page.language) for name in reduce.drop_levels))
        )
    if reduce.redact_pii:
        said.append(texts.redacted)
    return "; ".join(said) or texts.all_kept
