"""Charts as vectors."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from math import ceil, floor, log10
from typing import Literal

from reportlab.graphics.shapes import Circle, Drawing, Line, Rect, String
from reportlab.lib.colors import Color, white
from reportlab.pdfbase.pdfmetrics import stringWidth

from functions.render_report.pdf import style
from functions.render_report.pdf.fonts import BOLD, REGULAR

_MOST_BARS = 96
_LABEL_SIZE = 7.5
_LABEL_GAP = 5
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Bars:
    """Stacked bars over time.

    Attributes:
        begin: where the first bar begins.
        seconds: what a bar stands for.
        stacks: the bars' values from left to right, each a value by series, the lowest first.
        colours: of the series.
    """

    begin: datetime
    seconds: int
    stacks: Sequence[Sequence[Decimal]]
    colours: Sequence[Color]


def fewer(begin: datetime, seconds: int, stacks: Sequence[Sequence[Decimal]], colours: Sequence[Color]) -> Bars:
    """Bars that can be told apart on paper: neighbours are added up until there are few enough."""
    together = max(1, ceil(len(stacks) / _MOST_BARS))
    groups = [stacks[start : start + together] for start in range(0, len(stacks), together)]
    summed = [[sum(values, Decimal(0)) for values in zip(*group, strict=True)] for group in groups]
    return Bars(begin, seconds * together, summed, colours)


def bar_chart(
    bars: Bars, width: float, height: float, value_label: Callable[[Decimal], str], day_label: Callable[[datetime], str]
) -> Drawing:
    """Bars with a scale on the left and times below.

    Args:
        bars: at least one.
        width: of the whole, points.
        height: of the whole, points.
        value_label: says a value.
        day_label: says a day.
    """
    top = max((sum(stack, Decimal(0)) for stack in bars.stacks), default=Decimal(0))
    ticks = _ticks(top)
    left = max(stringWidth(value_label(tick), REGULAR, _LABEL_SIZE) for tick in ticks) + _LABEL_GAP
    bottom, ceiling = 16.0, height - 6
    drawing = Drawing(width, height)

    def y(value: Decimal) -> float:
        return bottom + float(value / ticks[-1]) * (ceiling - bottom)

    for tick in ticks:
        drawing.add(Line(left, y(tick), width, y(tick), strokeColor=style.RULE, strokeWidth=0.4))
        label = String(left - _LABEL_GAP, y(tick) - 2.5, value_label(tick), fontName=REGULAR, fontSize=_LABEL_SIZE)
        label.textAnchor, label.fillColor = "end", style.QUIET
        drawing.add(label)
    step = (width - left) / len(bars.stacks)
    gap = min(1.5, step * 0.18)
    # One bar alone isn't a wall.
    thick = min(step - gap, 60.0)
    for number, stack in enumerate(bars.stacks):
        base = Decimal(0)
        x = left + step * number + (step - thick) / 2
        for value, colour in zip(stack, bars.colours, strict=True):
            if value:
                drawing.add(_filled(x, y(base), thick, y(base + value) - y(base), colour))
            base += value
    drawing.add(Line(left, bottom, width, bottom, strokeColor=style.QUIET, strokeWidth=0.8))
    _add_times(drawing, bars, left, width, day_label)
    return drawing


def share_bar(parts: Sequence[tuple[Decimal, Color]], width: float, height: float = 14) -> Drawing:
    """One bar, divided in proportion."""
    drawing = Drawing(width, height)
    whole = sum((part for part, _ in parts), Decimal(0))
    x = 0.0
    for part, colour in parts:
        if part > 0:
            length = float(part / whole) * width
            drawing.add(_filled(x, 0, length, height, colour))
            x += length
    if not whole:
        drawing.add(_filled(0, 0, width, height, style.RULE))
    return drawing


def small_bar(part: Decimal, whole: Decimal, colour: Color, width: float) -> Drawing:
    """How much of the whole a row is."""
    drawing = Drawing(width, 8)
    share = float(part / whole) if whole > 0 and part > 0 else 0.0
    drawing.add(_filled(0, 1, width, 5, style.PANEL))
    drawing.add(_filled(0, 1, width * min(1.0, share), 5, colour))
    return drawing


def interval(low: Decimal, expected: Decimal, high: Decimal, labels: tuple[str, str], width: float) -> Drawing:
    """The likely range, with the expected value in it.

    Args:
        low: its lower end.
        expected: between the two.
        high: its upper end.
        labels: of the ends.
        width: of the whole, points.
    """
    drawing = Drawing(width, 26)
    left, right, y = 4.0, width - 4.0, 18.0
    drawing.add(Line(left, y, right, y, strokeColor=style.ACCENT, strokeWidth=3, strokeLineCap=1))
    share = float((expected - low) / (high - low)) if high > low else 0.5
    at = left + (right - left) * min(1.0, max(0.0, share))
    dot = Circle(at, y, 5)
    dot.fillColor, dot.strokeColor, dot.strokeWidth = white, style.ACCENT, 2.5
    drawing.add(dot)
    ends: tuple[tuple[float, Literal["start", "end"], str], ...] = ((0, "start", labels[0]), (width, "end", labels[1]))
    for x, anchor, label in ends:
        text = String(x, 2, label, fontName=BOLD, fontSize=9)
        text.textAnchor, text.fillColor = anchor, style.INK
        drawing.add(text)
    return drawing


def _filled(x: float, y: float, width: float, height: float, colour: Color) -> Rect:
    """A rectangle without an outline."""
    rect = Rect(x, y, width, height)
    rect.fillColor, rect.strokeColor = colour, None
    return rect


def _ticks(top: Decimal) -> list[Decimal]:
    """From 0 in steps of 1, 2 or 5 times a power of ten to just above the top, four or five of them."""
    if top <= 0:
        return [Decimal(0), Decimal(1)]
    power = Decimal(10) ** floor(log10(top / 4))
    step = next(power * each for each in (1, 2, 5, 10) if power * each * 4 >= top)
    return [step * number for number in range(ceil(top / step) + 1)]


def _add_times(drawing: Drawing, bars: Bars, left: float, width: float, day_label: Callable[[datetime], str]) -> None:
    """Says when bars begin, as often as there is room."""
    step = (width - left) / len(bars.stacks)
    is_long = bars.seconds * len(bars.stacks) > 2 * _DAY
    times = [bars.begin + timedelta(seconds=bars.seconds * number) for number in range(len(bars.stacks))]
    labels = [
        (left + step * number, day_label(at) if is_long else f"{at:%H:%M}")
        for number, at in enumerate(times)
        # Where bars are hours, a day is said at its first.
        if not is_long or number == 0 or at.date() != times[number - 1].date()
    ]
    apart = min((after[0] - before[0] for before, after in pairwise(labels)), default=width)
    needed = max(stringWidth(label, REGULAR, _LABEL_SIZE) for _, label in labels) + 14
    shown = labels[:: max(1, ceil(needed / apart))]
    for x, label in shown:
        if x + stringWidth(label, REGULAR, _LABEL_SIZE) <= width:
            text = String(x, 4, label, fontName=REGULAR, fontSize=_LABEL_SIZE)
            text.fillColor = style.QUIET
            drawing.add(text)
            drawing.add(Line(x, 13, x, 16, strokeColor=style.QUIET, strokeWidth=0.6))
