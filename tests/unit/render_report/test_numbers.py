from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.render_report.numbers import numbers

EN, IT = numbers("en"), numbers("it")


@pytest.mark.parametrize(
    ("amount", "english", "italian"),
    [
        ("0", "$0.00", "0,00 $"),
        ("0.0000001", "$0.0000001", "0,0000001 $"),
        ("0.000123456", "$0.000123", "0,000123 $"),
        ("0.05", "$0.05", "0,05 $"),
        ("0.5", "$0.50", "0,50 $"),
        ("0.9999", "$1.00", "1,00 $"),
        ("12.345", "$12.35", "12,35 $"),
        ("1000000", "$1,000,000.00", "1.000.000,00 $"),
        ("-1234.5", "−$1,234.50", "−1.234,50 $"),  # noqa: RUF001 (a minus sign is meant)
    ],
)
def test_dollars(amount: str, english: str, italian: str) -> None:
    assert EN.usd(Decimal(amount)) == english
    assert IT.usd(Decimal(amount)) == italian


@given(st.decimals(min_value=0, max_value=10**12, allow_nan=False, allow_infinity=False))
def test_what_is_shown_is_within_half_a_percent_or_half_a_cent_and_never_nothing(amount: Decimal) -> None:
    shown = Decimal(EN.usd(amount).replace("$", "").replace(",", ""))
    assert abs(shown - amount) <= max(Decimal("0.005"), amount * Decimal("0.005"))
    assert (shown == 0) == (amount == 0)


def test_changes_have_a_sign() -> None:
    assert EN.change(Decimal(12), Decimal(10)) == "+$2.00 (+20.0%)"
    assert EN.change(Decimal(8), Decimal(10)) == "−$2.00 (−20.0%)"  # noqa: RUF001 (a minus sign is meant)
    assert EN.change(Decimal(8), Decimal(0)) == "+$8.00"
    assert EN.change(Decimal(8), Decimal(8)) == "$0.00 (0.0%)"


def test_quantities() -> None:
    assert (EN.count(1234567), IT.count(1234567)) == ("1,234,567", "1.234.567")
    assert EN.count(Decimal("20616.86034")) == "20,616.8603"
    assert EN.count(Decimal("0.000012345")) == "0.000012"
    assert IT.count(Decimal("0.00004")) == "0,00004"
    assert EN.count(Decimal("0.12345")) == "0.1235"
    assert EN.price(Decimal("0.0000004000")) == "$0.0000004"
    assert [EN.short(Decimal(n)) for n in (0, 1500, 20_000_000)] == ["0", "1.5 k", "20 M"]
    assert [EN.size(n) for n in (0, 999, 123_456_789)] == ["0 B", "999 B", "123.5 MB"]
    assert [EN.percent(Decimal(n)) for n in ("0", "0.01", "99.94")] == ["0.0%", "<0.1%", "99.9%"]


def test_times() -> None:
    at = datetime(2026, 5, 3, 4, 5)  # noqa: DTZ001 (a day as it is shown)
    assert (EN.minute(at), IT.minute(at)) == ("3 May 2026, 04:05", "3 mag 2026, 04:05")
    assert [EN.duration(s) for s in (30, 3600, 273_900)] == ["0 min", "1 h", "3 d 4 h"]
