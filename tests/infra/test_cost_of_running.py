"""docs/cost-of-running.md is what its script writes, from price table, catalogue and template as they are."""

import json
from pathlib import Path
from typing import Any

from scripts.cost_of_running import PAGE, Parts, page, parts
from tests.infra.conftest import Template, template


def test_the_page_is_not_stale(assembly: Path, prod: Template) -> None:
    counted = [parts(it.assembly) for it in (prod, template(assembly, "dev"))]
    assert PAGE.read_text() == page(*counted), "python scripts/cost_of_running.py"


def test_what_is_free_and_what_not_everybody_has_is_not_counted(tmp_path: Path) -> None:
    def stack(name: str, *resources: tuple[str, dict[str, Any]]) -> None:
        made = {f"R{at}": {"Type": kind, "Properties": properties} for at, (kind, properties) in enumerate(resources)}
        (tmp_path / f"{name}.template.json").write_text(json.dumps({"Resources": made}))

    stack(
        "prodData",
        ("AWS::EC2::VPCEndpoint", {"VpcEndpointType": "Gateway"}),
        ("AWS::EC2::VPCEndpoint", {"VpcEndpointType": "Interface", "SubnetIds": ["a", "b"]}),
        ("AWS::EC2::VPCEndpoint", {"VpcEndpointType": "Interface", "SubnetIds": ["a", "b"]}),
        ("AWS::SecretsManager::Secret", {}),
        ("AWS::KMS::Key", {}),
    )
    stack("prodApp", ("AWS::CloudWatch::Alarm", {}), ("AWS::WAFv2::WebACL", {"Rules": [{}, {}, {}]}))
    stack("prodFirehose", ("AWS::CloudWatch::Alarm", {}), ("AWS::SecretsManager::Secret", {}))
    assert parts(tmp_path) == Parts(endpoints=4, alarms=1, secrets=1, keys=1, rules=3)
