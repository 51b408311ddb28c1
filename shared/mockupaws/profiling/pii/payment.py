"""What money is taken from: card numbers and bank accounts."""

import re
from functools import cache

from shared.mockupaws.profiling.pii.kind import (
    NUMBER_BEGINS,
    NUMBER_BEGINS_IN_RE2,
    NUMBER_ENDS,
    Kind,
    Span,
    keep_last,
    words_near,
)

_said_to_be_card = words_near(
    rb"(?i)card|credit|debit|visa|maestro|amex|\bpan\b|\bcc(?:n|_?num|\b)|payment|\bpay\b|charge", before=48, after=48
)

# Issuer ranges by length (ISO/IEC 7812; the networks' published BIN ranges).
_ISSUERS = re.compile(
    r"(?:4\d{15}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}"  # Visa, Mastercard
    r"|3[47]\d{13}|3(?:0[0-59]|[68]\d|9\d)\d{11}(?:\d\d)?"  # American Express, Diners Club
    r"|6(?:011|4[4-9]\d|5\d\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14}(?:\d{3})?)"  # Discover, JCB, UnionPay
)
# Lengths and ranges that ordinary ids share too often: a card only where a word near says so.
_ISSUERS_SAID = re.compile(
    r"(?:4\d{12}|4\d{18}|35\d{14}|(?:2131|1800)\d{11}|62\d{15,16}"
    r"|(?:5018|5020|5038|5893|5[678]\d\d|6304|6390|6759|676[1-3]|0604)\d{8,15})"
)
_DOUBLED = bytes.maketrans(b"0123456789", bytes([0, 2, 4, 6, 8, 1, 3, 5, 7, 9]))
_PLAIN = bytes.maketrans(b"0123456789", bytes(range(10)))


def _luhn(digits: bytes) -> bool:
    return (sum(digits[-1::-2].translate(_PLAIN)) + sum(digits[-2::-2].translate(_DOUBLED))) % 10 == 0


# A fraction, or a longer number in groups.
_GOES_ON = re.compile(r"(?a)\.\d|-\d{4}")


def _digits(match: re.Match[str], end: int) -> str:
    value = match.string[match.start() : end]
    separator = match["sep"] or match["three"]
    return value.replace(separator, "") if separator else value


def _is_card(match: re.Match[str], end: int) -> bool:
    digits = _digits(match, end)
    if not _luhn(digits.encode()) or digits.count(digits[0]) == len(digits):
        return False
    if _ISSUERS.fullmatch(digits) and not _GOES_ON.match(match.string, end):
        return True
    return bool(_ISSUERS.fullmatch(digits) or _ISSUERS_SAID.fullmatch(digits)) and _said_to_be_card(match)


def _card(match: re.Match[str]) -> Span | None:
    start, end = match.span()
    if _is_card(match, end):
        return start, end
    # Behind four groups, three digits are the end of a longer card's number, or a number of their own: a status.
    four = match.start("last")
    longer = _ISSUERS.fullmatch(_digits(match, end)) is not None
    if four > 0 and _is_card(match, four) and (not longer or _said_to_be_card(match)):
        return start, four
    return None


CREDIT_CARD = Kind(
    name="credit_card",
    trigger=(
        rb"(?:" + NUMBER_BEGINS_IN_RE2 + rb"|(?:^|[^A-Za-z0-9*])B)"
        rb"(?:[3-6]\d{11}|2[1-7]\d{13}|1800\d{11}|0604\d{8}"
        rb"|[2-6]\d{3}[ .+-]\d{4}[ .+-]\d{4}[ .+-]\d{4}|3\d{3}[ .+-]\d{6}[ .+-]\d{4})"
    ),
    pattern=re.compile(
        # A stripe's first track is %B4111111111111111^DOE/JOHN^2512…, its second ;4111111111111111=2512…, with a D in
        # chips' and terminals' messages.
        rf"(?a)(?=\d)(?:{NUMBER_BEGINS}|(?<=B)(?<![A-Za-z0-9*]B)(?=[\d ]{{12,22}}\^))"
        r"(?:[3-6]\d{11,18}|2[1-7]\d{13,14}|1800\d{11}|0604\d{8,15}"
        r"|[2-6]\d{3}(?P<sep>[ .+-])\d{4}(?P=sep)\d{4}(?P=sep)\d{4}(?P<last>(?P=sep)\d{3})?"
        r"|3\d{3}(?P<three>[ .+-])\d{6}(?P=three)\d{4,5})" + rf"(?:{NUMBER_ENDS}|(?=D\d\d(?:0[1-9]|1[0-2])\d{{3}}))"
    ),
    locate=_card,
    mask=keep_last(4),
)

_IBAN_DIGITS = str.maketrans({chr(65 + i): str(10 + i) for i in range(26)})


@cache
def _iban_form(country: str) -> tuple[int, re.Pattern[str]] | None:
    """Length and form of a country's account numbers, from SWIFT's registry; None for no such country."""
    from stdnum import numdb  # noqa: PLC0415  a candidate is rare, and the registry slow to load

    properties = numdb.get("iban").info(country)[0][1]
    if not properties:
        return None
    fields = re.findall(r"(\d+)!([nac])", properties["bban"])
    classes = {"n": "[0-9]", "a": "[A-Z]", "c": "[A-Z0-9]"}
    return 4 + sum(int(n) for n, _ in fields), re.compile("".join(f"{classes[c]}{{{n}}}" for n, c in fields))


def _mod_97(compact: str) -> bool:
    # ISO 7064 mod 97-10, over the account first and the country after it.
    return int((compact[4:] + compact[:4]).translate(_IBAN_DIGITS)) % 97 == 1


def _iban(match: re.Match[str]) -> Span | None:
    value = match.group().upper()
    separator = match["gap"]
    # Before its form, which isn't known without the registry: hashes that begin like an account are many.
    if separator is None and not _mod_97(value):
        return None
    form = _iban_form(value[:2])
    if form is None:
        return None
    length, bban = form
    compact = value
    if separator is not None:
        # Written in groups of four, it may be followed by a word that looks like one more group.
        value = value[: length + (length - 1) // 4].rstrip(separator)
        compact = value.replace(separator, "")
    end = match.start() + len(value)
    following = match.string[end : end + 1]
    if len(compact) != length or (following.isascii() and following.isalnum()) or not bban.fullmatch(compact, 4):
        return None
    return (match.start(), end) if separator is None or _mod_97(compact) else None


def _mask_iban(value: str) -> str:
    return value[:2] + keep_last(4)(value[2:])


IBAN = Kind(
    name="iban",
    trigger=(rb"(?i)(?:^|[^A-Z0-9*])[A-Z]{2}\d{2}(?:[A-Z0-9]{11}|[ .+-][A-Z0-9]{4}[ .+-][A-Z0-9]{4}[ .+-][A-Z0-9])"),
    pattern=re.compile(
        r"(?ai)(?<![A-Z0-9*])[A-Z]{2}\d{2}"
        r"(?:[A-Z0-9]{11,30}|(?P<gap>[ .+-])[A-Z0-9]{4}(?:(?P=gap)[A-Z0-9]{4}){1,6}(?:(?P=gap)[A-Z0-9]{1,3})?)"
        + NUMBER_ENDS
    ),
    locate=_iban,
    mask=_mask_iban,
)
