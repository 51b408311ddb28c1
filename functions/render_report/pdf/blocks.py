"""What pages are built of: headings that the outline knows, tables whose cells wrap, and panels."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import Color
from reportlab.platypus import Flowable, Paragraph, Spacer, Table, TableStyle

from functions.render_report.pdf import style
from functions.render_report.pdf.fonts import markup

# Rows that a page's end doesn't part.
_TOGETHER = 3


class Heading(Paragraph):
    """A section's title, which is also in the document's outline."""

    def __init__(self, title: str) -> None:
        super().__init__(markup(title), style.HEADING)
        self._title = title
        self.keepWithNext = 1

    def draw(self) -> None:
        """Draws it, and notes where it is."""
        key = f"section-{self._title}"
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(self._title, key, 0)
        super().draw()


class Described(Flowable):
    """A drawing with what it shows in words, for those who have the page read to them.

    The words stand at the drawing as its alternate description (ISO 32000, 14.9.3).
    """

    def __init__(self, drawing: Drawing, words: str) -> None:
        super().__init__()
        self._drawing = drawing
        self._words = words

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 - reportlab's names
        """As large as the drawing."""
        return self._drawing.wrap(aW, aH)

    def draw(self) -> None:
        """Draws it between the marks of its description."""
        said = self._words.encode("utf-16-be").hex().upper()
        code: list[str] = self.canv._code  # noqa: SLF001 # pyright: ignore - a canvas has no method for marks
        code.append(f"/Span <</Alt <FEFF{said}>>> BDC")
        self._drawing.drawOn(self.canv, 0, 0)
        code.append("EMC")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        title: its head.
        share: its part of the width; the shares of a table add up to 1.
        is_number: whether it is set to the right.
    """

    title: str
    share: float
    is_number: bool = False


Cell = str | Flowable


def table(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], width: float, *, has_total: bool = False) -> Table:
    """A table that may go on on the next page, under its head again.

    Args:
        columns: from left to right.
        rows: a text for each column, or something to draw.
        width: of the whole, points.
        has_total: whether the last row is the sum of the others.
    """
    head = [Paragraph(markup(c.title), style.NUMBER_HEAD if c.is_number else style.HEAD) for c in columns]
    body: list[list[Flowable]] = []
    for number, row in enumerate(rows):
        is_total = has_total and number == len(rows) - 1
        body.append([_cell(cell, column, is_total=is_total) for cell, column in zip(row, columns, strict=True)])
    look = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, style.QUIET),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, style.RULE),
        # No row stands alone under its head, before a page's end or after it.
        ("NOSPLIT", (0, 0), (0, min(_TOGETHER, len(rows)))),
        ("NOSPLIT", (0, max(0, len(rows) - _TOGETHER + 1)), (0, -1)),
    ]
    if has_total:
        look += [("LINEABOVE", (0, -1), (-1, -1), 0.8, style.QUIET)]
    made = Table([head, *body], colWidths=[width * c.share for c in columns], repeatRows=1, hAlign="LEFT")
    made.setStyle(TableStyle(look))
    return made


def beginning(of: Table, width: float) -> float:
    """How high a table's head and the rows that stay with it are, points."""
    of.wrap(width, 0)
    heights = cast("list[float]", of._rowHeights)  # noqa: SLF001 # pyright: ignore - reportlab tells nobody else
    return sum(heights[: _TOGETHER + 1])


def pairs(rows: Sequence[tuple[str, str]], width: float) -> Table:
    """Names and what they are."""
    cells = [[Paragraph(markup(name), style.LABEL), Paragraph(markup(value), style.CELL)] for name, value in rows]
    made = Table(cells, colWidths=[width * 0.22, width * 0.78], hAlign="LEFT")
    made.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (0, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
                ("LINEBELOW", (0, 0), (-1, -2), 0.4, style.RULE),
            ]
        )
    )
    return made


def panel(
    content: Sequence[Flowable], width: float, *, colour: Color = style.PANEL, edge: Color | None = None
) -> Table:
    """Things on a coloured ground, one below the other, with an edge on the left if one is given."""
    made = Table([[item] for item in content], colWidths=[width], hAlign="LEFT")
    look = [
        ("BACKGROUND", (0, 0), (-1, -1), colour),
        ("LEFTPADDING", (0, 0), (-1, -1), 14),
        ("RIGHTPADDING", (0, 0), (-1, -1), 14),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ("TOPPADDING", (0, 0), (-1, 0), 11),
        ("BOTTOMPADDING", (0, -1), (-1, -1), 12),
    ]
    made.setStyle(TableStyle(look))
    if edge is not None:
        made.setStyle(TableStyle([("LINEBEFORE", (0, 0), (0, -1), 3, edge)]))
    return made


def side_by_side(content: Sequence[Sequence[Flowable]], width: float) -> Table:
    """Columns of the same width."""
    made = Table([list(content)], colWidths=[width / len(content)] * len(content), hAlign="LEFT")
    made.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (0, -1), 0),
                ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
                ("LINEBEFORE", (1, 0), (-1, -1), 0.6, style.RULE),
                ("LEFTPADDING", (1, 0), (-1, -1), 12),
            ]
        )
    )
    return made


def gap(points: float) -> Spacer:
    """Nothing, so high."""
    return Spacer(1, points)


def _cell(cell: Cell, column: Column, *, is_total: bool) -> Flowable:
    if isinstance(cell, Flowable):
        return cell
    if is_total:
        return Paragraph(markup(cell), style.NUMBER_TOTAL if column.is_number else style.TOTAL)
    return Paragraph(markup(cell), style.NUMBER if column.is_number else style.CELL)
