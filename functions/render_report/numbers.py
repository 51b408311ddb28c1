"""Numbers, money and times as people read them, in the report's language. Nothing is rounded away to nothing."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from shared.mockupaws.contracts.reports import Language

_MONTHS: dict[Language, tuple[str, ...]] = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "it": ("gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"),
}
_DIGITS = 3  # of an amount below a dollar
_QUANTITY_DIGITS = 2  # of a quantity that is next to nothing
_CENT = Decimal("0.01")
_STEPS = (("T", 10**12), ("G", 10**9), ("M", 10**6), ("k", 10**3))
_BYTES = (("TB", 10**12), ("GB", 10**9), ("MB", 10**6), ("kB", 10**3))
_MINUS = "−"


class Numbers:
    """Formats of a language."""

    def __init__(self, language: Language) -> None:
        self._language: Language = language

    def usd(self, amount: Decimal) -> str:
        """Dollars: cents from a dollar on, three digits that say something below, whatever zeros precede them."""
        sign = _MINUS if amount < 0 else ""
        text = self._mark(_rounded(abs(amount)))
        return f"{sign}{text} $" if self._language == "it" else f"{sign}${text}"

    def change(self, now: Decimal, before: Decimal) -> str:
        """How an amount changed, in dollars and percent."""
        difference = now - before
        sign = "+" if difference > 0 else ""
        if not before:
            return f"{sign}{self.usd(difference)}"
        return f"{sign}{self.usd(difference)} ({sign}{self.percent(difference / before * 100)})"

    def count(self, number: int | Decimal) -> str:
        """A quantity, whole or to four places, or to two digits that say something where those would be further."""
        exact = Decimal(number)
        step = Decimal("0.0001")
        if exact:
            step = min(step, Decimal(1).scaleb(exact.adjusted() - _QUANTITY_DIGITS + 1))
        places = exact if exact == exact.to_integral() else exact.quantize(step, ROUND_HALF_UP)
        return self._mark(format(places.normalize() if places % 1 else places.quantize(Decimal(1)), "f"))

    def price(self, amount: Decimal) -> str:
        """A price with every digit that it has, and cents at least."""
        text = format(amount.normalize() if amount % _CENT else amount.quantize(_CENT), "f")
        return f"{self._mark(text)} $" if self._language == "it" else f"${self._mark(text)}"

    def short(self, number: Decimal) -> str:
        """A quantity for an axis: 1.5 k, 20 M."""
        for unit, size in _STEPS:
            if abs(number) >= size:
                return f"{self.count(round(number / size, 2))} {unit}"
        return self.count(number)

    def size(self, size: int) -> str:
        """Bytes: 12.3 MB."""
        for unit, step in _BYTES:
            if size >= step:
                return f"{self._mark(str(round(Decimal(size) / step, 1)))} {unit}"
        return f"{self._mark(str(size))} B"

    def percent(self, percentage: Decimal) -> str:
        """A part of 100, to one place; a smaller one isn't nothing."""
        sign, size = (_MINUS if percentage < 0 else ""), abs(percentage)
        if 0 < size < Decimal("0.05"):
            return f"{sign}<{self._mark('0.1')}%"
        return f"{sign}{self._mark(str(size.quantize(Decimal('0.1'), ROUND_HALF_UP)))}%"

    def day(self, at: datetime) -> str:
        """A day: 5 Nov 2026."""
        return f"{at.day} {_MONTHS[self._language][at.month - 1]} {at.year}"

    def short_day(self, at: datetime) -> str:
        """A day on an axis: 5 Nov."""
        return f"{at.day} {_MONTHS[self._language][at.month - 1]}"

    def minute(self, at: datetime) -> str:
        """A minute: 5 Nov 2026, 14:05."""
        return f"{self.day(at)}, {at:%H:%M}"

    def duration(self, seconds: int) -> str:
        """A length of time in its two largest units: 3 d 4 h."""
        days, rest = divmod(seconds, 86_400)
        hours, rest = divmod(rest, 3_600)
        minutes = rest // 60
        day = "g" if self._language == "it" else "d"
        parts = [(days, day), (hours, "h"), (minutes, "min")]
        shown = [f"{number} {unit}" for number, unit in parts if number][:2]
        return " ".join(shown) or "0 min"

    def _mark(self, text: str) -> str:
        """Thousands and decimals set apart, as the language does."""
        whole, _, places = text.partition(".")
        negative, digits = whole.startswith("-"), whole.lstrip("-")
        thousands, decimal = (".", ",") if self._language == "it" else (",", ".")
        grouped = f"{int(digits or 0):,}".replace(",", thousands)
        return f"{_MINUS if negative else ''}{grouped}{decimal + places if places else ''}"


def _rounded(amount: Decimal) -> str:
    if not amount:
        return "0.00"
    if amount >= 1:
        return str(amount.quantize(_CENT, ROUND_HALF_UP))
    # 0.0123456 -> 0.0123; what ends before the cents is filled up to them
    step = Decimal(1).scaleb(amount.adjusted() - _DIGITS + 1)
    text = format(amount.quantize(min(step, _CENT), ROUND_HALF_UP), "f").rstrip("0")
    _, _, places = text.partition(".")
    return text + "0" * max(0, 2 - len(places))


@cache
def numbers(language: Language) -> Numbers:
    """The formats of a language."""
    return Numbers(language)
