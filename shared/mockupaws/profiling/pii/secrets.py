"""Credentials: AWS access keys and JSON web tokens."""

import re

from shared.mockupaws.profiling.pii.kind import Kind, Span, hide, whole, whole_if, words_near

AWS_ACCESS_KEY = Kind(
    name="aws_access_key",
    # The prefixes of IAM's unique ids that name keys: long-term AKIA, temporary ASIA.
    trigger=rb"A[KS]IA[A-Z2-7]{16}",
    pattern=re.compile(r"(?a)(?<![A-Za-z0-9])A[KS]IA[A-Z2-7]{16}(?![A-Za-z0-9])"),
    locate=whole,
    mask=lambda value: value[:4] + hide(value[4:]),
)

_said_to_be_secret = words_near(
    # amazonaws.com doesn't: it is in the addresses of queues and buckets
    rb"(?i)secret|(?:^|[^n])aws|aws(?:$|[^.])|amazon(?:$|[^a])|\biam\b|access.?key|credential|(?:^|[^a-z])key(?:$|[^a-z])",
    before=80,
)
_beside_a_key_id = words_near(rb"A[KS]IA[A-Z2-7]{16}", before=80, after=80)
# An address or a path: …amazonaws.com/123456789012/OrderQueue, /aws/lambda/OrderFunction. A key that is random hardly
# ever begins like one.
_PATH = re.compile(r"(?a)[A-Za-z0-9/+]*/\d{12}/|/(?:aws|etc|home|mnt|opt|srv|tmp|usr|var|Users)/|(?<=\.)[a-z]{2,24}/")
_ADDRESS_CHARACTERS = 160
_ADDRESS_ENDS = re.compile(r"""[\s"'<>?&=@,;|]""")


def _is_in_address(match: re.Match[str]) -> bool:
    start, end = match.span()
    begun = _ADDRESS_ENDS.split(match.string[max(0, start - _ADDRESS_CHARACTERS) : start])[-1]
    # A password for a host stands before it, and ends with an @.
    return ("://" in begun or "arn:aws" in begun) and match.string[end : end + 1] != "@"


def _is_aws_secret(match: re.Match[str]) -> bool:
    value = match.group()
    # A SHA-1 in hexadecimal has 40 characters too, but never all three of these.
    mixed = any(map(str.isupper, value)) and any(map(str.islower, value)) and any(map(str.isdigit, value))
    if not mixed or _PATH.match(match.string, *match.span()) or _is_in_address(match):
        return False
    return _said_to_be_secret(match) or _beside_a_key_id(match)


AWS_SECRET_KEY = Kind(
    name="aws_secret_key",
    trigger=rb"(?:^|[^A-Za-z0-9/+])[A-Za-z0-9/+]{40}(?:$|[^A-Za-z0-9/+=])",
    pattern=re.compile(r"(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])"),
    locate=whole_if(_is_aws_secret),
    mask=hide,
)

# `{"` in base64url: header and claims begin with it. The header may be joined to a name (__session_eyJ…), among whose
# characters are the header's own: it is looked for in the run of them, which is read once.
_HEADER = re.compile(r"(?a)(?:^|[_-])(?P<header>eyJ[\w-]{8})")


def _jwt(match: re.Match[str]) -> Span | None:
    header = _HEADER.search(match["run"])
    return (match.start() + header.start("header"), match.end()) if header else None


JWT = Kind(
    name="jwt",
    trigger=rb"eyJ",
    # Header and claims tell all; a line that was cut has no signature.
    pattern=re.compile(r"(?a)(?<![\w-])(?P<run>[\w-]{11,}+)\.eyJ[\w-]{2,}+(?:\.[\w-]*+)?"),
    locate=_jwt,
    mask=lambda _: "eyJ***.***.***",
)
