"""msgpack, told from text in older encodings whose first byte may be the same, and refused once where it ends."""

import re
from typing import Any

import msgpack as untyped_msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.ingest.dialects import own
from functions.ingest.models import Decoded
from tests.unit.ingest.requests import messages, request

msgpack: Any = untyped_msgpack
_CARD = "4242 4242 4242 4242"


def decode(body: bytes) -> Decoded:
    return own.decode(request(), body)


def packed(*values: Any) -> bytes:
    return b"".join(map(msgpack.packb, values))


_TEXTS = [
    "€50 paid with " + _CARD,
    "„Guten Tag“, sagte sie, „wie geht\u2019s?“",
    "“quoted” text",
    "\u2018a\u2019 and \u2019s",
    "Š and Ž",
    "\u2019s€",
    "€",
    "€€€",
    "…and so on",
]
_LATIN = ["Über den Wolken", "Ý, Þ and ß", "Ümit, card " + _CARD, "ß", "Ü"]


@pytest.mark.parametrize(
    "body", [*(text.encode("cp1252") for text in _TEXTS), *(text.encode("latin-1") for text in _LATIN)]
)
def test_text_of_older_encodings_is_lines(body: bytes) -> None:
    decoded = decode(body + b"\nline two\n" * 600)
    assert messages(decoded) == [body.decode("utf-8", "replace"), *["line two"] * 600]
    assert decoded.unreadable == []


@pytest.mark.parametrize("begin", [b"\x81\xa0", b"\x81\xa1x", b"\x91\x81\xa1x"])
def test_what_happens_to_read_as_a_record_is_text_if_text_follows(begin: bytes) -> None:
    """Maps of one field, whose value is the space: in Latin-1 a no-break space, or an inverted exclamation mark."""
    assert messages(decode(begin + b" said\nline two"))[-1] == "line two"


@given(
    first=st.sampled_from([*range(0x80, 0xA0), *range(0xDC, 0xE0)]),
    text=st.text(st.characters(codec="latin-1", exclude_characters="\n\r"), max_size=60),
)
def test_no_first_byte_makes_msgpack_of_text(first: int, text: str) -> None:
    body = bytes([first]) + text.encode("latin-1") + b" said\nline two"
    assert messages(decode(body))[-1] == "line two"


_A, _B = {"message": "a"}, {"message": "b"}
_STAMP = msgpack.ExtType(0, (1_732_270_272).to_bytes(4, "big") + bytes(4))


@pytest.mark.parametrize(
    "body",
    [
        packed([1_732_270_272, _A], [1_732_270_272, _B]),
        packed([_STAMP, _A], [_STAMP, _B]),
        packed([[_STAMP, {}], _A], [[_STAMP, {}], _B]),
        packed([[_STAMP, _A], [_STAMP, _B]]),
        packed([[[_STAMP, {}], _A], [[_STAMP, {}], _B]]),
        packed(["app.log", [[_STAMP, _A], [_STAMP, _B]]]),
        packed(["app.log", [[_STAMP, _A], [_STAMP, _B]], {"size": 2, "chunk": "p8n9gm"}]),
        packed(["app.log", [[_STAMP, _A]]], ["app.log", [[_STAMP, _B]], {}]),
        packed(["app.log", _STAMP, _A], ["app.log", _STAMP, _B, {}]),
        packed([_A], [_B]),
    ],
    ids=range(10),
)
def test_the_framings_of_fluent_bit_and_fluentd(body: bytes) -> None:
    decoded = decode(body)
    assert messages(decoded) == ["a", "b"]
    assert decoded.unreadable == []


@pytest.mark.parametrize(
    "behind",
    [b"\x01\x02\x03" * 500, packed("text") * 500, packed([1, 2]) * 500, packed([1, 2, 3]), b"\xc1", packed(_A)[:-1]],
    ids=["numbers", "texts", "pairs", "list", "never used", "cut"],
)
def test_what_is_no_record_ends_the_msgpack_and_is_refused_once(behind: bytes) -> None:
    decoded = decode(packed(_A) + behind)
    assert messages(decoded) == ["a"]
    (refused,) = decoded.unreadable
    assert refused.error.endswith("what follows can't be told apart")
    assert not re.match(r"[\[\d]", refused.text)


def test_a_sample_of_damaged_msgpack_is_long_enough_to_be_masked() -> None:
    record = {"log": "x" * 180 + " " + _CARD + " " + "y" * 3_000}
    (refused,) = decode(packed(_A, record)[:-1]).unreadable
    assert _CARD in refused.text
