"""What is known of a message after one look at it: size, tokens, personal data, severity, time."""

from shared.mockupaws.contracts.blocks import sqs_blocks
from shared.mockupaws.profiling.levels import normalize_level
from shared.mockupaws.profiling.pii.scan import detect_pii, mask_pii
from shared.mockupaws.profiling.profile import Profile, Profiler, detect_level
from shared.mockupaws.profiling.tokens import count_tokens

__all__ = [
    "Profile",
    "Profiler",
    "count_tokens",
    "detect_level",
    "detect_pii",
    "mask_pii",
    "normalize_level",
    "sqs_blocks",
]
