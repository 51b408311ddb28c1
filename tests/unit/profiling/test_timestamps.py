from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.mockupaws.profiling.timestamps import of_epoch, parse_timestamp, parse_value
from tests.unit.profiling import hostile, ordinary

NOW = datetime(2024, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("2024-11-22T10:11:12Z x", "2024-11-22T10:11:12"),
        ("\x1b[90m2024-11-22T10:11:12Z\x1b[0m \x1b[32mINFO\x1b[0m x", "2024-11-22T10:11:12"),
        ("\x1b[2m\x1b[90m1732270272\x1b[0m x", "2024-11-22T10:11:12"),
        ("2024-11-22T10:11:12.123456789Z x", "2024-11-22T10:11:12.123456"),
        ("2024-11-22T10:11:12.5+02:00 x", "2024-11-22T08:11:12.500000"),
        ("2024-11-22 10:11:12,978 INFO x", "2024-11-22T10:11:12.978000"),
        ("2024-11-22 10:11:12.978 -0530 x", "2024-11-22T15:41:12.978000"),
        ("2024-11-22 10:11:12.978+01 x", "2024-11-22T09:11:12.978000"),
        ("2024-11-22T10:11:12-05: x", "2024-11-22T15:11:12"),
        ("2024-11-22 10:11:12+05:30: x", "2024-11-22T04:41:12"),
        ("[2024-11-22 10:11:12,978+14] x", "2024-11-21T20:11:12.978000"),
        ("2024-11-22 10:11:12.978 -03 [1] LOG:  x", "2024-11-22T13:11:12.978000"),
        ("2024-11-22 10:11:12 -03 LOG:  x", "2024-11-22T13:11:12"),
        ('2024-11-22 10:11:12.978 -03,"app","db",1', "2024-11-22T13:11:12.978000"),
        ("2024-11-22 10:11:12.978 +03,,,1", "2024-11-22T07:11:12.978000"),
        ("[22/Nov/2024:10:11:12 +01] x", "2024-11-22T09:11:12"),
        ('{"time":"2024-11-22 10:11:12+01","msg":"x"}', "2024-11-22T09:11:12"),
        ('{"time":"2024-11-22 10:11:12 +01","msg":"x"}', "2024-11-22T09:11:12"),
        # Numbers behind a stamp that says no zone.
        ("2024-11-22 10:11:12 -10 items", "2024-11-22T10:11:12"),
        ("2024-11-22 10:11:12 +05 LOG", "2024-11-22T10:11:12"),
        ("2024-11-22 10:11:12 -10,000 items", "2024-11-22T10:11:12"),
        ("2024-11-22 10:11:12 -10.5 [C]", "2024-11-22T10:11:12"),
        ("2024-11-22 10:11:12 +45 [x]", "2024-11-22T10:11:12"),
        ("2024-11-22 10:11:12-11:00:00 maintenance", "2024-11-22T10:11:12"),
        ("2024-11-22 10:11:12-05-backup.tar", "2024-11-22T10:11:12"),
        ("2024-11-22 10:11:12-05.log", "2024-11-22T10:11:12"),
        ("2024-11-22 10:11:12-123 x", "2024-11-22T10:11:12"),
        ("2024-11-22 10:11:12 UTC [1] LOG: x", "2024-11-22T10:11:12"),
        ("2024/11/22 10:11:12 [error] 17#17: x", "2024-11-22T10:11:12"),
        ("[2024-11-22 10:11:12,978] INFO x", "2024-11-22T10:11:12.978000"),
        ("nova-api.log.1.2017-05-16_13:53:08 2017-05-16 00:00:00.008 25746 INFO x", "2017-05-16T00:00:00.008000"),
        ("<34>1 2003-10-11T22:14:15.003Z host su - ID47 - x", "2003-10-11T22:14:15.003000"),
        ("<13>Nov 22 10:11:12 host x", "2024-11-22T10:11:12"),
        ("Nov  1 10:11:12 host x", "2024-11-01T10:11:12"),
        ("Dec 24 10:11:12 host x", "2023-12-24T10:11:12"),
        ("Feb 29 10:11:12 host x", "2024-02-29T10:11:12"),
        ("Nov 22 2023 10:11:12 host x", "2023-11-22T10:11:12"),
        ("[Sun Dec 04 04:47:44 2005] [notice] x", "2005-12-04T04:47:44"),
        ("[Sun Dec 04 04:47:44.123456 2005] [core:notice] x", "2005-12-04T04:47:44.123456"),
        ('127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 2326', "2000-10-10T20:55:36"),
        ("Fri, 22 Nov 2024 10:11:12 +0100 x", "2024-11-22T09:11:12"),
        ("I1122 10:11:12.123456 1 main.go:1] x", "2024-11-22T10:11:12.123456"),
        ("081109 203615 148 INFO x", "2008-11-09T20:36:15"),
        ("17/06/09 20:10:42 INFO x", "2017-06-09T20:10:42"),
        ("1732270272 x", "2024-11-22T10:11:12"),
        ("1732270272.5 x", "2024-11-22T10:11:12.500000"),
        ("1732270272123 x", "2024-11-22T10:11:12.123000"),
        ("1732270272123456 x", "2024-11-22T10:11:12.123456"),
        ("ts=1732270272.25 level=info", "2024-11-22T10:11:12.250000"),
        ("time=2024-11-22T10:11:12Z level=info", "2024-11-22T10:11:12"),
        ('{"level":30,"time":1732270272123,"msg":"x"}', "2024-11-22T10:11:12.123000"),
        ('{"@timestamp": "2024-11-22T10:11:12.5Z"}', "2024-11-22T10:11:12.500000"),
        ('{"msg":"x","ts":1732270272.75}', "2024-11-22T10:11:12.750000"),
        ("2024-06-30T23:59:60Z x", "2024-06-30T23:59:59"),
    ],
)
def test_the_stamps_of_usual_logs(line: str, iso: str) -> None:
    assert parse_timestamp(line, NOW) == datetime.fromisoformat(iso).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        "", "no stamp", "10:11:12 x", "2024-13-45 10:11:12 x", "Feb 30 10:11:12 x", "991399 256199 x", "123456 x",
        "1234567890123456789012 x", '{"time":"yesterday, at noon"}', '{"a":1}', "x" * 300 + " 2024-11-22T10:11:12Z",
        "2024-11-22 10:11:12 +9900 x", "blk_1732270272 x",
    ],
)  # fmt: skip
def test_what_is_no_stamp(line: str) -> None:
    assert parse_timestamp(line, NOW) is None


_MOMENTS = st.integers(10**8 + 10**7, 7 * 10**9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@given(_MOMENTS, st.sampled_from([1, 10**3, 10**6, 10**9]))
def test_epochs_of_every_unit(moment: datetime, per_second: int) -> None:
    assert of_epoch(int(moment.timestamp()) * per_second) == moment
    assert parse_value(str(int(moment.timestamp()) * per_second)) == moment


@pytest.mark.parametrize("number", [float("inf"), float("-inf"), float("nan"), 10**400, -(10**400), 1e400])
def test_a_number_out_of_range_is_no_time(number: float) -> None:
    assert parse_value(number) is None


@pytest.mark.parametrize("digits", ["9" * 5_000, "9" * 5_000 + ".5", "0." + "9" * 5_000, "1" + "0" * 400])
def test_digits_out_of_range_are_no_time(digits: str) -> None:
    assert parse_value(digits) is None


@given(_MOMENTS, st.integers(-12, 14), st.sampled_from(["", ".123456"]))
def test_zones_of_whole_hours_come_back(moment: datetime, hours: int, fraction: str) -> None:
    local = moment.astimezone(timezone(timedelta(hours=hours)))
    stamp = f"{local:%Y-%m-%d %H:%M:%S}{fraction}"
    expected = moment.replace(microsecond=int(fraction[1:] or 0))
    assert parse_timestamp(f"{stamp}{hours:+03} x") == expected
    assert parse_timestamp(f"{stamp} {hours:+03} [17] LOG:  x") == expected


@given(_MOMENTS, st.timedeltas(timedelta(hours=-14), timedelta(hours=14)))
def test_iso_stamps_come_back(moment: datetime, offset: timedelta) -> None:
    local = moment.astimezone(timezone(timedelta(minutes=offset // timedelta(minutes=1))))
    assert parse_timestamp(f"{local.isoformat()} x") == moment


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    moment = parse_timestamp(text)
    assert moment is None or moment.tzinfo is UTC
    parse_value(text)


@pytest.mark.parametrize("name", hostile.NAMES)
def test_hostile_lines_are_read_without_an_error(name: str) -> None:
    parse_timestamp(hostile.line(name, 4096))


def test_ordinary_lines_have_their_stamps() -> None:
    stamped = [line for line in ordinary.lines(500) if line.startswith("2024-") or " - - [" in line]
    assert stamped
    assert all(parse_timestamp(line) for line in stamped)
