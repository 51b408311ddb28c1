"""What a spreadsheet is given to show, in Python and in PostgreSQL, which do the same."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql

from functions.render_report.cells import safe
from functions.render_report.store import SAFE, safe_cell
from shared.mockupaws.db import Rows

_UNSEEN = "\u200b\ufeff\u00a0\u2003\u3000\u00ad\u202e\u007f\u0001"
_LETTERS = f";|,\t\n\r\u2028 \"'=+-@%\uff1d\uff0b(!#\uff08x1{_UNSEEN}"
_TEXTS = st.text(st.sampled_from(_LETTERS) | st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        (" \t-1", "' \t-1"),
        ("\u200b=1", "'\u200b=1"),
        ("\ufeff\u00a0@SUM(A1)", "'\ufeff\u00a0@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("x;=cmd|'/C calc'!A0", "x;'=cmd|'/C calc'!A0"),
        ("x; \"=cmd|'/C calc'!A0", "x; \"'=cmd|'/C calc'!A0"),
        ("x;\u200b+cmd|'/C calc'!A0", "x;\u200b'+cmd|'/C calc'!A0"),
        ("a\t@SUM(A1)|=1,=2\n=3\r\n=4", "a\t'@SUM(A1)|'=1,'=2\n'=3\r\n'=4"),
        ("a;\uff1d1", "a;'\uff1d1"),
        ("a;-SUM(A1)", "a;'-SUM(A1)"),
        ("a;+'file:///etc/passwd'#$passwd.A1", "a;'+'file:///etc/passwd'#$passwd.A1"),
        ("retry 3, -1 left (timeout)", "retry 3, '-1 left (timeout)"),
    ],
)
def test_what_would_run_is_text(text: str, cell: str) -> None:
    assert safe(text) == cell


@pytest.mark.parametrize(
    "text",
    [
        "a, -b",
        "retry 3, -1 left",
        "x=1; y=2, z=-3",
        "GET /a?b=c&d=@e|f HTTP/1.1",
        "2026-10-01T00:00:00+00:00 INFO main - started, +5 ms",
        'say "hi", there',
        "first\n- second\n- third",
        "user@example.com; other@example.com",
        "x == y || y != z, total: 100%",
        "'=1",
        "",
    ],
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert safe(text) == text


@given(_TEXTS)
def test_no_part_of_a_cell_is_a_formula_however_it_is_parted(text: str) -> None:
    cell = safe(text)
    for number, part in enumerate(re.split(r"[;|,\t\n\r\u2028]", cell)):
        # A quote that is a text's first letter is doubled, and so stays its first letter.
        begin = part.lstrip(f' {_UNSEEN}"' if number else f" {_UNSEEN}")[:1]
        assert begin not in {"=", "@", "\uff1d"}
        assert begin not in {"+", "-", "\uff0b"} or not re.search("[(!#\uff08]", part)
    assert cell.replace("'", "") == text.replace("'", "")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(_TEXTS, min_size=1, max_size=50))
def test_the_database_makes_the_same_cells(connection: Rows, texts: list[str]) -> None:
    statement = sql.SQL(
        "SELECT {} FROM unnest(%(texts)s::text[]) WITH ORDINALITY AS given (text, number) ORDER BY number"
    )
    cells = connection.execute(statement.format(safe_cell("text")), {**SAFE, "texts": texts}).fetchall()
    assert [cell for (cell,) in cells] == [safe(text) for text in texts]
