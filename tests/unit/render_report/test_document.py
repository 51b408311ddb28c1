"""What a manager would see: every page read back, with where each text stands."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from pypdf import PageObject, PdfReader
from reportlab.pdfbase.pdfmetrics import stringWidth

from functions.render_report.pdf.document import write_pdf
from functions.render_report.pdf.fonts import BOLD, REGULAR
from functions.render_report.pdf.style import FOOTER, MARGIN
from functions.render_report.texts import texts
from shared.mockupaws.contracts.pipeline import Assumptions, BedrockDesign, Pipeline, ReduceDesign, SqsDesign
from shared.mockupaws.contracts.reports import SECTIONS
from tests.unit.render_report.made import figures

# A month of one log, and no model: millionths of a dollar.
_TINY = Pipeline(sqs=SqsDesign(empty_receives_per_minute=0), bedrock=BedrockDesign(model_id=None))
_CASES: dict[str, dict[str, Any]] = {
    "usual": {},
    "italian on letter": {"language": "it", "paper": "letter"},
    "one long word": {"name": "x" * 255, "previous": None},
    "long name": {"name": "Everything that the whole company says " * 6},
    "nothing recorded": {"logs": 0},
    "a million dollars": {"logs": 3_000_000_000, "budget": "1000000", "previous": "1000000"},
    "next to nothing": {"logs": 1, "hours": 24 * 30, "pipeline": _TINY, "previous": "0.0000001", "budget": "0.0000001"},
    "two months": {"hours": 24 * 60},
    "many variants": {
        "variants": [
            {
                "name": f"Design {number}: {'what differs, said at length, ' * 6}",
                "pipeline": {"lambda": {"memory_mb": 128 * number}},
            }
            for number in range(1, 11)
        ],
        "language": "it",
    },
    "variants that can't be had": {
        "variants": [
            {"name": "x" * 255, "pipeline": {"sqs": {"queue_type": "fifo", "batch_window_s": 5}}},
            {"name": "A model that is gone", "pipeline": {"bedrock": {"model_id": "acme.reader-v1:0"}}},
        ]
        * 5,
        "language": "it",
    },
    "everything left out": {
        "pipeline": Pipeline(
            sqs=SqsDesign(queue_type="fifo"),
            reduce=ReduceDesign(
                deduplicate=True, sample_rate=Decimal("0.5"), drop_levels=("debug", "trace"), redact_pii=True
            ),
            assumptions=Assumptions(free_tier=True),
        ),
        "language": "it",
    },
    "markup and odd characters": {"name": "<b>&amp; \x07 \u202e日本語 ✨</b> <para>"},
}


@dataclass(frozen=True)
class Piece:
    """A text where it stands on a page, points from the lower left."""

    text: str
    left: float
    right: float
    base: float
    size: float


def _pieces(page: PageObject) -> list[Piece]:
    found: list[Piece] = []

    def visit(text: str, around: list[float], matrix: list[float], font: Any, size: float) -> None:
        shown = text.strip("\n")
        if shown.strip():
            name = BOLD if "Semibold" in str(font and font.get("/BaseFont")) else REGULAR
            left = matrix[4] * around[0] + around[4]
            base = matrix[5] * around[3] + around[5]
            width = stringWidth(shown, name, size)
            if found and (found[-1].left, found[-1].base) == (left, base):
                # The next words of a line, in another font: pypdf says where the line begins.
                before = found.pop()
                shown, width = before.text + shown, width + before.right - before.left
            found.append(Piece(shown, left, left + width, base, size))

    page.extract_text(visitor_text=visit)
    return found


def _read(**case: Any) -> PdfReader:
    return PdfReader(BytesIO(write_pdf(figures(**case))))


def _text(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize("case", _CASES.values(), ids=_CASES.keys())
def test_no_text_is_cut_or_overlaps_another(case: dict[str, Any]) -> None:
    for page in _read(**case).pages:
        pieces = _pieces(page)
        assert pieces
        for piece in pieces:
            assert piece.left >= MARGIN - 1, piece
            assert piece.right <= float(page.mediabox.width) - MARGIN + 1.5, piece
            assert 20 <= piece.base <= float(page.mediabox.height) - MARGIN, piece
        for number, one in enumerate(pieces):
            for other in pieces[number + 1 :]:
                apart = one.right <= other.left + 1 or other.right <= one.left + 1
                assert apart or abs(one.base - other.base) > 0.6 * min(one.size, other.size), (one, other)


@pytest.mark.parametrize("case", _CASES.values(), ids=_CASES.keys())
def test_no_heading_stands_at_the_foot_of_a_page(case: dict[str, Any]) -> None:
    said = texts(case.get("language", "en"))
    heads = (said.drivers_says, said.what_if_says, said.savings_says, said.prices_say, said.breakdown_says)
    for page in _read(**case).pages:
        lowest = min((piece for piece in _pieces(page) if piece.base > FOOTER + 10), key=lambda piece: piece.base)
        assert lowest.size < 14, lowest
        assert not any(lowest.text.strip() and lowest.text.strip() in head for head in heads), lowest


def test_the_cover_says_what_matters() -> None:
    said = _text(_read(budget="2000"))
    for text in (
        "Checkout, production",
        "Expected monthly cost",
        "since the report of 1 Oct 2026",
        "over the budget of",
    ):
        assert text in said
    assert "First report of this scenario" in _text(_read(previous=None))


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_paper(paper: str, size: tuple[int, int]) -> None:
    for page in _read(paper=paper).pages:
        assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == size


def test_fonts_are_embedded_and_the_text_is_said_in_its_language() -> None:
    reader = _read(language="it")
    assert reader.root_object["/Lang"] == "it"
    assert reader.metadata is not None
    assert reader.metadata.title == "Report dei costi: Checkout, production"
    assert any(re.search(r"Log per gravità: .*sconosciuto \d", page.extract_text()) for page in reader.pages)
    fonts: set[str] = set()
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            described = font.get_object()
            if "SourceSans" in described["/BaseFont"]:
                assert "/FontFile2" in described["/FontDescriptor"]
                fonts.add(described["/BaseFont"].partition("+")[2])
    assert len(fonts) == 2
    assert "Che cosa si può risparmiare" in _text(reader)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Bar chart. Logs recorded"), ("it", "Grafico a barre. Log registrati")]
)
def test_charts_are_described_in_words(language: str, words: str) -> None:
    said = [text for page in _read(language=language).pages for text in _descriptions(page)]
    assert any(text.startswith(words) and "1" in text for text in said)
    assert any("Amazon Bedrock 9" in text for text in said)
    assert any("$" in text and "2" in text for text in said[:1])


def _descriptions(page: PageObject) -> list[str]:
    """What stands for drawings, in the order in which they are read."""
    content = page.get_contents()
    assert content is not None
    marks = re.findall(rb"/Span <</Alt <FEFF([0-9A-F]+)>>> BDC", content.get_data())
    assert content.get_data().count(b"BDC") == content.get_data().count(b"EMC") == len(marks)
    return [bytes.fromhex(mark.decode()).decode("utf-16-be") for mark in marks]


def test_no_amount_is_rounded_away() -> None:
    said = _text(_read(**_CASES["next to nothing"]))
    assert "$0.0000001" in said
    assert "budget of $0.0000001" in said
    assert "$1,000,000.00" in _text(_read(**_CASES["a million dollars"]))


@pytest.mark.parametrize(
    ("language", "apart", "kind"),
    [
        ("en", "IP addresses, not counted as personal data in this scenario: IPv4 addresses 400,000", "IPv4 addresses"),
        ("it", "Indirizzi IP, non contati come dati personali in questo scenario: Indirizzi IPv4 400.000", "IPv4"),
    ],
)
def test_addresses_stand_apart_unless_they_are_personal_data(language: str, apart: str, kind: str) -> None:
    assert apart in _text(_read(language=language, sections=["pii"]))
    among = _text(_read(language=language, sections=["pii"], ip_addresses=True))
    assert kind in among
    assert apart not in among


def test_nothing_recorded_is_said() -> None:
    said = _text(_read(logs=0))
    assert "Nothing was recorded in this range of time." in said


def test_a_price_leads_to_its_source() -> None:
    links = [
        annotation.get_object()["/A"]["/URI"]
        for page in _read().pages
        for annotation in page.get("/Annots", [])
        if "/A" in annotation.get_object()
    ]
    assert any(link.startswith("https://pricing.us-east-1.amazonaws.com/") for link in links)


def test_no_row_stands_alone_at_the_head_of_a_page() -> None:
    """A table that goes on has three rows at least on its next page."""
    for variants in range(8, 11):
        case: list[dict[str, Any]] = [{"name": f"Design {number}", "pipeline": {}} for number in range(variants)]
        pages = [page.extract_text() for page in _read(variants=case).pages]
        for number in range(variants):
            assert sum(f"Design {number}" in page for page in pages) == 1
        counts = [sum(f"Design {number}" in page for number in range(variants)) for page in pages]
        assert not {1, 2} & set(counts), counts


def test_sections_are_in_the_outline_and_can_be_chosen() -> None:
    titles: Callable[[PdfReader], list[str]] = lambda reader: [item["/Title"] for item in reader.outline]  # type: ignore[index,misc]  # noqa: E731
    assert titles(_read()) == [
        "Where the money goes", "Over time", "What drives the cost", "What if", "What could be saved",
        "Personal data and duplicates", "Assumptions", "Prices and their sources", "To reproduce these figures",
    ]  # fmt: skip
    assert titles(_read(sections=["savings", "pii"])) == [
        "What could be saved", "Personal data and duplicates", "To reproduce these figures",
    ]  # fmt: skip
    assert len(SECTIONS) == 9


def test_what_if_shows_the_designs_that_were_asked_for() -> None:
    asked = [{"name": "Half of the memory", "pipeline": {"lambda": {"memory_mb": 256}}}]
    said = _text(_read(variants=asked, sections=["what_if"]))
    assert "Half of the memory" in said
    assert "Without a model" not in said


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Asked for, but not in the table:", "What it needs has no price today. No price for model 'acme.")),
        ("it", ("Richiesti, ma non nella tabella:", "Ciò che gli serve oggi non ha un prezzo. No price for model")),
    ],
)
@pytest.mark.parametrize("others", [[], [{"name": "Half of the memory", "pipeline": {"lambda": {"memory_mb": 256}}}]])
def test_what_if_names_the_designs_that_can_not_be_had(language: str, words: tuple[str, ...], others: Any) -> None:
    gone = {"name": "A model that is gone", "pipeline": {"bedrock": {"model_id": "acme.reader-v1:0"}}}
    said = _text(_read(variants=[gone, *others], sections=["what_if"], language=language))
    for text in ("A model that is gone", *words):
        assert text in said
    assert ("Half of the memory" in said) == bool(others)
