"""The first page's figures: the month, how sure it is, how it changed, and what there is to know before using it."""

from collections.abc import Iterator
from decimal import Decimal

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph

from functions.render_report import terms
from functions.render_report.pdf import style
from functions.render_report.pdf.blocks import Described, gap, panel, side_by_side
from functions.render_report.pdf.charts import interval, small_bar
from functions.render_report.pdf.fonts import BOLD, markup
from functions.render_report.pdf.page import Page
from shared.mockupaws.contracts.estimates import MonthlyEstimate

_LARGEST, _SMALLEST = 38, 14
_LONG_NAME = 90
_PANEL_PADDING = 28


def title(page: Page) -> Iterator[Flowable]:
    """What the report is about."""
    recording, metrics = page.figures.recording, page.figures.metrics
    look = style.TITLE if len(recording.name) <= _LONG_NAME else style.LONG_TITLE
    yield Paragraph(markup(recording.name), look)
    model = recording.pipeline.bedrock.model_id or page.texts.no_model
    yield Paragraph(markup(f"{recording.region} · {model}"), style.TEXT)
    if metrics.from_ and metrics.to:
        said = page.texts.recorded_range.format(
            begin=page.numbers.minute(metrics.from_), end=page.numbers.minute(metrics.to)
        )
        yield Paragraph(markup(f"{page.texts.recorded}: {said}"), style.QUIET_TEXT)
    yield gap(12)


def summary(page: Page) -> Iterator[Flowable]:
    """The figures that matter."""
    monthly = page.figures.monthly
    if monthly is None:
        content = [Paragraph(markup(page.texts.not_priced), style.VALUE)]
        content += [Paragraph(markup(page.figures.unpriced or ""), style.TEXT)]
        yield panel(content, page.width, colour=style.WARNING_PANEL, edge=style.WARNING)
    else:
        yield panel([*_month(page, monthly)], page.width)
    yield gap(12)
    yield side_by_side([*_tiles(page, monthly)], page.width)
    if monthly and monthly.warnings:
        yield gap(12)
        content = [Paragraph(f"<b>{markup(page.texts.good_to_know)}</b>", style.TEXT)]
        content += [Paragraph(markup(terms.warning(each, page.language)), style.TEXT) for each in monthly.warnings]
        yield panel(content, page.width, colour=style.WARNING_PANEL, edge=style.WARNING)


def _month(page: Page, monthly: MonthlyEstimate) -> Iterator[Flowable]:
    texts, numbers, figures = page.texts, page.numbers, page.figures
    inner = page.width - _PANEL_PADDING
    yield Paragraph(markup(texts.monthly_cost), style.LABEL)
    yield _headline(numbers.usd(monthly.expected_usd), inner)
    yield gap(4)
    if monthly.confidence is not None:
        low, high = numbers.usd(monthly.low_usd), numbers.usd(monthly.high_usd)
        scale = interval(monthly.low_usd, monthly.expected_usd, monthly.high_usd, (low, high), inner)
        words = texts.interval_alt.format(low=low, high=high, expected=numbers.usd(monthly.expected_usd))
        yield Described(scale, words)
        yield Paragraph(markup(texts.interval_says.format(low=low, high=high)), style.QUIET_TEXT)
    if figures.previous is None:
        yield Paragraph(markup(texts.first_report), style.QUIET_TEXT)
    else:
        change = numbers.change(monthly.expected_usd, figures.previous.expected_usd)
        said = texts.since_last_on.format(change=change, day=numbers.day(figures.previous.generated_at))
        yield Paragraph(f"<b>{markup(said)}</b>", style.TEXT)
    if figures.recording.budget_usd is not None:
        yield from _budget(page, monthly.expected_usd, figures.recording.budget_usd, inner)


def _headline(text: str, width: float) -> Paragraph:
    """As large as it fits in one line."""
    at_one = stringWidth(text, BOLD, 1)
    size = max(_SMALLEST, min(_LARGEST, int(width / at_one)))
    look = ParagraphStyle("headline", style.TEXT, fontName=BOLD, fontSize=size, leading=size * 1.2)
    return Paragraph(markup(text), look)


def _budget(page: Page, expected: Decimal, budget: Decimal, width: float) -> Iterator[Flowable]:
    texts, numbers = page.texts, page.numbers
    is_over = expected > budget
    share = numbers.percent(expected / budget * 100)
    said = (
        texts.over_budget.format(over=numbers.usd(expected - budget), budget=numbers.usd(budget))
        if is_over
        else texts.within_budget.format(share=share, budget=numbers.usd(budget))
    )
    yield gap(4)
    yield Described(small_bar(expected, budget, style.WARNING if is_over else style.ACCENT, width), share)
    yield Paragraph(markup(said), style.QUIET_TEXT)


def _tiles(page: Page, monthly: MonthlyEstimate | None) -> Iterator[list[Flowable]]:
    texts, numbers, seen = page.texts, page.numbers, page.figures.metrics.summary
    logs = seen.total_requests
    yield _tile(texts.logs, numbers.count(logs), numbers.size(seen.size_bytes))
    if monthly is not None and monthly.usage.logs:
        per_thousand = monthly.expected_usd / monthly.usage.logs * 1000
        expected = f"{numbers.short(Decimal(round(monthly.usage.logs)))} {texts.per_month}"
        yield _tile(texts.per_thousand, numbers.usd(per_thousand), expected)
    else:
        yield _tile(texts.per_thousand, "–", "")
    yield _tile(texts.duplicates, _share(page, seen.duplicates, logs), numbers.count(seen.duplicates))
    yield _tile(texts.with_pii, _share(page, seen.pii_violations, logs), numbers.count(seen.pii_violations))


def _share(page: Page, part: int, whole: int) -> str:
    return page.numbers.percent(Decimal(part) / whole * 100) if whole else "–"


def _tile(label: str, value: str, below: str) -> list[Flowable]:
    return [
        Paragraph(markup(label), style.LABEL),
        Paragraph(markup(value), style.VALUE),
        Paragraph(markup(below), style.LABEL),
    ]
