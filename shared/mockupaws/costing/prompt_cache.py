"""When Bedrock caches a prompt at all."""

from shared.mockupaws.contracts.pipeline import bare

_OTHERS = 1_024
"""What most makers ask for, and what is taken of those that don't say."""

# Anthropic's documentation (prompt caching, cache limitations), read in September 2026; AWS's user guide has the same
# for the models that it lists, and Amazon's own. The longest prefix counts.
_SHORTEST = {
    "amazon.nova": 1_000,
    "anthropic.claude-3-5-haiku": 2_048,
    "anthropic.claude-3-haiku": 2_048,
    "anthropic.claude-haiku-4-5": 4_096,
    "anthropic.claude-opus-4-5": 4_096,
    "anthropic.claude-opus-4-6": 4_096,
    "anthropic.claude-opus-4-7": 2_048,
    "anthropic.claude-opus-5": 512,
    "anthropic.claude-fable-5": 512,
}


def cacheable_tokens(model_id: str) -> int:
    """The shortest prompt that a model's cache takes, in its own tokens. A shorter one is charged as input each time.

    Args:
        model_id: the model or profile.
    """
    name = bare(model_id)
    known = [prefix for prefix in _SHORTEST if name.startswith(prefix)]
    return _SHORTEST[max(known, key=len)] if known else _OTHERS
