"""Numbers that states give people."""

import re

from shared.mockupaws.profiling.pii.kind import (
    NUMBER_BEGINS,
    NUMBER_ENDS,
    Kind,
    hide,
    is_joined,
    keep_last,
    whole_if,
    words_near,
)

_WORDS = rb"(?i:(?:\b|_)ssn|social.?security|tax.?(?:payer)?.?id)"
_said_to_be_ssn = words_near(_WORDS, before=40)


def _is_ssn(match: re.Match[str]) -> bool:
    digits = "".join(filter(str.isdigit, match.group()))
    # Never given: areas 000, 666 and 900 to 999, group 00, serial 0000 (ssa.gov, "SSN randomization").
    if digits[:3] in {"000", "666"} or digits[0] == "9" or digits[3:5] == "00" or digits[5:] == "0000":
        return False
    return (match["sep"] == "-" and not is_joined(match)) or _said_to_be_ssn(match)


SSN = Kind(
    name="ssn",
    trigger=rb"(?:^|[^A-Za-z0-9.*-])\d{3}-\d{2}-\d{4}|" + _WORDS,
    pattern=re.compile(rf"(?a)(?=\d){NUMBER_BEGINS}\d{{3}}(?P<sep>[- .]?)\d{{2}}(?P=sep)\d{{4}}{NUMBER_ENDS}"),
    locate=whole_if(_is_ssn),
    mask=keep_last(4),
)

_EVEN = bytes.maketrans(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", bytes([*range(10), *range(26)]))
_ODD_VALUES = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
_ODD = bytes.maketrans(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", bytes([*_ODD_VALUES[:10], *_ODD_VALUES]))


def _has_check_character(match: re.Match[str]) -> bool:
    # Decreto ministeriale 23 dicembre 1976, tables for odd and even places; python-stdnum is what a test compares with.
    code = match.group().upper().encode()
    return (sum(code[:15:2].translate(_ODD)) + sum(code[1:15:2].translate(_EVEN))) % 26 == code[15] - 65


CODICE_FISCALE = Kind(
    name="codice_fiscale",
    trigger=(
        rb"(?i)(?:^|[^A-Z0-9*])[A-Z]{6}[\dL-NP-V]{2}[A-EHLMPR-T][\dL-NP-V]{2}[A-Z][\dL-NP-V]{3}[A-Z](?:$|[^A-Z0-9])"
    ),
    pattern=re.compile(
        # L, M, N, P to V stand for digits where two people would share a code (omocodia)
        r"(?ai)(?<![A-Z0-9*])[A-Z]{6}[\dL-NP-V]{2}[A-EHLMPR-T][\dL-NP-V]{2}[A-Z][\dL-NP-V]{3}[A-Z]" + NUMBER_ENDS
    ),
    locate=whole_if(_has_check_character),
    mask=hide,
)
