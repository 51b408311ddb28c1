"""Passwords: which are good enough, and how they are kept.

What is hashed is the password in Unicode's Normalization Form C (RFC 8265's OpaqueString, NIST SP 800-63B-4), so that
`é` is the same password whether a keyboard sends it as one code point or as two, while `①` and `1` stay different.

bcrypt reads 72 bytes and stops at a NUL. It is therefore given HMAC-SHA-384 of the password in base64, 64 characters
without a NUL, always. The HMAC's key is no secret: it keeps these digests apart from the plain SHA-384 ones that other
sites may have lost, which could otherwise be tried here without anyone knowing the passwords.
"""

import base64
import hmac
import unicodedata
from typing import Annotated

import bcrypt
from pydantic import AfterValidator, Field, WithJsonSchema

MIN_CHARACTERS = 8
MAX_CHARACTERS = 128
BCRYPT_COST = 12

_CLASSES = {
    "a lower-case letter (a-z)": frozenset("abcdefghijklmnopqrstuvwxyz"),
    "an upper-case letter (A-Z)": frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "a digit (0-9)": frozenset("0123456789"),
    "one of !@#$%^&*": frozenset("!@#$%^&*"),
}
_PATTERN = r"^(?=[\s\S]*[a-z])(?=[\s\S]*[A-Z])(?=[\s\S]*[0-9])(?=[\s\S]*[!@#$%^&*])"
# Normalizing takes time, so what is normalized is bounded first: NFC makes one character of at most four code points.
_MAX_CODE_POINTS = 4 * MAX_CHARACTERS
_DOMAIN = b"mockupaws password v1"
# Of a password that nobody knows, at BCRYPT_COST; checking against it takes as long as checking against a user's.
_NOBODYS = b"$2b$12$S8.wmVQVbpxezaKjOgJs2O9tNPDCM7mo4nFnvfhUVlzoeTe6/jbou"


def _acceptable(password: str) -> str:
    characters = unicodedata.normalize("NFC", password)
    if not MIN_CHARACTERS <= len(characters) <= MAX_CHARACTERS:
        raise ValueError(f"must have {MIN_CHARACTERS} to {MAX_CHARACTERS} characters")
    missing = [name for name, members in _CLASSES.items() if members.isdisjoint(characters)]
    if missing:
        raise ValueError("must also contain " + ", ".join(missing))
    return password


AnyPassword = Annotated[str, Field(max_length=_MAX_CODE_POINTS, json_schema_extra={"format": "password"})]
"""A password to be checked against a user's, whatever rules it was made under."""

NewPassword = Annotated[
    AnyPassword,
    AfterValidator(_acceptable),
    WithJsonSchema(
        {
            "type": "string",
            "format": "password",
            "minLength": MIN_CHARACTERS,
            "maxLength": MAX_CHARACTERS,
            "pattern": _PATTERN,
            "examples": ["Correct-Horse-7!"],
        }
    ),
]
"""A password to be set: 8 to 128 characters, of a-z, A-Z, 0-9 and !@#$%^&* one each at least."""


def hash_password(password: str) -> str:
    """The password's bcrypt hash, which takes a quarter of a second of a core."""
    return bcrypt.hashpw(_digest(password), bcrypt.gensalt(BCRYPT_COST)).decode()


def check_password(password: str, password_hash: str | None) -> bool:
    """Whether the password is the one that was hashed.

    Args:
        password: what was presented.
        password_hash: what `hash_password` made; None where there is no such user, which takes as long and is False.
    """
    holds = bcrypt.checkpw(_digest(password), password_hash.encode() if password_hash else _NOBODYS)
    return holds and password_hash is not None


def _digest(password: str) -> bytes:
    normal = unicodedata.normalize("NFC", password).encode()
    return base64.b64encode(hmac.digest(_DOMAIN, normal, "sha384"))
