"""What the layers hold: all of it for one platform, nothing that Lambda has, and no more than a function needs."""

import ssl
import subprocess
import sys
import zipfile
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from layers.archive import contents
from layers.recipe import COMMON, MIGRATE, RENDER, ROOTS, VOCABULARY, Layer, Platform, Recipe, build
from layers.vocabulary import VocabularyError, cache_name, materialise

_AARCH64 = 0xB7
_RECIPES = pytest.mark.parametrize("recipe", [COMMON, MIGRATE, RENDER], ids=lambda recipe: recipe.name)


def _names(layer: Layer) -> set[str]:
    return {path.name for path in (layer.folder / "python").iterdir()}


@_RECIPES
def test_all_that_is_compiled_is_for_lambda(recipe: Recipe) -> None:
    built = [path for path in contents(build(recipe, Platform.LAMBDA).folder) if ".so" in path.suffixes]
    assert built or recipe is MIGRATE
    for path in built:
        assert int.from_bytes(path.read_bytes()[18:20], "little") == _AARCH64, path
        assert "cpython-3" not in path.name or "cpython-314" in path.name


def test_the_common_layer_is_small_and_holds_what_is_ours() -> None:
    layer = build(COMMON, Platform.LAMBDA)
    assert sum(path.stat().st_size for path in contents(layer.folder)) < 60_000_000
    assert (layer.folder / "python" / "shared" / "mockupaws" / "db.py").is_file()
    assert not (layer.folder / "python" / "shared" / "cli").exists()
    assert {path.name for path in (layer.folder / VOCABULARY).iterdir()} == {
        cache_name("cl100k_base"),
        cache_name("o200k_base"),
    }


def test_the_common_layer_says_whom_functions_believe_to_be_the_proxy() -> None:
    with zipfile.ZipFile(build(COMMON, Platform.LAMBDA).archive) as archive:
        believed = ssl.create_default_context(cadata=archive.read(ROOTS).decode()).get_ca_certs()
    named = {root["subject"][-1] for root in believed}
    assert named == {(("commonName", f"Amazon Root CA {number}"),) for number in range(1, 5)}


@_RECIPES
def test_no_layer_holds_what_lambda_has(recipe: Recipe) -> None:
    assert not _names(build(recipe, Platform.LAMBDA)) & {"boto3", "botocore", "s3transfer", "urllib3"}


def test_the_render_layer_is_small_and_holds_only_the_fonts_that_a_pdf_takes() -> None:
    layer = build(RENDER, Platform.LAMBDA)
    assert sum(path.stat().st_size for path in contents(layer.folder)) < 60_000_000
    fonts = {path.suffix for path in (layer.folder / "python" / "font_source_sans_pro" / "files").iterdir()}
    assert ".ttf" in fonts
    assert ".otf" not in fonts


@pytest.mark.parametrize("recipe", [MIGRATE, RENDER], ids=lambda recipe: recipe.name)
def test_the_layers_have_nothing_in_common(recipe: Recipe) -> None:
    assert not _names(build(COMMON, Platform.LAMBDA)) & _names(build(recipe, Platform.LAMBDA))


def test_the_zip_holds_the_folder_and_is_the_same_when_built_again() -> None:
    layer = build(MIGRATE, Platform.HERE)
    with zipfile.ZipFile(layer.archive) as archive:
        assert archive.namelist() == [str(path.relative_to(layer.folder)) for path in contents(layer.folder)]
    before = layer.archive.read_bytes()
    layer.archive.unlink()
    assert build(MIGRATE, Platform.HERE).archive.read_bytes() == before


def test_this_machines_layer_runs_without_the_project(tmp_path: Path) -> None:
    layer = build(COMMON, Platform.HERE)
    code = "import shared.mockupaws.http, tiktoken; print(len(tiktoken.get_encoding('cl100k_base').encode('a b')))"
    environment = {"PYTHONPATH": f"{layer.folder / 'python'}", "TIKTOKEN_CACHE_DIR": str(layer.folder / VOCABULARY)}
    run = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (run.stdout, run.stderr) == ("2\n", "")


def test_this_machines_layer_has_bytecode_that_holds_wherever_it_is_unpacked() -> None:
    python = build(COMMON, Platform.HERE).folder / "python"
    source = python / "shared" / "mockupaws" / "db.py"
    bytecode = Path(cache_from_source(str(source))).read_bytes()
    # PEP 552: by the hash of its source, unchecked, since an unpacked file has the time of its unpacking.
    assert int.from_bytes(bytecode[4:8], "little") == 0b01
    assert b"/opt/python/shared/mockupaws/db.py" in bytecode
    assert not [path for path in contents(build(COMMON, Platform.LAMBDA).folder) if "__pycache__" in path.parts]


def test_a_vocabulary_that_was_tampered_with_is_made_anew(tmp_path: Path) -> None:
    file = materialise(tmp_path) / cache_name("cl100k_base")
    good = file.read_bytes()
    file.write_bytes(b"")
    materialise(tmp_path)
    assert file.read_bytes() == good


def test_a_missing_vocabulary_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(_name: str) -> None: ...

    monkeypatch.setattr("layers.vocabulary.find_spec", nothing)
    with pytest.raises(VocabularyError, match="make install"):
        materialise(tmp_path)
