"""Recorded lines to a month, where nothing but the lines says how much comes."""

from decimal import Decimal
from fractions import Fraction
from math import ceil, expm1, log1p

from shared.cli.recorder import Recorder
from shared.mockupaws.contracts.estimates import MonthlyEstimate, Sample
from shared.mockupaws.contracts.pipeline import Pipeline
from shared.mockupaws.contracts.traffic import ArrivalClass, Traffic, TrafficCell, size_class
from shared.mockupaws.costing.apportion import apportion
from shared.mockupaws.costing.bootstrap import Spread, spread
from shared.mockupaws.costing.estimate import Month, monthly
from shared.mockupaws.costing.exact import whole
from shared.mockupaws.costing.price_book import PriceBook
from shared.mockupaws.costing.warned import longest_silence, warnings_of

_HOUR = 3600
_MINUTE = 60
_PLACES = 6
_CERTAIN = (Fraction(1), Fraction(1))
# Another rate than the lines' own is that of the same lines so many times over, in a time that makes it exact. Logs,
# minutes and seconds stay whole numbers, and what is rounded of so many is next to nothing.
_OVER = 10**9


def estimated(
    recorder: Recorder, pipeline: Pipeline, book: PriceBook, region: str, events_per_month: int | None
) -> MonthlyEstimate:
    """What the month that follows from recorded lines costs.

    Args:
        recorder: what was recorded, at least a line.
        pipeline: the design.
        book: prices in force.
        region: where it would run.
        events_per_month: as `project` has it.

    Raises:
        NotPricedError: the region, the model or its mode isn't priced.
    """
    hours = pipeline.assumptions.hours_per_month
    of, times = project(recorder, hours, events_per_month)
    found = monthly(of.traffic, pipeline, book, region, of)
    if times == 1:
        return found
    # What it rests on, and what is to be said of that, is what was recorded, not that so many times over.
    scale = hours * _HOUR * times / of.recorded_seconds
    sample = Sample(
        recorded_seconds=recorder.recorded_seconds if recorder.timed else whole(of.recorded_seconds / times),
        logs=recorder.lines,
        blocks=of.spread.blocks,
        scale=round(Decimal(scale.numerator) / Decimal(scale.denominator), _PLACES),
    )
    warnings = warnings_of(
        sample, found, pipeline, silence_seconds=of.silence_seconds, stray_logs=of.traffic.stray_logs
    )
    return found.model_copy(update={"sample": sample, "warnings": warnings})


def project(recorder: Recorder, hours_per_month: int, events_per_month: int | None) -> tuple[Month, int]:
    """The month that follows from recorded lines.

    Its rate is that of the lines' own times, or the one that is given. A given rate keeps the pattern of the times: a
    busy minute becomes busier, and more of its seconds see a log.

    Args:
        recorder: what was recorded, at least a line.
        hours_per_month: the length of a month.
        events_per_month: logs a month, None for the times' own rate. Lines that say no times are taken to be all
            that comes in a month, evenly spread, or as many as are given.

    Returns:
        The month, and how many times over it has the lines.
    """
    traffic, lines = recorder.traffic(), recorder.lines
    seconds = hours_per_month * _HOUR
    if not recorder.timed:
        recorded = Fraction(seconds * lines, events_per_month or lines)
        times = 1 if recorded == seconds else _OVER * max(1, ceil(_MINUTE / recorded))
        steady = _repeated(traffic, times)._replace(series=(), arrivals=(_steady(lines * times, recorded * times),))
        return Month(steady, Spread(_CERTAIN, _CERTAIN, 0), recorded * times, 0), times
    recorded = Fraction(traffic.recorded_seconds)
    denser = events_per_month * recorded / (lines * seconds) if events_per_month else Fraction(1)
    times = 1 if denser == 1 else _OVER * ceil(denser)
    longer = times / denser
    # A line before the first time of its file is in no minute: it is taken to come as the others do.
    timed = [arrival.logs for arrival in traffic.arrivals]
    logs = [int(part) for part in apportion(Decimal(lines * times), timed, places=0)]
    arrivals = tuple(_denser(*each, denser, longer) for each in zip(traffic.arrivals, logs, strict=True))
    points = max(1, seconds // traffic.bucket_seconds)
    month = Month(
        _repeated(traffic, times)._replace(arrivals=arrivals),
        spread(traffic.series, points),
        recorded * longer,
        longest_silence(traffic),
    )
    return month, times


def _repeated(traffic: Traffic, times: int) -> Traffic:
    """The same lines so many times over."""
    sums = ("logs", "size_bytes", "sqs_blocks", "tokens", "redacted_tokens", "pii_logs")

    def repeated(cell: TrafficCell) -> TrafficCell:
        return cell._replace(**{name: getattr(cell, name) * times for name in sums})

    return traffic._replace(cells=tuple(map(repeated, traffic.cells)))


def _steady(lines: int, seconds: Fraction) -> ArrivalClass:
    """Lines that come at random at an even rate."""
    minutes = max(1, ceil(seconds / _MINUTE))
    # A second stays empty with the probability e^-rate.
    active = ceil(float(seconds) * -expm1(-float(lines / seconds)))
    return ArrivalClass(size_class(lines // minutes), minutes, lines, max(1, min(lines, active)))


def _denser(arrival: ArrivalClass, logs: int, factor: Fraction, longer: Fraction) -> ArrivalClass:
    """The arrivals of a stream that is `factor` times as dense.

    Args:
        arrival: as recorded.
        logs: of the denser stream.
        factor: its rate over the recorded one.
        longer: its time over that recorded.
    """
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
