"""What a report can be asked for, by a person or by a schedule."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StrictBool, model_validator

from shared.mockupaws.contracts.variants import VariantBody
from shared.mockupaws.contracts.wire import Body, Utc, nothing

ReportFormat = Literal["pdf", "csv"]
ReportState = Literal["pending", "processing", "completed", "failed"]
Language = Literal["en", "it"]
Paper = Literal["a4", "letter"]
Section = Literal[
    "summary", "breakdown", "timeseries", "drivers", "what_if", "savings", "pii", "assumptions", "prices"
]  # fmt: skip
SECTIONS: tuple[Section, ...] = (
    "summary", "breakdown", "timeseries", "drivers", "what_if", "savings", "pii", "assumptions", "prices",
)  # fmt: skip

MOST_VARIANTS = 10

RETENTION_DAYS = 90
"""How long a report is kept: its row is cleared by `retain`, its file by the bucket's lifecycle."""


def _each_once(values: list[Section]) -> list[Section]:
    return [section for section in SECTIONS if section in values]


Sections = Annotated[list[Section], Field(max_length=50), AfterValidator(_each_once)]
"""Parts of a report, in the order in which it has them; none stands for all."""


class ReportOptions(Body):
    """What a report shows, and how.

    Attributes:
        include_logs: also every log with its masked preview (CSV only).
        sections: which parts; none for all of them.
        date_from: the recorded traffic is shown from here on; null for its beginning.
        date_to: up to here; null for its end. The monthly estimate rests on all that was recorded.
        variants: designs for the what-if table; none for those that a report thinks of by itself.
        language: English or Italian.
        paper: the PDF's.
    """

    include_logs: StrictBool = False
    sections: Sections = Field(default_factory=nothing)
    date_from: Utc | None = None
    date_to: Utc | None = None
    variants: Annotated[list[VariantBody], Field(max_length=MOST_VARIANTS)] = Field(default_factory=nothing)
    language: Language = "en"
    paper: Paper = "a4"

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.date_from and self.date_to and self.date_from >= self.date_to:
            raise ValueError("date_from must be before date_to")
        return self

    def shows(self, section: Section) -> bool:
        """Whether a part is in the report."""
        return not self.sections or section in self.sections
