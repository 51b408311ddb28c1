"""What may be in a message, by one pass of RE2 over its bytes: kinds of personal data and words for a severity.

Nearly all lines hold none or few of them, so that what is slower runs seldom: this pass costs a microsecond a line.
"""

from typing import NamedTuple

from shared.mockupaws.contracts.traffic import Level
from shared.mockupaws.profiling.levels import WORDS
from shared.mockupaws.profiling.linear import search_all
from shared.mockupaws.profiling.pii import escapes
from shared.mockupaws.profiling.pii.kind import Kind
from shared.mockupaws.profiling.pii.kinds import KINDS


class Signals(NamedTuple):
    """What a message may hold.

    Attributes:
        kinds: of personal data, in the order of `KINDS`.
        levels: of which a word stands somewhere in the text.
        escaped: whether there are escapes, behind which kinds may be that `kinds` doesn't name.
    """

    kinds: tuple[Kind, ...]
    levels: tuple[Level, ...]
    escaped: bool


_matching = search_all((*(kind.trigger for kind in KINDS), *WORDS.values(), escapes.TRIGGER))
_ESCAPED = len(KINDS) + len(WORDS)
_NONE = Signals((), (), escaped=False)
_KEPT = 1024  # combinations: ordinary logs have some dozens, hostile ones may have any
_seen: dict[tuple[int, ...], Signals] = {}


def signals(data: bytes) -> Signals:
    """What a text may hold, by its UTF-8 bytes."""
    indexes = _matching(data)
    if indexes is None:
        return _NONE
    key = tuple(indexes)
    known = _seen.get(key)
    if known is None:
        ordered = sorted(indexes)
        kinds = len(KINDS)
        known = Signals(
            tuple(KINDS[index] for index in ordered if index < kinds),
            tuple(level for index, level in enumerate(WORDS, kinds) if index in indexes),
            _ESCAPED in key,
        )
        if len(_seen) < _KEPT:
            _seen[key] = known
    return known
