import re
from collections.abc import Callable
from dataclasses import dataclass

from shared.mockupaws.profiling.linear import search_all
from shared.mockupaws.profiling.unicode import utf8

Span = tuple[int, int]

# A number stands alone or is joined to a word (card-4111…, tel.555…, id_4111…); in a longer number, or with a sign, it
# is none. HDFS numbers its blocks at random.
NUMBER_BEGINS = r"(?<![A-Za-z0-9*])(?<![^A-Za-z][.-])(?<!^[.-])(?<!blk_)"
NUMBER_BEGINS_IN_RE2 = rb"(?:^|[^A-Za-z0-9.*_-]|[A-Za-z][.-]|(?:^|[^k]|(?:^|[^l])k|(?:^|[^b])lk)_)"
NUMBER_ENDS = r"(?![A-Za-z0-9])"
_GOES_ON = re.compile(r"[.-]\d")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of personal data.

    Attributes:
        name: as it stands in `pii_types`.
        trigger: an RE2 pattern on UTF-8 bytes that holds wherever `pattern` can match. All kinds' triggers are tried in
            one pass, so that a line without personal data costs about a microsecond.
        pattern: where a value may be. Every pattern is linear: it starts only where a run of its characters starts, or
            its repeats are short and bounded.
        locate: from where to where the value at a match is, None where it is none (check digits, ranges, what stands
            around it).
        mask: the value with its shape kept and its content gone.
    """

    name: str
    trigger: bytes
    pattern: re.Pattern[str]
    locate: Callable[[re.Match[str]], Span | None]
    mask: Callable[[str], str]


def whole(match: re.Match[str]) -> Span:
    """The pattern alone decides."""
    return match.span()


def whole_if(accept: Callable[[re.Match[str]], bool]) -> Callable[[re.Match[str]], Span | None]:
    """The whole match where `accept` says so."""
    return lambda match: match.span() if accept(match) else None


def words_near(words: bytes, *, before: int, after: int = 0) -> Callable[[re.Match[str]], bool]:
    """Whether a word that says what a value is stands near it.

    Args:
        words: an RE2 pattern (Python's own would cost ten times as much per candidate).
        before: characters before the value in which to look.
        after: characters after it.
    """
    search = search_all([words])

    def near(match: re.Match[str]) -> bool:
        start, end = match.span()
        # For RE2 an underscore is a letter: tel_555…
        head = match.string[max(0, start - before) : start].replace("_", " ")
        tail = match.string[end : end + after].replace("_", " ")
        return bool(search(utf8(head)[1]) or (tail and search(utf8(tail)[1])))

    return near


def is_joined(match: re.Match[str]) -> bool:
    """Whether what is before or behind a number makes it look like a part of something longer."""
    start, end = match.span()
    return match.string[max(0, start - 1) : start] in {".", "-"} or _GOES_ON.match(match.string, end) is not None


def keep_last(count: int) -> Callable[[str], str]:
    """A mask that hides letters and digits, all but the last `count` of them, and keeps what stands between them."""

    def mask(value: str) -> str:
        hidden = sum(map(str.isalnum, value)) - count
        masked: list[str] = []
        for char in value:
            if char.isalnum() and hidden > 0:
                hidden -= 1
                masked.append("*")
            else:
                masked.append(char)
        return "".join(masked)

    return mask


def hide(value: str) -> str:
    """A mask of stars, as long as the value."""
    return "*" * len(value)
