"""A body that begins with a bracket: an array, several, or lines of text. Nothing of it goes without a word."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.ingest.dialects import own
from functions.ingest.models import Decoded
from shared.mockupaws.errors import PayloadTooLargeError
from tests.unit.ingest.framings import FRAMINGS
from tests.unit.ingest.requests import dialect, messages, request


def decode(body: bytes | str) -> Decoded:
    return own.decode(request(), body.encode() if isinstance(body, str) else body)


_LARGE = "[" + ",".join(json.dumps({"message": f"{i:0>250}"}) for i in range(5_000)) + "]"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('[{"message":"a"}]\n[{"message":"b"}]', ["a", "b"]),
        ('[{"message":"a"}]\n[{"message":"b"}]\n', ["a", "b"]),
        ('[{"message":"a"}][{"message":"b"},{"message":"c"}]', ["a", "b", "c"]),
        ('[{"message":"a"}] {"message":"b"}\r\n["c"]', ["a", "b", "c"]),
        ('[]\n{"message":"a"}', ["a"]),
        ('[\n {"message":"a"}\n]\n\n[\n {"message":"b"}\n]\n', ["a", "b"]),
        ('["a","b"]\n' * 1_000, ["a", "b"] * 1_000),
        ('["GET", "/x"] 200\n' * 1_000, ['["GET", "/x"] 200'] * 1_000),
        ('[{"id":1}] saved\nline two', ['[{"id":1}] saved', "line two"]),
        ("[] GET /x\nline two", ["[] GET /x", "line two"]),
        ('["a"]["b"] x\ny', ['["a"]["b"] x', "y"]),
        ('["a","b"]\nline two', ['["a","b"]', "line two"]),
        ('["a" b\nline two', ['["a" b', "line two"]),
        ('[{"message":"a"}]\n["b"] c\n[1] d', ["a", '["b"] c', "[1] d"]),
        ('[\n"a"\n] b\nc', ["[", '"a"', "] b", "c"]),
    ],
)
def test_what_follows_an_array_says_what_it_was(body: str, expected: list[str]) -> None:
    decoded = decode(body)
    assert messages(decoded) == expected
    assert decoded.unreadable == []


@pytest.mark.parametrize(
    ("after", "expected", "refused"),
    [
        ("\n" + '{"message":"z"}\n' * 500, ["z"] * 500, 0),
        (_LARGE, [f"{i:0>250}" for i in range(5_000)], 0),
        ("\nline two", ["line two"], 0),
        (" saved\nline two", ["line two"], 1),
    ],
)
def test_what_follows_a_large_array_is_taken(after: str, expected: list[str], refused: int) -> None:
    decoded = decode(_LARGE + after)
    assert len(_LARGE) > 1_200_000
    assert messages(decoded)[5_000:] == expected
    assert len(decoded.unreadable) == refused


def test_a_damaged_array_among_arrays_costs_its_line() -> None:
    decoded = decode('[{"message":"a"}]\n[{"message":b}]\n[{"message":"c"}]')
    assert messages(decoded) == ["a", "c"]
    assert [(part.position, part.text) for part in decoded.unreadable] == [(1, '[{"message":b}]')]


@pytest.mark.parametrize("body", [b"[]" * 3_000_000, b"[]\n" * 3_000_000, b"[\n" * 3_000_000, b'["a"' * 1_000_000])
def test_any_number_of_brackets_costs_little(body: bytes) -> None:
    with pytest.raises(PayloadTooLargeError):
        decode(body)


@pytest.mark.parametrize("name", ["HEC", "Firehose, one record"])
def test_other_doors_read_several_arrays_too(name: str) -> None:
    framing = FRAMINGS[name]
    arrays = [b"[" + framing.log(text) + b"]" for text in (b"one", b"two")]
    assert messages(framing.decode([b"\n".join(arrays)])) == ["one", "two"]


_FORMS: tuple[Callable[[str], str], ...] = (
    '[{{"message":"{}"}}]'.format,
    '["{}"]'.format,
    '[ "{0}" , {{"log":"{0}"}} ]\n'.format,
    '[\n{{"message":"{}"}}\n]'.format,
    '{{"message":"{}"}}'.format,
    "{}".format,
    "[{}] x".format,
    '["a"] {}'.format,
    '[{{"message":"{}"'.format,
    '{{"message":{}}}'.format,
    "] {}".format,
    '["{}",'.format,
    '"{}"'.format,
    lambda _: "[]",
)
_PARTS = st.lists(st.tuples(st.sampled_from(_FORMS), st.sampled_from(["\n", "", " ", "\r\n"])), min_size=1, max_size=8)


@given(parts=_PARTS, large=st.sampled_from(["", "", "", _LARGE, _LARGE + "\n"]))
def test_each_part_is_in_a_log_or_something_was_rejected(
    parts: list[tuple[Callable[[str], str], str]], large: str
) -> None:
    names = [f"log-{number}." for number in range(len(parts))]
    body = large + "".join(form(name) + joint for (form, joint), name in zip(parts, names, strict=True))
    decoded = dialect("").decode(request(), body.encode())
    taken = "\n".join(messages(decoded))
    if not decoded.unreadable:
        for (form, _), name in zip(parts, names, strict=True):
            assert name in taken or name not in form(name)


# Whatever stands before it, a bare word at the end of a line makes it text; between braces it may still hold objects.
_LINES = st.lists(st.text('[]",:a1 \\', max_size=12).map("{} x".format), min_size=1, max_size=6)


@given(_LINES)
def test_lines_of_text_are_as_many_logs(lines: list[str]) -> None:
    decoded = decode("\n".join(lines))
    assert messages(decoded) == lines
    assert decoded.unreadable == []
