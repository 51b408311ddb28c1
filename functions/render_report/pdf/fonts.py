"""The typeface, embedded in every PDF: Source Sans, whose figures all have one width."""

from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase.pdfmetrics import registerFont  # pyright: ignore[reportUnknownVariableType] - the stubs
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "SourceSans"
BOLD = "SourceSans-Semibold"
_FILES = {REGULAR: "SourceSansPro-Regular.ttf", BOLD: "SourceSansPro-Semibold.ttf"}
_MISSING = "□"


class FontError(RuntimeError):
    """The fonts are not there: the render layer is missing."""


@cache
def register() -> frozenset[int]:
    """Makes the fonts known to reportlab, once a container.

    Returns:
        The characters that they have.

    Raises:
        FontError: they aren't installed.
    """
    spec = find_spec("font_source_sans_pro")
    if spec is None or spec.origin is None:
        raise FontError("font-source-sans-pro is not installed: make install, or the render layer")
    fonts = [TTFont(name, str(Path(spec.origin).parent / "files" / file)) for name, file in _FILES.items()]
    for font in fonts:
        registerFont(font)
    for bold in (0, 1):
        for italic in (0, 1):
            addMapping(REGULAR, bold, italic, BOLD if bold else REGULAR)
    return frozenset[int].intersection(*(frozenset[int](font.face.charToGlyph) for font in fonts))


def printable(text: str) -> str:
    """A text in one line, of characters that the font has; another one is a box, so that its place is seen."""
    known = register()
    line = " ".join(text.split())
    return "".join(char if ord(char) in known else _MISSING for char in line if char.isprintable())


def markup(text: str) -> str:
    """The same for a paragraph, in which nothing of it is markup."""
    return escape(printable(text), quote=False)
