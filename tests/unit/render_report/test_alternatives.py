"""What a report tries when nobody says what."""

from itertools import pairwise

import pytest

from shared.mockupaws.contracts.pipeline import Pipeline
from shared.mockupaws.costing.models import maker
from tests.unit.render_report.made import books, figures

REGION = "eu-west-1"
BOOK = books()[REGION]


@pytest.mark.parametrize(
    "bedrock",
    [
        {},
        {"cached_prompt": True, "prompt_tokens_per_call": 5000},
        {"model_id": "cohere.embed-english-v3"},
        {"output_tokens_per_call": 0},
    ],
)
def test_other_makers_models_do_the_same_and_the_cheapest_comes_first(bedrock: dict[str, object]) -> None:
    """Each can be had: a model without a cache is no alternative to one whose prompt is cached."""
    design = Pipeline.model_validate({"bedrock": bedrock})
    own = design.bedrock.model_id
    assert own is not None
    made = figures(pipeline=design)
    models = [each for each in made.variants if each.name in BOOK.models(REGION)]
    assert made.left_out == ()
    assert 0 < len(models) <= 5
    assert len({maker(own), *(maker(each.name) for each in models)}) == len(models) + 1
    assert all(BOOK.answers(REGION, each.name) == BOOK.answers(REGION, own) for each in models)
    assert all(one.monthly.total_usd <= other.monthly.total_usd for one, other in pairwise(models))
