"""Zips that are the same byte for byte whenever their content is."""

import hashlib
import os
import zipfile
from collections.abc import Iterable
from pathlib import Path

# Zip knows no earlier time.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def contents(folder: Path) -> list[Path]:
    """List the files below a folder, in a fixed order."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def files(folder: Path) -> list[Path]:
    """List the files below a folder that are written by somebody, in a fixed order."""
    return [path for path in contents(folder) if "__pycache__" not in path.parts]


def digest(root: Path, paths: Iterable[Path], *salt: str) -> str:
    """Name a set of files by their content and their names below a root, and by what else their use depends on."""
    sha = hashlib.sha256()
    for text in salt:
        sha.update(f"{len(text)} {text}".encode())
    for path in paths:
        data = path.read_bytes()
        sha.update(f"{path.relative_to(root)} {len(data)} ".encode() + data)
    return sha.hexdigest()[:16]


def zip_files(target: Path, root: Path, paths: Iterable[Path]) -> None:
    """Write files into a zip, under their names below a root.

    Args:
        target: the zip; replaced in one step.
        root: what the names are relative to.
        paths: the files.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f"{target.name}.{os.getpid()}")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in paths:
            entry = zipfile.ZipInfo(str(path.relative_to(root)), _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # Lambda runs as another user than the one who builds, whose umask may keep others out.
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    partial.replace(target)
