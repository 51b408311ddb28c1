"""When a log line says it was written, as instants in UTC. A stamp without a zone is taken for UTC.

Every pattern is anchored or searched in the head of the line alone, and its repeats are bounded: the time is constant.
"""

import re
from datetime import UTC, datetime, timedelta, timezone

from shared.mockupaws.profiling.colours import uncoloured

_HEAD = 128
_COLOURED_HEAD = 2 * _HEAD
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_MONTH = f"(?:{'|'.join(_NAMES)})"
# Hours alone are PostgreSQL's and Java's: 10:00:00+01. Behind a space they may be a number (10:00:00 -10 items): there
# they are a zone at the end, and before what PostgreSQL writes next, `[17]` or `LOG:  ` in its log, commas in its CSV.
_ZONE = (
    r"(?P<zone> ?(?:Z|UTC|GMT)\b| ?[+-]\d\d:?\d\d(?!:?\d)|[+-](?:0\d|1[0-4])(?![\w-]|\.\w|:\d)"
    r"| [+-](?:0\d|1[0-4])(?= ?\[|\]|,[,\"]| [A-Z]{3,9}\d?:  |$))?"
)

_ISO = re.compile(
    r"(?a)(?<!\d)(?P<date>[12]\d{3}([-/])\d\d\2\d\d)[T ](?P<time>\d\d:\d\d:\d\d)(?:[.,](?P<fraction>\d{1,9}))?" + _ZONE
)
# 10/Oct/2000:13:55:36 -0700 (Apache and nginx access), 22 Nov 2024 10:00:00 +0000 (mail)
_DAY_FIRST = re.compile(
    rf"(?a)(?<!\d)(?P<day>\d\d?)[/ ](?P<month>{_MONTH})[/ ](?P<year>\d{{4}})[: ](?P<time>\d\d:\d\d:\d\d)"
    rf"(?:[.,](?P<fraction>\d{{1,9}}))?{_ZONE}"
)
# Nov 22 10:00:00 (syslog), Nov 22 2024 10:00:00, Sun Dec 04 04:47:44.123 2005 (ctime, Apache errors)
_MONTH_FIRST = re.compile(
    rf"(?a)(?:<\d{{1,3}}>|\[)?(?:\w{{3}} )?(?P<month>{_MONTH}) {{1,2}}(?P<day>\d\d?) (?:(?P<year>\d{{4}}) )?"
    r"(?P<time>\d\d:\d\d:\d\d)(?:[.,](?P<fraction>\d{1,9}))?(?: (?:UTC|GMT))?(?: (?P<late_year>(?:19|20)\d\d)\b)?"
)
_GLOG = re.compile(r"(?a)[IWEF](?P<month>\d\d)(?P<day>\d\d) (?P<time>\d\d:\d\d:\d\d)(?:\.(?P<fraction>\d{1,9}))?")
# 081109 203615 (HDFS), 17/06/09 20:10:42 (Spark)
_SHORT_YEAR = re.compile(
    r"(?a)(?P<year>\d\d)(?P<slash>/?)(?P<month>\d\d)(?P=slash)(?P<day>\d\d) "
    r"(?P<hour>\d\d)(?P<colon>:?)(?P<minute>\d\d)(?P=colon)(?P<second>\d\d)(?!\d)"
)
_EPOCH = re.compile(
    r"(?a)(?:\[|ts=\"?|time=\"?|timestamp=\"?)?(?P<number>1\d{9}(?:\.\d{1,9}|\d{3}(?:\.\d{1,6})?|\d{6}|\d{9})?)(?![\w.])"
)
_FIELD = re.compile(
    r'(?a)"(?:@timestamp|timestamp|time|ts|@t|t|date|datetime|Timestamp|eventTime|event_time|asctime|time_local'
    r'|timeUnixNano|__REALTIME_TIMESTAMP)"\s{0,4}:\s{0,4}(?:"(?P<text>[^"\\]{8,64})"|(?P<number>\d{9,19}(?:\.\d{1,9})?))'
)
_JSON_HEAD = 16_384
_MAX_DIGITS = 40  # of a count of any unit; Python makes no integer of thousands


def of_epoch(number: float) -> datetime | None:
    """The instant of a count since 1970 in seconds, milliseconds, microseconds or nanoseconds, by its size.

    Args:
        number: the count; from 1e11 on it is taken for milliseconds, from 1e14 for micro-, from 1e17 for nanoseconds.

    Returns:
        The instant to the microsecond; None before 1973 (3e7 and less say nothing of their unit) and after 2286.
    """
    for limit, per_second in ((1e11, 1), (1e14, 10**3), (1e17, 10**6), (1e20, 10**9)):
        if 1e8 * per_second <= number < limit:
            whole, rest = divmod(number, per_second)
            microseconds = rest * 10**6 // per_second if isinstance(rest, int) else round(rest * 10**6 / per_second)
            return datetime.fromtimestamp(int(whole), UTC) + timedelta(microseconds=microseconds)
    return None


def _number(text: str) -> float:
    return float(text) if "." in text else int(text)  # a float holds no nanoseconds of today


def _zone(text: str) -> timezone:
    text = text.lstrip()
    if text[0] not in "+-":
        return UTC
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[3:].lstrip(":") or 0))
    return timezone(-offset if text[0] == "-" else offset)


def _of_iso(match: re.Match[str]) -> datetime:
    date = match["date"].replace("/", "-")
    return _exact(f"{date}T{match['time']}", match["fraction"], match["zone"])


def _exact(stamp: str, fraction: str | None, zone: str | None = None) -> datetime:
    stamp = stamp[:17] + "59" if stamp.endswith(":60") else stamp  # a leap second
    moment = datetime.fromisoformat(stamp).replace(tzinfo=_zone(zone) if zone else UTC)
    if fraction:
        moment = moment.replace(microsecond=int(fraction[:6].ljust(6, "0")))
    return moment.astimezone(UTC) if zone else moment


def _of_parts(match: re.Match[str], now: datetime | None) -> datetime:
    fields = match.groupdict()
    year = fields.get("year") or fields.get("late_year")
    month = _MONTHS.get(fields["month"]) or int(fields["month"])
    if year:
        return _exact(
            f"{year}-{month:02}-{int(fields['day']):02}T{fields['time']}", fields["fraction"], fields.get("zone")
        )
    # The year goes unsaid: it is the last one in which this date isn't in the future (a day's grace for zones).
    now = now or datetime.now(UTC)
    stamp = f"-{month:02}-{int(fields['day']):02}T{fields['time']}"
    if (month, int(fields["day"])) == (2, 29):
        return _exact(f"{_leap_year(now.year):04}{stamp}", fields["fraction"])
    moment = _exact(f"{now.year}{stamp}", fields["fraction"])
    return moment if moment <= now + timedelta(days=1) else moment.replace(year=now.year - 1)


def _leap_year(year: int) -> int:
    while year % 4 or (year % 100 == 0 and year % 400):
        year -= 1
    return year


def _of_short_year(match: re.Match[str]) -> datetime:
    year, month, day, hour, minute, second = (
        int(match[name]) for name in ("year", "month", "day", "hour", "minute", "second")
    )
    return datetime(2000 + year, month, day, hour, minute, second, tzinfo=UTC)


def _parse(line: str, now: datetime | None) -> datetime | None:
    first = line[:1]
    if first == "{":
        match = _FIELD.search(line, 0, _JSON_HEAD)
        return parse_value(match["text"] or match["number"], now) if match else None
    if first == "\x1b":
        line = uncoloured(line[:_COLOURED_HEAD])
        first = line[:1]
    if match := _EPOCH.match(line):
        return of_epoch(_number(match["number"]))
    if first.isdigit() and (match := _SHORT_YEAR.match(line)):
        return _of_short_year(match)
    if match := _MONTH_FIRST.match(line) or _GLOG.match(line):
        return _of_parts(match, now)
    if match := _ISO.search(line, 0, _HEAD):
        return _of_iso(match)
    match = _DAY_FIRST.search(line, 0, _HEAD)
    return _of_parts(match, now) if match else None


def parse_timestamp(line: str, now: datetime | None = None) -> datetime | None:
    """The instant at the beginning of a log line, or in a JSON line's usual fields.

    Known: ISO 8601 (also with a space, a comma, slashes), syslog (RFC 3164 and 5424), Apache's and nginx's access and
    error logs, log4j, glog, HDFS (`081109 203615`), Spark (`17/06/09 20:10:42`), seconds to nanoseconds since 1970, and
    `timestamp`, `time`, `ts` and their like in JSON.

    Args:
        line: the message.
        now: from when years that go unsaid are counted back; the present where not given.

    Returns:
        An aware time in UTC; None where there is no stamp, or one that is no date.
    """
    try:
        return _parse(line, now)
    except (ValueError, OverflowError):
        return None


def parse_value(value: str | float, now: datetime | None = None) -> datetime | None:
    """The instant that a record's own time field says: a stamp as `parse_timestamp` knows it, or a count since 1970."""
    if isinstance(value, str):
        if value.isascii() and value.replace(".", "", 1).isdigit():
            return of_epoch(_number(value)) if len(value) <= _MAX_DIGITS else None
        return None if value[:1] == "{" else parse_timestamp(value, now)
    return None if isinstance(value, bool) else of_epoch(value)
