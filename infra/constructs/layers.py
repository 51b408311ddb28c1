"""The layers, from their recipes."""

from aws_cdk import AssetHashType, aws_lambda
from constructs import Construct

from infra.config import StageConfig
from infra.constructs.function import ARCHITECTURE, RUNTIME
from layers.recipe import Recipe, build


def layer(scope: Construct, recipe: Recipe, config: StageConfig) -> aws_lambda.LayerVersion:
    """Make a version of a layer for a stage's platform."""
    built = build(recipe, config.platform)
    code = aws_lambda.Code.from_asset(str(built.archive), asset_hash=built.digest, asset_hash_type=AssetHashType.CUSTOM)
    return aws_lambda.LayerVersion(
        scope,
        f"{recipe.name.capitalize()}Layer",
        code=code,
        layer_version_name=f"mockupaws-{config.name}-{recipe.name}",
        compatible_runtimes=[RUNTIME],
        compatible_architectures=[ARCHITECTURE],
    )
