"""How a report looks: colours, sizes and kinds of text."""

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from functions.render_report.pdf.fonts import BOLD, REGULAR
from shared.mockupaws.contracts.prices import Service
from shared.mockupaws.contracts.reports import Paper

INK = HexColor("#1b2430")
QUIET = HexColor("#5b6676")
RULE = HexColor("#d5dae1")
PANEL = HexColor("#eef3f6")
ACCENT = HexColor("#0b5c78")
WARNING = HexColor("#b45f06")
WARNING_PANEL = HexColor("#fdf4e7")
# Light, middle and dark: they differ without colour, too.
SERVICE_COLOURS = {"sqs": HexColor("#e3a33b"), "lambda": HexColor("#2e8aa3"), "bedrock": HexColor("#23395d")}
SERVICE_NAMES: dict[Service, str] = {"sqs": "Amazon SQS", "lambda": "AWS Lambda", "bedrock": "Amazon Bedrock"}

PAGE_SIZES: dict[Paper, tuple[float, float]] = {"a4": A4, "letter": LETTER}
MARGIN = 18 * mm
FOOTER = 12 * mm

_TEXT = ParagraphStyle("text", fontName=REGULAR, fontSize=9.5, leading=13, textColor=INK, splitLongWords=1)
TEXT = _TEXT
QUIET_TEXT = ParagraphStyle("quiet", _TEXT, fontSize=8.5, leading=11.5, textColor=QUIET)
TITLE = ParagraphStyle("title", _TEXT, fontName=BOLD, fontSize=22, leading=26, spaceAfter=4)
# For names that would fill half a page.
LONG_TITLE = ParagraphStyle("long title", TITLE, fontSize=13, leading=16)
HEADING = ParagraphStyle("heading", _TEXT, fontName=BOLD, fontSize=14, leading=18, spaceBefore=14, spaceAfter=3)
SUBHEADING = ParagraphStyle("subheading", _TEXT, fontName=BOLD, fontSize=10, leading=13, spaceBefore=8, spaceAfter=2)
LABEL = ParagraphStyle("label", _TEXT, fontSize=8.5, leading=11, textColor=QUIET)
VALUE = ParagraphStyle("value", _TEXT, fontName=BOLD, fontSize=14, leading=18)
CELL = ParagraphStyle("cell", _TEXT, fontSize=8.5, leading=11)
NUMBER = ParagraphStyle("number", CELL, alignment=TA_RIGHT)
HEAD = ParagraphStyle("head", CELL, fontName=BOLD, textColor=QUIET)
NUMBER_HEAD = ParagraphStyle("number head", HEAD, alignment=TA_RIGHT)
TOTAL = ParagraphStyle("total", CELL, fontName=BOLD)
NUMBER_TOTAL = ParagraphStyle("number total", TOTAL, alignment=TA_RIGHT)
