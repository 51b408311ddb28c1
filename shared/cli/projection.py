"""Recorded lines to a month, where nothing but the lines says how much comes."""

from fractions import Fraction
from math import ceil, expm1, log1p

from shared.cli.recorder import Recorder
from shared.mockupaws.contracts.traffic import ArrivalClass, TrafficCell, size_class
from shared.mockupaws.costing.bootstrap import Spread, spread
from shared.mockupaws.costing.estimate import Month
from shared.mockupaws.costing.warned import longest_silence

_HOUR = 3600
_MINUTE = 60
_CERTAIN = (Fraction(1), Fraction(1))


def project(recorder: Recorder, hours_per_month: int, events_per_month: int | None) -> Month:
    """The month that follows from recorded lines.

    Its rate is that of the lines' own times, or the one that is given. A given rate keeps the pattern of the times: a
    busy minute becomes busier, and more of its seconds see a log.

    Args:
        recorder: what was recorded.
        hours_per_month: the length of a month.
        events_per_month: logs a month, None for the times' own rate. Lines that say no times are taken to be all
            that comes in a month, evenly spread, or as many as are given.
    """
    traffic, lines = recorder.traffic(), recorder.lines
    seconds = hours_per_month * _HOUR
    if not recorder.timed:
        wanted = events_per_month or max(1, lines)
        recorded = Fraction(seconds * lines, wanted)
        steady = traffic._replace(series=(), arrivals=(_steady(lines, recorded),) if lines else ())
        return Month(steady, Spread(_CERTAIN, _CERTAIN, 0), recorded, 0)
    recorded = Fraction(traffic.recorded_seconds)
    denser = events_per_month / (lines * seconds / recorded) if events_per_month else Fraction(1)
    # A thinner stream is the same lines in a longer time, a denser one more lines in the same time: either way there
    # are whole minutes with whole lines.
    more, longer = max(Fraction(1), denser), min(Fraction(1), denser)
    untimed = Fraction(lines, sum(arrival.logs for arrival in traffic.arrivals))
    scaled = traffic._replace(
        cells=tuple(_times(cell, more) for cell in traffic.cells),
        arrivals=tuple(_denser(arrival, denser, untimed * more, 1 / longer) for arrival in traffic.arrivals),
    )
    points = max(1, seconds // traffic.bucket_seconds)
    return Month(scaled, spread(traffic.series, points), recorded / longer, longest_silence(traffic))


def _steady(lines: int, seconds: Fraction) -> ArrivalClass:
    """Lines that come at random at an even rate."""
    minutes = max(1, ceil(seconds / _MINUTE))
    # A second stays empty with the probability e^-rate.
    active = ceil(float(seconds) * -expm1(-float(lines / seconds)))
    return ArrivalClass(size_class(lines // minutes), minutes, lines, max(1, min(lines, active)))


def _denser(arrival: ArrivalClass, factor: Fraction, more: Fraction, longer: Fraction) -> ArrivalClass:
    """The arrivals of a stream that is `factor` times as dense.

    Args:
        arrival: as recorded.
        factor: its new rate over the recorded one.
        more: its logs over those recorded.
        longer: its time over that recorded.
    """
    if factor == more == 1:
        return arrival
    logs = max(1, round(arrival.logs * more))
    minutes = max(1, round(arrival.minutes * longer))
    share = min(1.0, arrival.active_seconds / (arrival.minutes * _MINUTE))
    # As many independent sources as the factor says: a second stays empty if it does in all of them.
    share = -expm1(float(factor) * log1p(-share)) if share < 1 else min(1.0, float(factor))
    return ArrivalClass(
        rate_class=size_class(logs // minutes),
        minutes=minutes,
        logs=logs,
        active_seconds=max(1, min(logs, round(minutes * _MINUTE * share))),
    )


def _times(cell: TrafficCell, factor: Fraction) -> TrafficCell:
    if factor == 1:
        return cell
    sums = ("logs", "size_bytes", "sqs_blocks", "tokens", "redacted_tokens", "pii_logs")
    return cell._replace(**{name: round(getattr(cell, name) * factor) for name in sums})
