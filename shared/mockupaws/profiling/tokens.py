"""How many tokens a text is, as tiktoken counts it, in a third of its time.

riptoken does the counting. It differs from tiktoken only in pieces (a run of letters, of symbols or of white space)
of 500 bytes and more, where it merges in another order: a text that may hold one goes to tiktoken itself.
"""

from collections.abc import Callable
from functools import cache

from shared.mockupaws.profiling.linear import search_all
from shared.mockupaws.profiling.unicode import utf8
from shared.mockupaws.profiling.vocabulary import Encoding, ranks

REFERENCE: Encoding = "cl100k_base"
"""The encoding of every recorded count; a model's calibration factor turns it into the model's own."""

# How each encoding cuts a text into pieces before it merges bytes within them (tiktoken_ext.openai_public).
PATTERNS: dict[Encoding, str] = {
    "cl100k_base": (
        r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+"
        r"|\s++$|\s*[\r\n]|\s+(?!\S)|\s"
    ),
    "o200k_base": (
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
        r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
        r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
    ),
}

_LONG_PIECE_BYTES = 500
# A piece of 500 bytes holds 240 in a row of one class: letters, symbols or white space, bytes past ASCII in any of them
# (a symbol piece ends in line breaks, so its run may be half of it).
_long_run = search_all([rb"[A-Za-z\x80-\xff]{240}|[^A-Za-z0-9\s]{240}|[\s\x80-\xff]{240}"])


@cache
def _fast(encoding: Encoding) -> Callable[[str], list[int]]:
    from riptoken import CoreBPE  # noqa: PLC0415  loads a vocabulary: only for those who count

    return CoreBPE(ranks(encoding), {}, PATTERNS[encoding]).encode_ordinary


@cache
def _exact(encoding: Encoding) -> Callable[[str], list[int]]:
    import tiktoken  # noqa: PLC0415  rarely needed, and as large again

    return tiktoken.Encoding(
        encoding, pat_str=PATTERNS[encoding], mergeable_ranks=ranks(encoding), special_tokens={}
    ).encode_ordinary


def count(text: str, data: bytes, encoding: Encoding = REFERENCE) -> int:
    """`count_tokens` for those who have the text's UTF-8 bytes already."""
    if len(data) < _LONG_PIECE_BYTES or not _long_run(data):
        return len(_fast(encoding)(text))
    return len(_exact(encoding)(text))


def count_tokens(text: str, encoding: Encoding = REFERENCE) -> int:
    """The number of tokens of a text; special tokens in it are text like any other.

    Raises:
        VocabularyError: the encoding's vocabulary isn't on this machine.
    """
    return count(*utf8(text), encoding)
