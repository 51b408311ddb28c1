"""tiktoken's vocabularies, read from a folder. Nothing here downloads: a missing file is an error that says so."""

import binascii
import hashlib
import os
from pathlib import Path
from typing import Literal, get_args

Encoding = Literal["cl100k_base", "o200k_base"]
ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)

# tiktoken_ext.openai_public's own digests; tests hold these and the patterns in tokens.py equal to it.
SHA256: dict[Encoding, str] = {
    "cl100k_base": "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
    "o200k_base": "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
}
_CHECKOUT = Path(__file__).parents[3] / "build" / "vocabulary"  # where `make install` puts them


class VocabularyError(RuntimeError):
    """A vocabulary is missing or is not the one its name means."""


def path_of(encoding: Encoding) -> Path:
    """Where an encoding's vocabulary is: in TIKTOKEN_CACHE_DIR, under the name that tiktoken itself looks for."""
    # tiktoken's variable, read as tiktoken reads it; settings.py lies above this package.
    folder = os.environ.get("TIKTOKEN_CACHE_DIR")  # noqa: TID251
    address = f"https://openaipublic.blob.core.windows.net/encodings/{encoding}.tiktoken"
    return Path(folder or _CHECKOUT) / hashlib.sha1(address.encode(), usedforsecurity=False).hexdigest()


def ranks(encoding: Encoding) -> dict[bytes, int]:
    """The tokens of an encoding and their merge ranks.

    Raises:
        VocabularyError: the file is missing, or its SHA-256 is not the expected one.
    """
    path = path_of(encoding)
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise VocabularyError(f"{encoding} is not at {path}: run `make install`, or set TIKTOKEN_CACHE_DIR") from error
    if hashlib.sha256(data).hexdigest() != SHA256[encoding]:
        raise VocabularyError(f"{path} is not {encoding}: remove it and run `make install`")
    fields = data.split()
    # A hundred thousand of them: base64's own function looks at each twice before it calls this one.
    return dict(zip(map(binascii.a2b_base64, fields[::2]), map(int, fields[1::2]), strict=True))
