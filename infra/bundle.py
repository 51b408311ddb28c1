"""A function's zip: its own folder, under the path that tests import it by, and nothing else."""

from pathlib import Path

from layers.archive import digest, files, zip_files
from layers.vocabulary import ROOT

_BUILT = ROOT / "build" / "functions"


def bundle(name: str) -> Path:
    """Zip functions/<name>/, or find it zipped.

    Args:
        name: the function's folder.

    Returns:
        The zip, named by its content.
    """
    paths = [ROOT / "functions" / "__init__.py", *files(ROOT / "functions" / name)]
    target = _BUILT / f"{name}-{digest(ROOT, paths)}.zip"
    if not target.exists():
        zip_files(target, ROOT, paths)
    return target
