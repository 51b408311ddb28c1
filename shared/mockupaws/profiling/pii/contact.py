"""Ways to reach a person: email addresses and phone numbers."""

import re

from shared.mockupaws.profiling.pii.kind import (
    NUMBER_BEGINS,
    NUMBER_BEGINS_IN_RE2,
    Kind,
    Span,
    is_joined,
    keep_last,
    whole_if,
    words_near,
)

# What ends like a domain in ordinary logs and is none: systemd's units and a machine's names for itself.
_NOT_DOMAINS = frozenset({
    "automount", "device", "localdomain", "localhost", "mount", "path", "scope", "service", "slice", "socket", "swap",
    "target", "timer",
})  # fmt: skip
# What a file's name may end with: an address (jane@example.com.json), or no address at all (icon@2x.png).
_FILES = frozenset({
    "bak", "conf", "css", "csv", "gif", "gz", "html", "jar", "jpeg", "jpg", "js", "json", "log", "pdf", "png", "py",
    "sh", "so", "svg", "tar", "tgz", "tmp", "ts", "txt", "webp", "whl", "xml", "yaml", "yml",
})  # fmt: skip
# Domains without a registry: a company's people, or its machines, of which many have a number in their names.
_PRIVATE = frozenset({"internal", "lan", "local"})
# Joined to what follows (jane@example.com_avatar), only what is surely a domain's end is one: these, or a country's.
_SURELY_TOP = re.compile(r"(?i)com|edu|gov|info|net|org|[a-z]{2}")
_TOP = re.compile(r"[a-z]{2,24}|xn--[a-z0-9-]{2,59}")
_SERVICE_ACCOUNTS = frozenset({"git"})  # git@github.com:owner/repository is an address of no person
_MACHINE_ACCOUNTS = frozenset({"celery", "rabbit", "root"})

# Letters of any script, without the punctuation of East Asian ones. The last label has letters of ASCII, or is encoded
# in them: it may be followed by a word of a language that knows no spaces.
_LABEL = r"[A-Za-z0-9\u00c0-\u1fff\u3040-\ud7ff-]{1,63}"
_TOP_LABEL = r"(?:(?i:xn--)[A-Za-z0-9-]{2,59}|[A-Za-z]{2,24})"


def _email(match: re.Match[str]) -> Span | None:
    labels = match["domain"].split(".")
    joined = match.string[match.end() : match.end() + 1] in {"-", "_"}
    if joined and not _SURELY_TOP.fullmatch(labels[-1]):
        labels.pop()
    while labels[-1].lower() in _FILES and len(labels) > 1:
        labels.pop()
    top = labels[-1].lower()
    if len(labels) == 1 or not _TOP.fullmatch(top) or top in _NOT_DOMAINS or match["local"] in _SERVICE_ACCOUNTS:
        return None
    if labels[0].isdigit() and labels[1].isdigit():  # a version: lodash@4.17.21.tgz
        return None
    if top in _PRIVATE and (match["local"] in _MACHINE_ACCOUNTS or any(map(str.isdigit, match["domain"]))):
        return None
    return match.start(), match.start("domain") + len(".".join(labels))


def _mask_email(value: str) -> str:
    return f"{value[0]}***@***.{value.rpartition('.')[2]}"


EMAIL = Kind(
    name="email",
    trigger=rb"[\w.%+\x80-\xff-]@[A-Za-z0-9\x80-\xff-]+\.",
    pattern=re.compile(rf"(?<![\w.%+-])(?P<local>[\w.%+-]++)@(?P<domain>(?:{_LABEL}\.)+{_TOP_LABEL})(?![A-Za-z0-9])"),
    locate=_email,
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
    if match["shaped"] and not is_joined(match):
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
        rb"|(?:^|[^A-Za-z0-9+*])[2-9]\d{2}(?:-[2-9]\d{2}-|\.[2-9]\d{2}\.)\d{4}|"
        + NUMBER_BEGINS_IN_RE2
        + rb"(?:1?[2-9]\d{2}(?: [2-9]\d{2} |[2-9]\d{2})\d{4}(?:$|\W)|00[1-9](?:[ ./-]?\d){7})"
    ),
    pattern=re.compile(
        r"(?a)(?=[+(\d])(?<![A-Za-z0-9+])(?:"
        # +39 02 1234 5678, +442079460958, +1 (555) 234-5678, Tel.+39 02 1234567
        r"(?P<international>\+(?<![^A-Za-z]\.\+)(?<!^\.\+)"
        r"[1-9](?:[ ./()-]{0,2}\d){7,14}(?!\d)(?:[xX]\d{1,5})?)"
        rf"|{NUMBER_BEGINS}(?:"
        # (555) 234-5678, 555-234-5678, 1-555-234-5678, 555.234.5678
        r"(?P<shaped>(?:(?:001|1)[ .-])?"
        r"(?:\([2-9]\d{2}\) ?[2-9]\d{2}[-. ]|[2-9]\d{2}-[2-9]\d{2}-|[2-9]\d{2}\.[2-9]\d{2}\.)\d{4}"
        r"(?:[xX]\d{1,5})?(?!\w))"
        # 5552345678, 555 234 5678, 0039 02 1234567, 00393331234567: only where a word before says so
        r"|(?P<said>1?[2-9]\d{2}(?P<gap> ?)[2-9]\d{2}(?P=gap)\d{4}(?!\w)|00[1-9](?:[ ./-]?\d){7,13}(?!\w))))"
    ),
    locate=whole_if(_is_phone),
    mask=keep_last(2),
)
