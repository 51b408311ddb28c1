import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.mockupaws.profiling import Profiler, count_tokens, mask_pii, sqs_blocks

PROFILER = Profiler()


def test_a_profile_says_all_that_is_kept() -> None:
    message = "2024-11-22 10:00:00 ERROR payment of john@example.com with 4242 4242 4242 4242 from 10.0.0.1 failed"
    masked = "2024-11-22 10:00:00 ERROR payment of j***@***.com with **** **** **** 4242 from 10.0.0.1 failed"
    profile = PROFILER.profile(message)
    assert profile.message_hash == hashlib.sha256(message.encode()).digest()
    assert profile.preview == masked
    assert profile.size_bytes == len(message)
    assert (profile.tokens, profile.redacted_tokens) == (count_tokens(message), count_tokens(masked))
    assert profile.sqs_blocks == 1
    assert profile.level == "error"
    assert profile.pii == {"email": 1, "credit_card": 1, "ipv4": 1}
    assert profile.has_pii


def test_addresses_are_personal_data_only_where_the_scenario_says_so() -> None:
    line = "GET / from 10.0.0.1 and ::1"
    counted = PROFILER.profile(line)
    assert (counted.pii, counted.has_pii, counted.preview) == ({"ipv4": 1, "ipv6": 1}, False, line)
    masked = Profiler(mask_ip=True).profile(line)
    assert (masked.pii, masked.has_pii, masked.preview) == (counted.pii, True, "GET / from **.*.*.* and ::*")


def test_masking_comes_before_the_cut() -> None:
    card = "4242 4242 4242 4242"
    for start in range(478, 502):
        preview = PROFILER.profile("x" * (start - 1) + " " + card + " paid").preview
        assert "4242 4242" not in preview
        assert len(preview) == 500


def test_the_senders_level_goes_before_the_texts() -> None:
    assert PROFILER.profile("ERROR in it", level="warning").level == "warn"
    assert PROFILER.profile("ERROR in it", level="nonsense").level == "error"
    assert PROFILER.profile("plain", level=50).level == "error"


@pytest.mark.parametrize(("size", "blocks"), [(0, 1), (1, 1), (65_536, 1), (65_537, 2), (262_144, 4)])
def test_sqs_blocks_round_up(size: int, blocks: int) -> None:
    assert sqs_blocks(size) == blocks


def test_what_postgresql_and_utf8_cannot_hold_is_replaced() -> None:
    profile = PROFILER.profile("a\0b\ud83dc")
    assert profile.preview == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c"
    assert profile.size_bytes == 7


@given(st.text(max_size=2000))
def test_any_text_has_a_profile(text: str) -> None:
    profile = PROFILER.profile(text)
    assert len(profile.preview) <= 500
    assert profile.sqs_blocks >= 1
    assert profile.has_pii == (mask_pii(text) != text)
    assert profile.has_pii or profile.tokens == profile.redacted_tokens
    profile.preview.encode()
