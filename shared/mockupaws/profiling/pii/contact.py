"""Ways to reach a person: email addresses and phone numbers."""

import re

from shared.mockupaws.profiling.pii.kind import (
    NUMBER_BEGINS,
    NUMBER_BEGINS_IN_RE2,
    Kind,
    Span,
    is_joined,
    keep_last,
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
# Country codes: ITU-T, "List of Recommendation ITU-T E.164 assigned country codes". Of 1 and 7, ten digits follow, and
# the first is no 0 or 1: a signed number of ten digits begins with 1 most often, and milliseconds since 1970 do.
_CODE = (
    r"(?:2(?:[07]|1[12368]|[2-46]\d|5[0-8]|9[01789])|3(?:[0-469]|[57]\d|8[0-35-79])|4(?:[013-9]|2[013])"
    r"|5(?:[1-8]|[09]\d)|6(?:[0-6]|7[02-9]|8[0-35-9]|9[0-2])|8(?:[1246]|0[08]|5[02356]|7[08]|8[0-368])"
    r"|9(?:[0-58]|6[0-8]|7[0-79]|9[2-68]))"
)
_E164 = re.compile(rf"(?a)[17][2-9]\d{{9}}|{_CODE}\d+")
_ELEVEN_DIGITS = re.compile(r"(?a)\+[17][ ./()-]{0,2}[2-9](?:[ ./()-]{0,2}\d){9}(?!\d)(?:[xX]\d{1,5})?")
# +12.345678, columns of a line, a place on Earth; domain registries write phones so: +39.0612345678 (RFC 5733, 2.5)
_DECIMALS = re.compile(r"(?a)\+\d+\.\d+(?:(?: +\d+(?:\.\d+)?)*|-\d+\.\d+)")
_REGISTRY = re.compile(rf"(?a)\+(?:[17]|{_CODE})\.\d{{7,12}}")
# UTC +2 2024-01-01, +1030 02.01.2024, +2 20240101
_ZONE_AND_DATE = re.compile(
    r"(?a)\+(?:[1-9]|1[0-4])(?:[034][05])? (?:(?:19|20)\d\d([-./]?)(?:0[1-9]|1[0-2])\1[0-3]\d"
    r"|[0-3]\d([-./])[01]\d\2(?:19|20)\d\d)"
)
_STAMP = re.compile(r"(?a)(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?")
_UNIT = re.compile(
    r"(?a)[A-Za-zµμ%]| (?:[kMGT]?i?B|bytes?|[mnuµμ]?s|m?sec(?:ond)?s?|minutes?|hours?|days?|pp[bm]|[kMG]?Hz|%)(?!\w)"
)
_said_to_be_quantity = words_near(
    rb"(?i)(?:offset|delta|diff|drift|skew|freq|frequency|jitter|delay|correction|balance|amount|bytes|size"
    rb"|(?:stepped|slewed|adjusted|shifted|increased|decreased|grew) by)[ =:\"']{0,3}$",
    before=32,
)
_said_to_be_phone = words_near(
    rb"(?i)phone|\btel\b|telefono|mobile|\bmob\b|\bcell|\bcall(?:s|ing|ed)?\b|\bfax\b|\bsms\b|whatsapp|\bcontact"
    rb"|\bdial|\banswer|\btext(?:ed)?\b|\breach|msisdn|\bnumber is\b|\bph\b",
    before=32,
)
# What stands right before a number that has neither sign nor shape: {"wa_id":"393331234567"}, SMS to 393331234567
_NAMES_IN_RE2 = (
    rb"(?i:msisdn|whatsapp|phone|mobile|cellular|cellulare"
    rb"|(?:^|[^A-Za-z])(?:telefon[a-z]{0,8}|tel|mob|sms|fax|wa[ _]?id|wa\.me))"
    rb"(?i:[ _]?(?:number|num|no|nr))?(?i:[ _]?(?:is|(?:sent |delivered )?(?:to|from)))?[^A-Za-z0-9]{0,10}"
)
_named_phone = words_near(_NAMES_IN_RE2 + rb"$", before=64)


def _international(match: re.Match[str]) -> Span | None:
    start, end = match.span()
    if _ZONE_AND_DATE.match(match.string, start):
        return None
    eleven = _ELEVEN_DIGITS.match(match.string, start, end)
    if eleven:  # what follows is a number of its own
        end = eleven.end()
    return (start, end) if _is_international(match, end) else None


def _is_international(match: re.Match[str], end: int) -> bool:
    number = match.string[match.start() : end].lower().partition("x")[0]
    digits = "".join(filter(str.isdigit, number))
    compact = len(number) == 1 + len(digits)
    if len(digits) < (_COMPACT_DIGITS if compact else _SEPARATED_DIGITS) or number.count("(") != number.count(")"):
        return False
    decimal = _DECIMALS.fullmatch(number) is not None
    # Most phones come without a word (to=+39…), so where none is, the number itself has to be one that a country gives.
    given = _E164.fullmatch(digits) and " -" not in number
    if decimal and (len(digits) < _COMPACT_DIGITS or not _REGISTRY.fullmatch(number)):
        given = None
    if not given:
        return _said_to_be_phone(match) and not (decimal and _is_quantity(match, end))
    if not (compact or decimal) or not _is_quantity(match, end):
        return True
    return compact and _said_to_be_phone(match)


def _is_quantity(match: re.Match[str], end: int) -> bool:
    start = match.start()
    # Go prints a time with what its monotonic clock says: m=+12.345678901
    if "." in match.group() and match.string.endswith("m=", 0, start):
        return True
    if _UNIT.match(match.string, end):
        return True
    # Numbers in a row have no word before them, and there may be 20,000.
    before = match.string[max(0, start - 4) : start].rstrip(" =:\"'_")
    return before[-1:].isalpha() and _said_to_be_quantity(match)


def _phone(match: re.Match[str]) -> Span | None:
    if match["international"]:
        return _international(match)
    if (match["shaped"] and not is_joined(match)) or (match["bare"] is None and _said_to_be_phone(match)):
        return match.span()
    value = match.group()
    if _E164.fullmatch(value) and not _STAMP.fullmatch(value) and _named_phone(match):
        return match.span()
    return None


PHONE = Kind(
    name="phone",
    trigger=(
        rb"\+[1-9](?:[ ./()-]{0,2}\d){7}"
        rb"|[2-9]\d{2}\) ?[2-9]\d{2}[-. ]\d{4}"
        rb"|(?:^|[^A-Za-z0-9+*])[2-9]\d{2}(?:-[2-9]\d{2}-|\.[2-9]\d{2}\.)\d{4}|"
        + NUMBER_BEGINS_IN_RE2
        + rb"(?:1?[2-9]\d{2}(?: [2-9]\d{2} |[2-9]\d{2})\d{4}(?:$|\W)|00[1-9](?:[ ./-]?\d){7})|"
        + _NAMES_IN_RE2
        + rb"[1-9]\d{10}"
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
        r"|(?P<said>1?[2-9]\d{2}(?P<gap> ?)[2-9]\d{2}(?P=gap)\d{4}(?!\w)|00[1-9](?:[ ./-]?\d){7,13}(?!\w))"
        # 393331234567: only where a word right before does
        r"|(?P<bare>[1-9]\d{10,14}(?!\w))))"
    ),
    locate=_phone,
    mask=keep_last(2),
)
