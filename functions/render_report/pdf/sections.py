"""The parts of a report after its cover figures, each as what is laid out."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from html import escape
from math import ceil
from urllib.parse import urlsplit

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph, Table

from functions.render_report import terms
from functions.render_report.pdf import style
from functions.render_report.pdf.assumptions import assumptions
from functions.render_report.pdf.blocks import Column, Described, Heading, beginning, gap, pairs, table
from functions.render_report.pdf.charts import Bars, bar_chart, fewer, share_bar, small_bar
from functions.render_report.pdf.fonts import markup
from functions.render_report.pdf.page import Page
from shared.mockupaws.contracts.estimates import Line, Saving, VariantEstimate
from shared.mockupaws.contracts.metrics import Metrics
from shared.mockupaws.contracts.prices import SERVICES
from shared.mockupaws.contracts.reports import SECTIONS, Section
from shared.mockupaws.contracts.traffic import ADDRESSES

_CHART_HEIGHT = 150.0
_BAR_WIDTH = 60.0
# What a heading and its sentence take, with the space around them.
_HEADING_ROOM = 64.0


def sections(page: Page) -> Iterator[Flowable]:
    """The parts that were asked for, in their order."""
    parts = {
        "breakdown": breakdown,
        "timeseries": timeseries,
        "drivers": drivers,
        "what_if": what_if,
        "savings": savings,
        "pii": pii,
        "assumptions": design,
        "prices": prices,
    }
    wanted: list[Section] = [name for name in SECTIONS if name in parts and page.figures.options.shows(name)]
    for name in wanted:
        yield from parts[name](page)
    yield from reproduce(page)


def breakdown(page: Page) -> Iterator[Flowable]:
    """What each service costs a month."""
    texts, numbers, monthly = page.texts, page.numbers, page.figures.monthly
    if monthly is None:
        return
    costs = {each.service: each.cost_usd for each in monthly.services}
    seen = {share.service: share.cost_usd for share in page.figures.metrics.cost_breakdown}
    rows = [
        [
            Paragraph(f'<font color="{style.SERVICE_COLOURS[name].hexval().replace("0x", "#")}">■</font> '
                      f"{markup(style.SERVICE_NAMES[name])}", style.CELL),
            numbers.usd(costs.get(name, Decimal(0))),
            _percent(page, costs.get(name, Decimal(0)), monthly.total_usd),
            numbers.usd(seen.get(name, Decimal(0))),
        ]
        for name in SERVICES
    ]  # fmt: skip
    rows.append([texts.total, numbers.usd(monthly.total_usd), _percent(page, monthly.total_usd, monthly.total_usd),
                 numbers.usd(page.figures.metrics.summary.total_cost_usd)])  # fmt: skip
    columns = [
        Column(texts.service, 0.4), Column(texts.month, 0.22, is_number=True),
        Column(texts.share, 0.13, is_number=True), Column(texts.observed_cost, 0.25, is_number=True),
    ]  # fmt: skip
    bar = share_bar([(costs.get(name, Decimal(0)), style.SERVICE_COLOURS[name]) for name in SERVICES], page.width)
    said = ", ".join(
        f"{style.SERVICE_NAMES[name]} {_percent(page, costs.get(name, Decimal(0)), monthly.total_usd)}"
        for name in SERVICES
    )
    yield KeepTogether([
        Heading(texts.breakdown), Paragraph(markup(texts.breakdown_says), style.QUIET_TEXT), gap(6),
        Described(bar, said), gap(6),
        table(columns, rows, page.width, has_total=True),
    ])  # fmt: skip


def timeseries(page: Page) -> Iterator[Flowable]:
    """Cost and logs over time."""
    texts, numbers, metrics = page.texts, page.numbers, page.figures.metrics
    if metrics.from_ is None or metrics.to is None:
        yield KeepTogether([Heading(texts.timeseries), Paragraph(markup(texts.no_traffic), style.TEXT)])
        return
    costs: dict[datetime, dict[str, Decimal]] = defaultdict(dict)
    logs: dict[datetime, Decimal] = {}
    for point in metrics.timeseries:
        if point.metric_name == "cost":
            costs[point.timestamp][point.metric_type] = Decimal(point.value)
        elif point.metric_name == "logs":
            logs[point.timestamp] = Decimal(point.value)
    times = _times(metrics, metrics.from_, metrics.to)
    begin = times[0]
    colours = [style.SERVICE_COLOURS[name] for name in SERVICES]
    money = fewer(
        begin, metrics.interval_seconds, [[costs[at].get(n, Decimal(0)) for n in SERVICES] for at in times], colours
    )
    volume = fewer(begin, metrics.interval_seconds, [[logs.get(at, Decimal(0))] for at in times], [style.ACCENT])
    each = texts.each.format(duration=numbers.duration(money.seconds))
    cost_chart = bar_chart(money, page.width, _CHART_HEIGHT, numbers.usd, numbers.short_day)
    logs_chart = bar_chart(volume, page.width, _CHART_HEIGHT * 0.7, numbers.short, numbers.short_day)
    yield KeepTogether([
        Heading(texts.timeseries),
        Paragraph(f"<b>{markup(texts.cost_over_time)}</b> · {markup(each)}", style.QUIET_TEXT),
        _legend(), gap(4), Described(cost_chart, _said(page, texts.cost_over_time, money, numbers.usd)),
    ])  # fmt: skip
    yield gap(8)
    yield KeepTogether([
        Paragraph(f"<b>{markup(texts.logs_over_time)}</b> · {markup(each)}", style.QUIET_TEXT),
        gap(4), Described(logs_chart, _said(page, texts.logs_over_time, volume, numbers.count)),
    ])  # fmt: skip


def _times(metrics: Metrics, begin: datetime, end: datetime) -> list[datetime]:
    """The beginnings of all the buckets between two times, also of those in which nothing came."""
    step = timedelta(seconds=metrics.interval_seconds)
    seen = [point.timestamp for point in metrics.timeseries] or [begin]
    first = min(seen)
    first -= max(0, (first - begin) // step) * step
    return [first + number * step for number in range(max(1, ceil((max(end, max(seen) + step) - first) / step)))]


def drivers(page: Page) -> Iterator[Flowable]:
    """The lines of the bill, the dearest first."""
    texts, numbers, monthly = page.texts, page.numbers, page.figures.monthly
    if monthly is None or not _lines(page):
        return
    lines = sorted(_lines(page), key=lambda line: line.cost_usd, reverse=True)
    rows = [
        [
            f"{style.SERVICE_NAMES[line.service]} · {terms.line(line, page.language)}",
            f"{numbers.count(line.quantity)} {terms.unit(line, page.language)}",
            numbers.price(line.unit_price),
            numbers.usd(line.cost_usd),
            Described(
                small_bar(line.cost_usd, monthly.total_usd, style.SERVICE_COLOURS[line.service], _BAR_WIDTH),
                _percent(page, line.cost_usd, monthly.total_usd),
            ),
        ]
        for line in lines
    ]
    columns = [
        Column(texts.what, 0.36), Column(texts.quantity, 0.21, is_number=True),
        Column(texts.unit_price, 0.17, is_number=True), Column(texts.cost, 0.13, is_number=True),
        Column(texts.share, 0.13),
    ]  # fmt: skip
    yield from _titled(page, texts.drivers, texts.drivers_says, table(columns, rows, page.width))


def what_if(page: Page) -> Iterator[Flowable]:
    """Other designs, the cheapest first."""
    texts, numbers, monthly = page.texts, page.numbers, page.figures.monthly
    if monthly is None or not (page.figures.variants or page.figures.left_out):
        return
    rows = [
        [
            _design(page, variant),
            variant.region,
            numbers.usd(variant.monthly.expected_usd),
            numbers.change(variant.monthly.expected_usd, monthly.expected_usd),
        ]
        for variant in sorted(page.figures.variants, key=lambda each: each.monthly.expected_usd)
    ]
    columns = [
        Column(texts.design, 0.42), Column(texts.region, 0.16), Column(texts.month, 0.17, is_number=True),
        Column(texts.change, 0.25, is_number=True),
    ]  # fmt: skip
    body = table(columns, rows, page.width) if rows else None
    yield from _titled(page, texts.what_if, texts.what_if_says, body)
    if page.figures.left_out:
        yield from _left_out(page)


def _left_out(page: Page) -> Iterator[Flowable]:
    """The designs that were asked for and can't be in the table, each with why."""
    texts = page.texts
    whys = {"not_built": texts.not_built, "not_priced": texts.not_sold}
    yield CondPageBreak(_HEADING_ROOM)
    yield gap(4)
    yield Paragraph(f"<b>{markup(texts.left_out)}</b>", style.TEXT)
    yield pairs([(each.name, f"{whys[each.why]} {each.detail}") for each in page.figures.left_out], page.width)


def savings(page: Page) -> Iterator[Flowable]:
    """What could be saved, the most first."""
    texts, numbers, found = page.texts, page.numbers, page.figures.savings
    if found is None:
        return
    if not found.changes:
        yield from _titled(page, texts.savings, texts.no_savings)
        return
    rows = [
        [
            _change(page, each), numbers.usd(each.monthly_usd), numbers.usd(each.saving_usd),
            numbers.percent(each.saving_percent),
        ]
        for each in found.changes
    ]  # fmt: skip
    columns = [
        Column(texts.change, 0.52), Column(texts.month, 0.18, is_number=True),
        Column(texts.saving, 0.18, is_number=True), Column("%", 0.12, is_number=True),
    ]  # fmt: skip
    yield from _titled(page, texts.savings, texts.savings_says, table(columns, rows, page.width))
    said = texts.all_steps.format(monthly=numbers.usd(found.monthly_usd), saving=numbers.usd(found.saving_usd))
    yield gap(4)
    yield Paragraph(f"<b>{markup(said)}</b>", style.TEXT)


def pii(page: Page) -> Iterator[Flowable]:
    """How much personal data there was, and how much came twice."""
    texts, numbers, seen = page.texts, page.numbers, page.figures.metrics.summary
    total = seen.total_requests
    says = texts.pii_says.format(
        logs=numbers.count(seen.pii_violations), total=numbers.count(total),
        share=_percent(page, Decimal(seen.pii_violations), Decimal(total)),
    )  # fmt: skip
    twice = texts.duplicates_say.format(
        duplicates=numbers.count(seen.duplicates), total=numbers.count(total),
        share=_percent(page, Decimal(seen.duplicates), Decimal(total)),
    )  # fmt: skip
    yield from _titled(page, texts.pii, says if total else texts.no_traffic)
    if not total:
        return
    yield Paragraph(markup(twice), style.QUIET_TEXT)
    found = sorted(seen.by_pii_type.items(), key=lambda each: -each[1])
    apart = [] if page.figures.recording.ip_addresses else [each for each in found if each[0] in ADDRESSES]
    kinds = [each for each in found if each not in apart]
    if kinds:
        rows = [[terms.pii_kind(kind, page.language), numbers.count(findings)] for kind, findings in kinds]
        yield gap(4)
        yield table([Column(texts.kind, 0.7), Column(texts.findings, 0.3, is_number=True)], rows, page.width * 0.6)
    else:
        yield Paragraph(markup(texts.no_pii), style.TEXT)
    if apart:
        said = ", ".join(f"{terms.pii_kind(kind, page.language)} {numbers.count(findings)}" for kind, findings in apart)
        yield gap(4)
        yield Paragraph(f"<b>{markup(texts.addresses)}</b>: {markup(said)}", style.TEXT)
    if seen.by_level:
        logs = seen.by_level.items()
        levels = ", ".join(f"{terms.level(name, page.language)} {numbers.count(count)}" for name, count in logs)
        yield gap(4)
        yield Paragraph(f"<b>{markup(texts.levels)}</b>: {markup(levels)}", style.TEXT)


def design(page: Page) -> Iterator[Flowable]:
    """The design that was priced, and how the month follows from what was recorded."""
    yield KeepTogether([Heading(page.texts.assumptions), gap(2), pairs([*assumptions(page)], page.width)])


def prices(page: Page) -> Iterator[Flowable]:
    """Where each price comes from, and since when it holds."""
    texts, numbers = page.texts, page.numbers
    if not _lines(page):
        return
    confirmed, unconfirmed = texts.confirmed, texts.unconfirmed
    found = {(line.service, line.item, line.tier, line.from_quantity): line for line in _lines(page)}
    rows = [
        [
            f"{style.SERVICE_NAMES[line.service]} · {terms.line(line, page.language)} ({_tier(line)})",
            f"{numbers.price(abs(line.list_price))} / {terms.price_unit(line.list_unit, page.language)}",
            numbers.day(datetime.combine(line.price_date, datetime.min.time())),
            Paragraph(f"{_source(line)} ({markup(confirmed if line.verified else unconfirmed)})", style.CELL),
        ]
        for line in found.values()
    ]
    columns = [
        Column(texts.what, 0.31), Column(texts.list_price, 0.23), Column(texts.valid_from, 0.13),
        Column(texts.source, 0.33),
    ]  # fmt: skip
    yield from _titled(page, texts.prices, texts.prices_say, table(columns, rows, page.width))


def reproduce(page: Page) -> Iterator[Flowable]:
    """What leads to these figures again."""
    texts, figures = page.texts, page.figures
    rows = [
        (texts.made_at, f"{page.numbers.minute(figures.made_at)} UTC"),
        (texts.version, f"mockupAWS {figures.version}"),
        (texts.price_hash, figures.price_hash),
        (texts.traffic_hash, figures.traffic_hash),
        (texts.command, f"GET /api/v1/scenarios/{figures.recording.id}/estimate?prices_on={figures.made_at:%Y-%m-%d}"),
    ]
    yield KeepTogether([
        Heading(texts.reproduce), Paragraph(markup(texts.reproduce_says), style.QUIET_TEXT), gap(4),
        pairs(rows, page.width),
    ])  # fmt: skip


def _titled(page: Page, title: str, says: str | None, body: Table | None = None) -> Iterator[Flowable]:
    """A heading that doesn't stand alone at the foot of a page, and a table where there is one."""
    yield CondPageBreak(_HEADING_ROOM + (beginning(body, page.width) if body else 0))
    yield Heading(title)
    if says is not None:
        yield Paragraph(markup(says), style.QUIET_TEXT)
        yield gap(4)
    if body is not None:
        yield body


def _said(page: Page, what: str, bars: Bars, value_label: Callable[[Decimal], str]) -> str:
    """A chart in words."""
    sums = [sum(stack, Decimal(0)) for stack in bars.stacks]
    return page.texts.bars_alt.format(
        what=what,
        bars=len(sums),
        duration=page.numbers.duration(bars.seconds),
        begin=page.numbers.minute(bars.begin),
        total=value_label(sum(sums, Decimal(0))),
        highest=value_label(max(sums)),
    )


def _tier(line: Line) -> str:
    return line.tier.replace("_", " ") if line.service == "bedrock" else line.tier


def _source(line: Line) -> str:
    """Where a price comes from: whose page it is, which leads to the page itself."""
    source = line.price_source or ""
    host = urlsplit(source).hostname if source.startswith("https://") else None
    if host is None:
        return markup(source or "–")
    return f'<link href="{escape(source)}" color="{style.ACCENT.hexval().replace("0x", "#")}">{markup(host)}</link>'


def _legend() -> Paragraph:
    marks = [
        f'<font color="{style.SERVICE_COLOURS[name].hexval().replace("0x", "#")}">■</font> '
        f"{markup(style.SERVICE_NAMES[name])}"
        for name in SERVICES
    ]
    return Paragraph("&nbsp;&nbsp;&nbsp;".join(marks), style.QUIET_TEXT)


def _change(page: Page, of: Saving) -> Flowable:
    description, consequence = terms.saving(of, page.language)
    return Paragraph(f"{markup(description)}<br/><font color='#5b6676'>{markup(consequence)}</font>", style.CELL)


def _design(page: Page, variant: VariantEstimate) -> str:
    """A variant's name; those that a report thinks of have a code or say what differs (alternatives.py)."""
    if page.figures.options.variants:
        return variant.name
    return {"no_model": page.texts.no_model, variant.region: page.texts.same_design}.get(variant.name, variant.name)


def _lines(page: Page) -> list[Line]:
    services = page.figures.monthly.services if page.figures.monthly else ()
    return [line for service in services for line in service.lines]


def _percent(page: Page, part: Decimal, whole: Decimal) -> str:
    return page.numbers.percent(part / whole * 100) if whole else "–"
