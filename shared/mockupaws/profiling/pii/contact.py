"""Ways to reach a person: email addresses and phone numbers."""

import re

from shared.mockupaws.profiling.pii.kind import Kind, keep_last, whole_if, words_near

# What ends like a domain in ordinary logs and is none: systemd units, private zones, files with an `@` (icon@2x.png).
_NOT_DOMAINS = frozenset({
    "automount", "conf", "css", "device", "gif", "internal", "jar", "jpeg", "jpg", "js", "json", "lan", "local",
    "localdomain", "localhost", "log", "mount", "path", "png", "py", "scope", "service", "sh", "slice", "so", "socket",
    "svg", "swap", "target", "timer", "ts", "txt", "webp", "xml", "yaml", "yml",
})  # fmt: skip
_SERVICE_ACCOUNTS = frozenset({"git"})  # git@github.com:owner/repository is an address of no person


def _is_email(match: re.Match[str]) -> bool:
    return match["top"].lower() not in _NOT_DOMAINS and match["local"] not in _SERVICE_ACCOUNTS


def _mask_email(value: str) -> str:
    return f"{value[0]}***@***.{value.rpartition('.')[2]}"


EMAIL = Kind(
    name="email",
    trigger=rb"[\w.%+\x80-\xff-]@[A-Za-z0-9-]+\.",
    pattern=re.compile(
        r"(?<![\w.%+-])(?P<local>[\w.%+-]++)@"
        r"(?:[A-Za-z0-9-]{1,63}\.)+(?P<top>[A-Za-z]{2,24})(?![\w-])"
    ),
    locate=whole_if(_is_email),
    mask=_mask_email,
)

# E.164 allows 15 digits at most, with the country's. Without separators, shorter ones are offsets and sizes.
_SEPARATED_DIGITS = 8
_COMPACT_DIGITS = 10
_said_to_be_phone = words_near(
    rb"(?i)phone|\btel\b|telefono|mobile|\bmob\b|\bcell|\bcall(?:s|ing|ed)?\b|\bfax\b|\bsms\b|whatsapp|\bcontact"
    rb"|\bdial|\banswer|\btext(?:ed)?\b|\breach|msisdn|\bnumber is\b|\bph\b",
    before=32,
)


def _is_phone(match: re.Match[str]) -> bool:
    value = match.group()
    if match["shaped"]:
        return True
    if match["international"]:
        separated = any(char in " .-/()" for char in value)
        digits = sum(map(str.isdigit, value))
        return digits >= (_SEPARATED_DIGITS if separated else _COMPACT_DIGITS) and value.count("(") == value.count(")")
    return _said_to_be_phone(match)


PHONE = Kind(
    name="phone",
    trigger=(
        rb"\+[1-9](?:[ ./()-]{0,2}\d){7}"
        rb"|[2-9]\d{2}\) ?[2-9]\d{2}[-. ]\d{4}"
        rb"|(?:^|[^\w+.*]|1\.)[2-9]\d{2}(?:-[2-9]\d{2}-|\.[2-9]\d{2}\.)\d{4}"
        rb"|(?:^|[^\w+.*-])1?[2-9]\d{2}(?: [2-9]\d{2} |[2-9]\d{2})\d{4}(?:$|\W)"
        rb"|(?:^|[^\w+.*-])00[1-9](?:[ ./-]?\d){7}"
    ),
    pattern=re.compile(
        # +39 02 1234 5678, +442079460958, +1 (555) 234-5678
        r"(?a)(?P<international>(?<![\w+.])\+[1-9](?:[ ./()-]{0,2}\d){7,14}(?!\d)(?:[xX]\d{1,5})?)"
        # (555) 234-5678, 555-234-5678, 1-555-234-5678, 555.234.5678
        r"|(?P<shaped>(?<![\w+.*-])(?:(?:001|1)[ .-])?"
        r"(?:\([2-9]\d{2}\) ?[2-9]\d{2}[-. ]|[2-9]\d{2}-[2-9]\d{2}-|[2-9]\d{2}\.[2-9]\d{2}\.)\d{4}"
        r"(?:[xX]\d{1,5})?(?!\w|[-.]\d))"
        # 5552345678, 555 234 5678, 0039 02 1234567, 00393331234567: only where a word before says so
        r"|(?P<said>(?<![\w+.*-])"
        r"(?:1?[2-9]\d{2}(?P<gap> ?)[2-9]\d{2}(?P=gap)\d{4}|00[1-9](?:[ ./-]?\d){7,13})(?!\w|[-.]\d))"
    ),
    locate=whole_if(_is_phone),
    mask=keep_last(2),
)
