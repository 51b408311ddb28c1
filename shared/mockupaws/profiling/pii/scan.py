from collections.abc import Iterable
from typing import NamedTuple, TypedDict

from shared.mockupaws.contracts.traffic import ADDRESSES
from shared.mockupaws.profiling.pii.escapes import places, undone
from shared.mockupaws.profiling.pii.kind import Kind, Span
from shared.mockupaws.profiling.pii.network import IPV4, count_ipv4
from shared.mockupaws.profiling.signals import Signals, signals
from shared.mockupaws.profiling.unicode import utf8

_ONLY_IPV4 = (IPV4,)


class Found(NamedTuple):
    """A value of a kind.

    Attributes:
        start: where it begins in the text.
        end: where it ends.
        kind: what it is.
        value: the characters there, with escapes undone.
    """

    start: int
    end: int
    kind: Kind
    value: str


class Detection(TypedDict):
    """What `detect_pii` says of a text."""

    has_pii: bool
    pii_types: list[str]
    total_matches: int


def find(text: str, signalled: Signals | None = None) -> list[Found]:
    """All personal data in a text, network addresses included, in the order of the text, without overlaps.

    Args:
        text: a message.
        signalled: what may be in it, where the caller knows.
    """
    if signalled is None:
        signalled = signals(utf8(text)[1])
    if not signalled.escaped:
        return _find(text, text, signalled.kinds)
    plain = undone(text)
    return _find(text, plain, signals(utf8(plain)[1]).kinds)


def _find(text: str, plain: str, kinds: Iterable[Kind]) -> list[Found]:
    values: list[Found] = []
    spans: list[Span] = []
    rest = plain
    for kind in kinds:
        if spans:
            rest = _blank(rest, spans)
        spans = _spans(kind, rest)
        values += [Found(start, end, kind, plain[start:end]) for start, end in spans]
    values.sort()  # no two begin at one place
    if not values or plain is text:
        return values
    ends = iter(places(text, [position for value in values for position in value[:2]]))
    return [Found(next(ends), next(ends), value.kind, value.value) for value in values]


def _spans(kind: Kind, text: str) -> list[Span]:
    spans: list[Span] = []
    position = 0
    while (match := kind.pattern.search(text, position)) is not None:
        span = kind.locate(match)
        if span is None:
            position = match.start() + 1  # what was no value may hide the start of one
        else:
            spans.append(span)
            position = span[1]
    return spans


def _blank(text: str, spans: list[Span]) -> str:
    """The text without the values, at its length, so that no later kind claims their characters."""
    pieces: list[str] = []
    position = 0
    for start, end in spans:
        pieces += (text[position:start], "\0" * (end - start))
        position = end
    pieces.append(text[position:])
    return "".join(pieces)


def _masked(text: str, found: list[Found], *, mask_ip: bool) -> str:
    """The text with the found values masked.

    What is left of a value (a card's last four digits) can form one with its neighbours, so masking is repeated until
    nothing is found: a masked text holds no personal data, and masking it again changes nothing.
    """
    while values := [each for each in found if mask_ip or each.kind.name not in ADDRESSES]:
        pieces: list[str] = []
        position = 0
        for start, end, kind, value in values:
            pieces += (text[position:start], kind.mask(value))
            position = end
        pieces.append(text[position:])
        text = "".join(pieces)
        found = find(text)
    return text


def examine(text: str, signalled: Signals, *, mask_ip: bool) -> tuple[dict[str, int], str]:
    """How many values of each kind a text holds, and the text with them masked.

    Args:
        text: a message.
        signalled: what may be in it.
        mask_ip: whether addresses are masked too; they are counted either way.

    Returns:
        The counts by the kinds' names, and the masked text: the same object where nothing was masked.
    """
    if signalled.kinds == _ONLY_IPV4 and not signalled.escaped and not mask_ip:
        # Every second line of some logs: no need to know where.
        count = count_ipv4(text)
        return ({IPV4.name: count} if count else {}), text
    found = find(text, signalled)
    counts: dict[str, int] = {}
    for value in found:
        counts[value.kind.name] = counts.get(value.kind.name, 0) + 1
    return counts, _masked(text, found, mask_ip=mask_ip) if found else text


def detect_pii(text: str) -> Detection:
    """What personal data a text holds: its kinds and how many values.

    Network addresses are kinds of their own (`ipv4`, `ipv6`) and don't set `has_pii`: a scenario asks for that.
    """
    counts, _ = examine(text, signals(utf8(text)[1]), mask_ip=False)
    return Detection(
        has_pii=not ADDRESSES.issuperset(counts), pii_types=list(counts), total_matches=sum(counts.values())
    )


def mask_pii(text: str, *, mask_ip: bool = False) -> str:
    """The text with its personal data masked, each value in its shape (`j***@***.com`, `**** **** **** 4242`)."""
    return examine(text, signals(utf8(text)[1]), mask_ip=mask_ip)[1]
