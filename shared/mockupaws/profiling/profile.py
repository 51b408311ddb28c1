import hashlib
from typing import NamedTuple

from shared.mockupaws.contracts.blocks import sqs_blocks
from shared.mockupaws.contracts.traffic import Level
from shared.mockupaws.profiling import tokens
from shared.mockupaws.profiling.colours import uncoloured
from shared.mockupaws.profiling.levels import HEAD, level_of, normalize_level
from shared.mockupaws.profiling.pii.scan import examine
from shared.mockupaws.profiling.signals import Signals, signals
from shared.mockupaws.profiling.unicode import utf8

PREVIEW_CHARACTERS = 500


class Profile(NamedTuple):
    """What is kept of a message: nothing that its masked preview doesn't say.

    Attributes:
        message_hash: SHA-256 of the message's UTF-8 bytes.
        preview: the first 500 characters of the masked message.
        size_bytes: UTF-8 bytes of the message as it came.
        tokens: `cl100k_base` tokens of it.
        redacted_tokens: the same of the masked message.
        sqs_blocks: 64 KiB billing units of the message alone.
        level: its severity.
        pii: how many values of each kind it holds; addresses (`ipv4`, `ipv6`) are counted too.
        has_pii: whether it holds personal data, addresses only where the scenario takes them for such.
    """

    message_hash: bytes
    preview: str
    size_bytes: int
    tokens: int
    redacted_tokens: int
    sqs_blocks: int
    level: Level
    pii: dict[str, int]
    has_pii: bool


class Profiler:
    """Turns messages into profiles. Cheap to make; the vocabulary is loaded once a process, at the first message."""

    def __init__(self, *, mask_ip: bool = False) -> None:
        """Make one.

        Args:
            mask_ip: whether IP addresses are personal data, set `has_pii` and are masked (`pii.ip_addresses`).
        """
        self._mask_ip = mask_ip

    def profile(self, message: str, level: str | int | None = None) -> Profile:
        """The profile of a message.

        Args:
            message: the text as it came.
            level: its severity where the sender gave one beside the message; else it is read from the text.
        """
        message, data = utf8(message)
        signalled = signals(data)
        count = redacted = tokens.count(message, data)
        masked = message
        found: dict[str, int] = {}
        if signalled.kinds or signalled.escaped:
            found, masked = examine(message, signalled, mask_ip=self._mask_ip)
            if masked is not message:
                redacted = tokens.count_tokens(masked)
        named = normalize_level(level) if level is not None else "unknown"
        return Profile(
            hashlib.sha256(data).digest(),
            _preview(masked),
            len(data),
            count,
            redacted,
            sqs_blocks(len(data)),
            _level(message, signalled) if named == "unknown" else named,
            found,
            masked is not message,
        )


def _preview(masked: str) -> str:
    preview = masked[:PREVIEW_CHARACTERS]
    # PostgreSQL's text holds no NUL
    return preview.replace("\0", "\N{REPLACEMENT CHARACTER}") if "\0" in preview else preview


def detect_level(text: str) -> Level:
    """The level that a line says itself, `unknown` where it says none (`levels.level_of` says how it is read)."""
    return _level(text, signals(utf8(text)[1]))


def _level(text: str, signalled: Signals) -> Level:
    if signalled.escaped:
        head = text[:HEAD]
        plain = uncoloured(head)
        if len(plain) < len(head):
            return level_of(plain, signals(utf8(plain)[1]).levels)
    return level_of(text, signalled.levels)
