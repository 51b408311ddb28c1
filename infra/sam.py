"""Synthesizes what `sam local` runs: `python -m infra.sam`, into build/cdk.sam.

It is the stage `local`, whose functions declare DATABASE_URL (SAM sets no variable that a function doesn't declare),
with layers for Lambda's image.
"""

from dataclasses import replace
from pathlib import Path

from infra.app import MockupAws, application
from infra.config import LOCAL
from layers.recipe import Platform
from layers.vocabulary import ROOT

OUTPUT = ROOT / "build" / "cdk.sam"


def synthesize(output: Path = OUTPUT) -> None:
    """Synthesize the stage with the metadata by which SAM finds the code of functions and layers.

    Args:
        output: the folder of the assembly.
    """
    # Not the constructs' paths: ours are deeper than SAM reads, so it warns of each, and goes by functions' names.
    app = application({"aws:cdk:enable-asset-metadata": True}, output)
    MockupAws(app, replace(LOCAL, platform=Platform.LAMBDA))
    app.synth()


if __name__ == "__main__":
    synthesize()
