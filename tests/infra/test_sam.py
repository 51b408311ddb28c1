"""What `sam local` runs has what SAM CLI looks for (docs/local-testing.md)."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from infra.catalog import FUNCTIONS, Function, Touch
from infra.sam import OUTPUT
from layers.vocabulary import ROOT
from tests.infra.conftest import Resource, Template, made_once, template

SAM = ROOT / ".tools" / "sam" / "bin" / "sam"

by_function = pytest.mark.parametrize("function", FUNCTIONS, ids=[it.name for it in FUNCTIONS])


@pytest.fixture(scope="session")
def sam() -> Template:
    """Give the stage as it is made for SAM."""

    def make(output: Path) -> None:
        subprocess.run([sys.executable, "-m", "infra.sam"], cwd=ROOT, check=True)
        output.symlink_to(OUTPUT)

    return template(made_once("cdk.sam", make), "local")


def _resource(sam: Template, function: Function) -> Resource:
    name = f"mockupaws-local-{function.name}"
    (found,) = [it for it in sam.of("AWS::Lambda::Function").values() if it["Properties"].get("FunctionName") == name]
    return found


def _archive(sam: Template, resource: Resource, instead_of: str) -> set[str]:
    """The files in the archive that SAM takes instead of what a property says, which is on S3."""
    metadata: dict[str, Any] = resource["Metadata"]
    assert metadata["aws:asset:property"] == instead_of
    assert not metadata.get("aws:cdk:path"), "SAM warns of each that is deeper than a stack's own construct"
    with zipfile.ZipFile(sam.assembly / metadata["aws:asset:path"]) as archive:
        return {*archive.namelist()}


@by_function
def test_a_function_s_code_is_found(sam: Template, function: Function) -> None:
    assert f"functions/{function.name}/handler.py" in _archive(sam, _resource(sam, function), "Code")


@by_function
def test_a_function_s_layers_are_found_and_made_for_lambda_s_image(sam: Template, function: Function) -> None:
    properties = _resource(sam, function)["Properties"]
    layers = [sam.resources[layer["Ref"]] for layer in properties["Layers"]]
    assert len(layers) == (2 if function.layer else 1)
    found = [name for layer in layers for name in _archive(sam, layer, "Content")]
    compiled = [name for name in found if name.endswith(".so") and "pydantic_core" in name]
    assert [name.split(".")[-2].partition("-")[2] for name in compiled] == ["314-aarch64-linux-gnu"]
    assert properties["Environment"]["Variables"]["TIKTOKEN_CACHE_DIR"] == "/opt/tiktoken"


@by_function
def test_a_function_with_a_database_can_be_told_where_it_is(sam: Template, function: Function) -> None:
    told = _resource(sam, function)["Properties"]["Environment"]["Variables"]
    assert ("DATABASE_URL" in told) == bool({Touch.DATABASE, Touch.DATABASE_OWNER} & function.touches)
    assert not {"DATABASE_SECRET_ARN", "DATABASE_HOST"} & told.keys()


def test_a_route_leads_to_a_function_and_not_to_an_alias_that_sam_does_not_follow(sam: Template) -> None:
    served = [it["IntegrationUri"]["Fn::GetAtt"] for it in sam.properties("AWS::ApiGatewayV2::Integration")]
    assert len(served) >= len([function for function in FUNCTIONS if function.routes])
    assert {sam.resources[name]["Type"] for name, _ in served} == {"AWS::Lambda::Function"}


@pytest.mark.skipif(not SAM.exists() and not os.environ.get("CI"), reason="`make .tools/sam/.installed` brings it")
def test_sam_has_nothing_to_say(sam: Template) -> None:
    """As docs/local-testing.md has it."""
    (path,) = sam.assembly.glob("localApp*.template.json")
    command = [SAM, "validate", "--lint", "--region", "eu-west-1", "--template", path]
    told = {**os.environ, "SAM_CLI_TELEMETRY": "0"}
    run = subprocess.run(command, env=told, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "is a valid SAM Template" in run.stdout
