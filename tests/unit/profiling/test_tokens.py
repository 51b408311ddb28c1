import random
from pathlib import Path

import pytest
import tiktoken
from hypothesis import given
from hypothesis import strategies as st
from tiktoken_ext import openai_public

from shared.mockupaws.profiling import count_tokens, tokens, vocabulary
from shared.mockupaws.profiling.vocabulary import ENCODINGS, Encoding, VocabularyError
from tests.unit.profiling import hostile, ordinary

REFERENCE = {encoding: tiktoken.get_encoding(encoding) for encoding in ENCODINGS}


def reference(text: str, encoding: Encoding) -> int:
    return len(REFERENCE[encoding].encode_ordinary(text))


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_patterns_are_tiktokens(encoding: Encoding) -> None:
    assert tokens.PATTERNS[encoding] == openai_public.ENCODING_CONSTRUCTORS[encoding]()["pat_str"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_counts_are_tiktokens_on_ordinary_lines(encoding: Encoding) -> None:
    assert all(count_tokens(line, encoding) == reference(line, encoding) for line in ordinary.lines(3000))


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", hostile.NAMES)
def test_counts_are_tiktokens_on_hostile_lines(name: str, encoding: Encoding) -> None:
    for size in (499, 500, 1021, 16_384):
        line = hostile.line(name, size)
        assert count_tokens(line, encoding) == reference(line, encoding)


# Around the size from which the fast counter merges otherwise: runs of each class, with what may start or end a piece.
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    "alphabet", ["abcdefghij", "abcab", "éèçßñ", "日本語中文", "-=_*#!", "—…“”", " \t", "\n\r", "\u3000 \u2003"]
)
def test_counts_are_tiktokens_around_long_pieces(alphabet: str, encoding: Encoding) -> None:
    r = random.Random(11)  # noqa: S311  test data
    width = len(alphabet[0].encode())
    for size in (120, 235, 240, 245, 249, 250, 251, 495, 499, 500, 501, 505, 750, 1200):
        run = "".join(r.choices(alphabet, k=size // width))
        for text in (run, f"12 {run} ab", f" {run}\n", f"x{run}\n\n\n", f"{run}{run}", run + "\n" * 260, f"'{run}'s"):
            assert count_tokens(text, encoding) == reference(text, encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_special_tokens_are_text(encoding: Encoding) -> None:
    assert count_tokens("<|endoftext|>", encoding) == reference("<|endoftext|>", encoding) > 1


@given(st.text(st.characters(codec=None), max_size=700))
def test_any_text_counts_as_tiktoken_counts_it(text: str) -> None:
    assert count_tokens(text) == reference(text, "cl100k_base")


def test_a_missing_vocabulary_is_an_error_and_no_download(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    with pytest.raises(VocabularyError, match="make install"):
        vocabulary.ranks("cl100k_base")


def test_a_wrong_vocabulary_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    vocabulary.path_of("cl100k_base").write_bytes(b"YQ== 0\n")
    with pytest.raises(VocabularyError, match="is not cl100k_base"):
        vocabulary.ranks("cl100k_base")
    assert vocabulary.path_of("cl100k_base").exists()
