"""The templates of every stage, synthesized once a run."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from infra.lint import synthesize
from layers.alone import alone
from tests.databases import run_folder

Resource = dict[str, Any]


@dataclass(frozen=True)
class Template:
    """The resources of one stage, over all its stacks, by logical id."""

    stage: str
    assembly: Path
    resources: Mapping[str, Resource]

    def of(self, *types: str) -> dict[str, Resource]:
        """Give the resources of some types."""
        return {name: it for name, it in self.resources.items() if it["Type"] in types}

    def properties(self, *types: str) -> list[dict[str, Any]]:
        """Give the properties of the resources of some types."""
        return [it["Properties"] for it in self.of(*types).values()]

    def asset(self, key: str) -> Path:
        """Find the file that is published under a key."""
        for manifest in self.assembly.glob("*.assets.json"):
            for asset in json.loads(manifest.read_text())["files"].values():
                if any(place["objectKey"] == key for place in asset["destinations"].values()):
                    return self.assembly / asset["source"]["path"]
        raise LookupError(key)


@pytest.fixture(scope="session")
def assembly() -> Path:
    """Give the folder with the assemblies of all stages."""
    return made_once("cdk.out", synthesize)


def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """Give the folder of an assembly, which whoever needs it first in a run makes."""
    output = run_folder() / name
    with alone(run_folder() / "cdk.lock"):
        if not (output / "manifest.json").exists():
            make(output)
    return output


def template(assembly: Path, stage: str) -> Template:
    """Read one stage."""
    folder = assembly / f"assembly-{stage}"
    resources: dict[str, Resource] = {}
    for file in folder.glob("*.template.json"):
        resources |= json.loads(file.read_text())["Resources"]
    return Template(stage, folder, resources)


@pytest.fixture(params=["local", "dev", "prod"])
def stage(request: pytest.FixtureRequest, assembly: Path) -> Template:
    """Give each stage in turn."""
    return template(assembly, request.param)


@pytest.fixture
def prod(assembly: Path) -> Template:
    return template(assembly, "prod")


@pytest.fixture
def local(assembly: Path) -> Template:
    return template(assembly, "local")
