"""A report as PDF: A4 or Letter, fonts embedded, text that can be searched, read aloud and copied."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from functions.render_report.models import Figures
from functions.render_report.numbers import numbers
from functions.render_report.pdf import style
from functions.render_report.pdf.cover import summary, title
from functions.render_report.pdf.fonts import BOLD, REGULAR, printable, register
from functions.render_report.pdf.page import Page
from functions.render_report.pdf.sections import sections
from functions.render_report.texts import Texts, texts

_SMALL = 8.0
_HEADER = 22.0


def write_pdf(figures: Figures) -> bytes:
    """Lays out what was asked for.

    Args:
        figures: what the report says.

    Raises:
        FontError: the fonts are not installed.
    """
    register()
    options = figures.options
    width, height = style.PAGE_SIZES[options.paper]
    said = texts(options.language)
    page = Page(figures, said, numbers(options.language), width - 2 * style.MARGIN)
    file = BytesIO()
    document = BaseDocTemplate(
        file,
        pagesize=(width, height),
        title=printable(f"{said.cost_report}: {figures.recording.name}"),
        author="mockupAWS",
        subject=said.cost_report,
        creator=f"mockupAWS {figures.version}",
        lang=options.language,
        displayDocTitle=True,
    )
    frame = Frame(
        style.MARGIN, style.MARGIN, page.width, height - 2 * style.MARGIN - _HEADER,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    document.addPageTemplates(PageTemplate(frames=[frame]))
    document.build([*_story(page)], canvasmaker=_canvas(page, said, (width, height)))
    return file.getvalue()


def _story(page: Page) -> Iterator[Flowable]:
    yield from title(page)
    if page.figures.options.shows("summary"):
        yield from summary(page)
    yield from sections(page)


def _canvas(page: Page, said: Texts, size: tuple[float, float]) -> type[Canvas]:
    """A canvas that knows how many pages there are before it writes what stands around them."""

    class Counted(Canvas):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._pages: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 - reportlab's name
            self._pages.append(dict(self.__dict__))
            self._startPage()  # pyright: ignore[reportAttributeAccessIssue] - the stubs lack it

        def save(self) -> None:
            for number, state in enumerate(self._pages, start=1):
                self.__dict__.update(state)
                _draw_margins(self, page, said.page_of.format(page=number, pages=len(self._pages)), said, size)
                super().showPage()
            super().save()

    return Counted


def _draw_margins(canvas: Canvas, page: Page, number: str, said: Texts, size: tuple[float, float]) -> None:
    width, height = size
    top, bottom = height - style.MARGIN - 4, style.FOOTER
    canvas.setFont(BOLD, 11)
    canvas.setFillColor(style.ACCENT)
    canvas.drawString(style.MARGIN, top, "mockupAWS")
    canvas.setFont(REGULAR, _SMALL)
    canvas.setFillColor(style.QUIET)
    canvas.drawRightString(width - style.MARGIN, top, f"{said.cost_report} · {page.numbers.day(page.figures.made_at)}")
    canvas.setStrokeColor(style.RULE)
    canvas.setLineWidth(0.6)
    canvas.line(style.MARGIN, top - 7, width - style.MARGIN, top - 7)
    canvas.drawRightString(width - style.MARGIN, bottom, number)
    room = page.width - stringWidth(number, REGULAR, _SMALL) - 24
    canvas.drawString(style.MARGIN, bottom, _fitting(printable(page.figures.recording.name), room))


def _fitting(text: str, width: float) -> str:
    """As much of a text as there is room for."""
    if stringWidth(text, REGULAR, _SMALL) <= width:
        return text
    while text and stringWidth(f"{text}…", REGULAR, _SMALL) > width:
        text = text[:-1]
    return f"{text}…"
