"""The severity of a log line, as its sender wrote it.

An HTTP access log says no level, and a status is none: such lines are `unknown`, so that dropping a level from a
pipeline never drops what nobody labelled.
"""

import re
from collections.abc import Iterable
from typing import cast

from shared.mockupaws.contracts.traffic import Level
from shared.mockupaws.profiling.colours import uncoloured

_SPELLINGS: dict[Level, str] = {
    "trace": "trace trce trac trc verbose vrb finest finer all",
    "debug": "debug dbug debu dbg fine config debug1 debug2 debug3 debug4 debug5",
    "info": "info information informational inf notice note log ok success",
    "warn": "warn warning wrn",
    "error": "error erro err severe fail failure",
    "fatal": "fatal fata ftl critical crit alert emerg emergency panic dpanic pani pnc",
}
_NAMES: dict[str, Level] = {name: level for level, names in _SPELLINGS.items() for name in names.split()}
_LETTERS: dict[str, Level] = {
    "T": "trace", "V": "trace", "D": "debug", "I": "info", "N": "info", "W": "warn", "E": "error", "F": "fatal",
    "C": "fatal",
}  # fmt: skip
_SYSLOG: tuple[Level, ...] = ("fatal", "fatal", "fatal", "error", "warn", "info", "info", "debug")
_MONOLOG: dict[int, Level] = {
    100: "debug", 200: "info", 250: "info", 300: "warn", 400: "error", 500: "fatal", 550: "fatal", 600: "fatal",
}  # fmt: skip
_ORDER: tuple[Level, ...] = ("trace", "debug", "info", "warn", "error", "fatal")

HEAD = 16_384
"""Characters from the start in which a line's level is looked for."""
# The same where the line isn't JSON.
_TEXT_HEAD = 512


def _of_number(number: int) -> Level:
    if 0 <= number < 8:  # noqa: PLR2004  syslog's severities, RFC 5424
        return _SYSLOG[number]
    if 10 <= number < 70:  # noqa: PLR2004  pino's and bunyan's 10 to 60, Python's 10 to 50
        return _ORDER[number // 10 - 1]
    return _MONOLOG.get(number, "unknown")


def of_otlp_severity(number: int) -> Level:
    """The level of an OpenTelemetry SeverityNumber: 1 to 24, four to each level; 0 is unspecified."""
    return _ORDER[(number - 1) // 4] if 1 <= number <= 24 else "unknown"  # noqa: PLR2004


def normalize_level(value: str | float | None) -> Level:
    """One of our levels for what a sender calls it: a name in any case, a letter, syslog's or a library's number."""
    if value is None or isinstance(value, bool):
        return "unknown"
    if isinstance(value, str):
        name = (uncoloured(value) if "[" in value else value).strip().lower()
        level = _NAMES.get(name)
        if level is not None:
            return level
        if len(name) == 1 and name.isalpha():
            return _LETTERS.get(name.upper(), "unknown")
        if not name.isascii() or not name.isdigit() or len(name) > 3:  # noqa: PLR2004
            return "unknown"
        value = int(name)
    try:
        return _of_number(int(value))
    except (OverflowError, ValueError):  # infinity, NaN
        return "unknown"


_JSON = re.compile(
    r'"(?:@?l(?:evel|vl)|[lL]og[._]?[lL]evel|levelname|level_name|severity|severityText|severity_text|SeverityText|Level'
    r'|LEVEL|@l|PRIORITY)"\s*:\s*(?:"(?P<name>[^"\\]{1,16})"|(?P<number>\d{1,3})\b)'
)


# Serilog, zerolog and tint put these behind the time: [10:00:00 INF] ..., 10:00AM INF ... Elsewhere in a line the same
# letters may be anything. Their pattern is one of its own: six times in that of the words, it took twice their time.
_SHORT: dict[Level, str] = {
    "trace": "TRC|VRB", "debug": "DBG", "info": "INF", "warn": "WRN", "error": "ERR", "fatal": "FTL|PNC",
}  # fmt: skip
_TIME = r"\d:\d\d(?:[.,]\d+)?(?:Z| ?[AP]M)?\]? +"
# RE2 knows no look-ahead.
_ENDS, _ENDS_IN_RE2 = r"(?![\w.=/-])", r"(?:$|[^\w.=/-])"


def _words(level: Level, upper: str, cut: str, label: str, any_case: str) -> tuple[str, bytes]:
    """A level's words as a pattern for Python, without the short ones, and one of all for RE2."""
    common = (
        rf"(?i:\b(?:level|lvl|severity)=\"?(?:{any_case})\b)"  # logfmt: level=info, lvl="warn"
        rf"|\b(?:(?:{label}): "  # sshd, winston and .NET begin the text with it: error: ..., warn: ...
        rf"|(?:{cut})\[\d{{4}})"  # logrus on a terminal: ERRO[0001] ...
        rf"|\[(?:\w+:)?(?i:{any_case})\]"  # Apache, nginx, MySQL: [error], [core:notice], [Warning]
    )
    triggers = rf"(?:\b(?:{upper})|{_TIME}(?:{_SHORT[level]})){_ENDS_IN_RE2}|{common}"
    return rf"\b(?:{upper}){_ENDS}|{common}", triggers.encode()


_PATTERNS: dict[Level, tuple[str, bytes]] = {
    "trace": _words("trace", "TRACE|FINE(?:R|ST)", "TRAC", "trace|trce", "trace|trc|verbose|vrb"),
    "debug": _words("debug", "DEBUG|FINE", "DEBU", "debug[1-5]?|dbug", "debug|dbg"),
    "info": _words("info", "INFO|NOTICE", "INFO", "info|notice|LOG", "info|information|inf|notice|note"),
    "warn": _words("warn", "WARN(?:ING)?", "WARN", "warn|warning", "warn(?:ing)?|wrn"),
    "error": _words("error", "ERROR|ERR|SEVERE", "ERRO", "error|fail", "error|err|severe"),
    "fatal": _words(
        "fatal", "FATAL|CRIT(?:ICAL)?|ALERT|EMERG(?:ENCY)?|PANIC", "FATA|PANI", "crit|critical|fatal|panic",
        "fatal|ftl|crit(?:ical)?|alert|emerg(?:ency)?|panic",
    ),
}  # fmt: skip
WORDS: dict[Level, bytes] = {level: triggers for level, (_, triggers) in _PATTERNS.items()}
"""For each level an RE2 pattern of the words that say it, to know which of them stand in a text at all."""


def _first_of(patterns: Iterable[tuple[Level, str]]) -> str:
    return "|".join(f"(?P<{level}>{pattern})" for level, pattern in patterns)


_FIRST_WORD = re.compile("(?a)" + _first_of((level, words) for level, (words, _) in _PATTERNS.items()))
_FIRST_SHORT = re.compile(f"(?a){_TIME}(?:{_first_of(_SHORT.items())}){_ENDS}")
_LEADING = re.compile(
    r"<(?P<pri>\d{1,3})>"
    r"|(?P<glog>[IWEF])\d{4} \d\d:\d\d:\d\d"
    r"|\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} +\d+ +\d+ (?P<logcat>[VDIWEF]) "
)


def level_of(text: str, words: tuple[Level, ...]) -> Level:
    """The level that a text says itself, `unknown` where it says none.

    In this order: the first JSON field (`level`, `severity`, ...) that says one, syslog's `<PRI>`, the letter of glog
    and logcat, then the first of a word in capitals, `level=...`, `[error]`, `error: `, `ERRO[0001]` or, behind a time
    of day, `INF` within the first 512 characters.

    Args:
        text: a message.
        words: the levels of which a word stands in it (`signals`).
    """
    first = text[:1]
    if first == "{":
        for match in _JSON.finditer(text, 0, HEAD):
            level = normalize_level(match["name"] or match["number"])
            if level != "unknown":
                return level
    elif (first.isdigit() or first in "<IWEF") and (match := _LEADING.match(text)):
        return _SYSLOG[int(match["pri"]) & 7] if match["pri"] else _LETTERS[match["glog"] or match["logcat"]]
    if not words:
        return "unknown"
    if len(words) == 1 and len(text) <= _TEXT_HEAD:
        return words[0]
    match = _FIRST_WORD.search(text, 0, _TEXT_HEAD)
    match = _FIRST_SHORT.search(text, 0, match.start() if match else _TEXT_HEAD) or match
    return cast("Level", match.lastgroup) if match else "unknown"
