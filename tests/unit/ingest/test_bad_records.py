"""A bad record is nobody else's: it is mended or refused, and the logs beside it are taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.mockupaws.profiling.unicode import utf8
from tests.unit.ingest.framings import FRAMINGS, Framing
from tests.unit.ingest.requests import messages, reply

# What may stand in a JSON string as it is, beside bytes that no UTF-8 text has.
_BYTES = st.lists(
    st.sampled_from([b"a", b" ", b"{", b"caf\xc3\xa9", b"\xe9", b"\xff\xfe", b"\xe2\x82", b"\xed\xa0\x80"])
)
framed = pytest.mark.parametrize("framing", FRAMINGS.values(), ids=FRAMINGS)


def _plain(text: str) -> str:
    return utf8(text)[0].replace("\N{REPLACEMENT CHARACTER}", "")


@framed
@given(texts=st.lists(_BYTES.map(lambda parts: b"m" + b"".join(parts)), min_size=1, max_size=6))
def test_bytes_that_are_no_utf_8_cost_no_log(framing: Framing, texts: list[bytes]) -> None:
    decoded = framing.decode(map(framing.log, texts))
    expected = [text.decode("utf-8", "ignore") for text in texts]
    assert [_plain(message) for message in messages(decoded)][-len(texts) :] == expected
    assert decoded.unreadable == []


def test_what_comes_after_a_bad_byte_is_where_it_was() -> None:
    texts = [b"%d" % number for number in range(1_000)]
    for framing in FRAMINGS.values():
        decoded = framing.decode(map(framing.log, [b"first", b"caf\xe9", *texts]))
        assert messages(decoded)[-1_000:] == [text.decode() for text in texts]


@pytest.mark.parametrize("name", ["_id", "_index"])
@pytest.mark.parametrize("value", [b'"caf\xe9"', rb'"\ud83d"'])
def test_what_an_answer_repeats_is_text(name: str, value: bytes) -> None:
    bulk = FRAMINGS["bulk"]
    body = b'{"create":{"' + name.encode() + b'":' + value + b'}}\n{"message":"a"}\n'
    answer = reply(Framing(bulk.path, bulk.log, b"".join).decode([body]))
    assert isinstance(answer.body, str)
    assert "\N{REPLACEMENT CHARACTER}" in answer.body
    assert answer.body.encode()
