"""API keys: `mk_<8 prefix>_<32 base64url>`. The prefix finds the row, the hash of the whole proves the key."""

import hashlib
import re
import secrets
import string
from typing import NamedTuple

_FORM = re.compile(r"mk_[a-z0-9]{8}_[A-Za-z0-9_-]{32}")
_PREFIX_ALPHABET = string.ascii_lowercase + string.digits


class PresentedKey(NamedTuple):
    """What the database knows of a key that was made, and what it is asked about one that a client sent.

    Attributes:
        prefix: the 8 characters that find it.
        digest: SHA-256 of the whole key.
    """

    prefix: str
    digest: bytes


def generate_key() -> str:
    """A new key with 192 bits of randomness; shown once, never stored."""
    prefix = "".join(secrets.choice(_PREFIX_ALPHABET) for _ in range(8))
    return f"mk_{prefix}_{secrets.token_urlsafe(24)}"


def present(key: str) -> PresentedKey:
    """What is stored of a key."""
    return PresentedKey(key[3:11], hashlib.sha256(key.encode()).digest())


def parse_key(text: str) -> PresentedKey | None:
    """The key in a header's value, or None where it has no key's form."""
    return present(text) if _FORM.fullmatch(text) else None
