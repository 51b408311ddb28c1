"""What every part of a report has at hand: its figures, its words and the width it may fill."""

from dataclasses import dataclass

from functions.render_report.models import Figures
from functions.render_report.numbers import Numbers
from functions.render_report.texts import Texts
from shared.mockupaws.contracts.reports import Language


@dataclass(frozen=True, slots=True)
class Page:
    """A report that is being laid out.

    Attributes:
        figures: what it says.
        texts: in which words.
        numbers: in which formats.
        width: between the margins, points.
    """

    figures: Figures
    texts: Texts
    numbers: Numbers
    width: float

    @property
    def language(self) -> Language:
        """The report's language."""
        return self.figures.options.language
