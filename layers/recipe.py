"""Lambda layers from hashed locks: uv picks wheels for any platform, so Docker is not needed, nor that platform.

A built layer stands in build/layers under a name that tells its content, so that the next synth finds it at once.
"""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from layers.alone import alone
from layers.archive import contents, digest, files, zip_files
from layers.roots import amazon_roots
from layers.vocabulary import ROOT, materialise

BUILT = ROOT / "build" / "layers"
# Where Lambda unpacks layers, and where in the common one are the vocabularies and the roots.
OPT = Path("/opt")
VOCABULARY = "tiktoken"
ROOTS = "amazon-roots.pem"


class Platform(Enum):
    """Whose wheels, in uv's words: Lambda's, or those of the machine that builds."""

    LAMBDA = ("--python-platform", "aarch64-manylinux_2_28", "--python-version", "3.14")
    HERE = ("--python-version", ".".join(map(str, sys.version_info[:2])))


@dataclass(frozen=True)
class Recipe:
    """What goes into a layer.

    Attributes:
        name: the lock's name in requirements/, and the layer's.
        without: distributions of the lock that stay out.
        ours: whether it carries the project's own shared code, the vocabularies, and whom functions believe.
    """

    name: str
    without: frozenset[str]
    ours: bool = False


@dataclass(frozen=True)
class Layer:
    """A layer that is built: its content as a folder and as a zip, and the digest that names both."""

    folder: Path
    archive: Path
    digest: str


def build(recipe: Recipe, platform: Platform) -> Layer:
    """Build a layer, or find it built.

    Args:
        recipe: what goes in.
        platform: for which machine.

    Raises:
        subprocess.CalledProcessError: uv found no wheel for the platform, or a hash differs; it has said which.
    """
    lock = _wanted(recipe)
    source = [Path(__file__), *(_shared() if recipe.ours else [])]
    roots = amazon_roots() if recipe.ours else ""
    name = digest(ROOT, source, recipe.name, *platform.value, *lock, roots)
    layer = Layer(
        folder=BUILT / f"{recipe.name}-{platform.name.lower()}-{name}",
        archive=BUILT / f"{recipe.name}-{platform.name.lower()}-{name}.zip",
        digest=name,
    )
    with alone(BUILT / "lock"):
        if layer.archive.exists():
            return layer
        shutil.rmtree(layer.folder, ignore_errors=True)
        _install(lock, platform, layer.folder / "python")
        if recipe.ours:
            for path in _shared():
                target = layer.folder / "python" / path.relative_to(ROOT)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
            materialise(layer.folder / VOCABULARY)
            (layer.folder / ROOTS).write_text(roots)
        _prune(layer.folder)
        if platform is Platform.HERE:
            _compile(layer.folder)
        zip_files(layer.archive, layer.folder, contents(layer.folder))
    return layer


def _compile(folder: Path) -> None:
    """Puts bytecode beside the sources: the emulator unpacks a layer anew for each process, which else compiles it."""
    how = ["-q", "-j", "0", "--invalidation-mode", "unchecked-hash", "-s", str(folder), "-p", str(OPT)]
    subprocess.run([sys.executable, "-m", "compileall", *how, str(folder / "python")], check=True)


def _locked(name: str) -> dict[str, str]:
    """What a lock says of each distribution it names: its version, its hashes and for whom it is."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    stanzas = re.split(r"(?m)^(?=[a-z0-9])", text)[1:]
    return {re.split(r"[=\[]", stanza, maxsplit=1)[0]: stanza for stanza in stanzas}


def _wanted(recipe: Recipe) -> list[str]:
    return [stanza for name, stanza in _locked(recipe.name).items() if name not in recipe.without]


def _shared() -> list[Path]:
    return [ROOT / "shared" / "__init__.py", *files(ROOT / "shared" / "mockupaws")]


def _install(lock: list[str], platform: Platform, target: Path) -> None:
    target.mkdir(parents=True)
    requirements = target.parent / "requirements.txt"
    requirements.write_text("".join(lock))
    uv = shutil.which("uv") or str(ROOT / ".tools" / "bin" / "uv")
    how = ["--no-deps", "--only-binary", ":all:", "--require-hashes", "--no-config", "--quiet"]
    subprocess.run(
        [uv, "pip", "install", *how, *platform.value, "--target", str(target), "-r", str(requirements)], check=True
    )
    requirements.unlink()


# Lambda's runtime has boto3's family. tiktoken asks for requests only to download what the layer carries.
_LEFT_OUT = frozenset(
    {"boto3", "botocore", "s3transfer", "requests", "certifi", "charset-normalizer", "idna", "urllib3"}
)

COMMON = Recipe("common", without=_LEFT_OUT, ours=True)
MIGRATE = Recipe("migrate", without=_LEFT_OUT | _locked("common").keys())
RENDER = Recipe("render", without=_LEFT_OUT | _locked("common").keys())

# What never runs: stubs, sources, and uv's notes on what it installed.
_PRUNED_FILES = (".lock", "*.c", "*.h", "*.otf", "*.pyi", "*.pyx", "INSTALLER", "RECORD", "REQUESTED", "WHEEL")


def _prune(folder: Path) -> None:
    for path in [folder / "python" / "bin", *folder.rglob("tests"), *folder.rglob("testdata")]:
        shutil.rmtree(path, ignore_errors=True)
    for pattern in _PRUNED_FILES:
        for path in folder.rglob(pattern):
            path.unlink()
