"""RE2 behind two lines of types: regular expressions on bytes, many in one pass, in linear time whatever the input."""

from collections.abc import Callable, Iterable
from typing import Any, cast

import re2

_re2 = cast("Any", re2)  # ships no types


def search_all(patterns: Iterable[bytes]) -> Callable[[bytes], list[int] | None]:
    """A function that says which of the patterns are somewhere in a text, by index; None where none is.

    Args:
        patterns: RE2's syntax, on bytes as they are (no Unicode).
    """
    options = _re2.Options()
    options.encoding = _re2.Options.Encoding.LATIN1
    options.never_capture = True
    options.log_errors = False  # a full cache of states is no error: RE2 goes on, a little slower
    patterns_set = _re2.Set.SearchSet(options)
    for pattern in patterns:
        patterns_set.Add(pattern)
    patterns_set.Compile()
    return cast("Callable[[bytes], list[int] | None]", patterns_set.Match)
