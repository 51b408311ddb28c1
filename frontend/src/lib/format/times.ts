/** How long a bucket of recorded time is: seconds, or a calendar month. */
export type BucketLength = number | 'month';

export interface TimeFormats {
  /** The zone that every time is shown in: `Europe/Rome`. */
  zone: string;
  /** What the zone is ahead at these times: `GMT+1`, and `GMT+2, GMT+1` where clocks changed in between. */
  offsets: (...times: (string | Date)[]) => string;
  /** A time's day in the zone; a day by itself, `2026-09-01`, is that day in every zone. */
  date: (time: string | Date) => string;
  dateTime: (time: string | Date) => string;
  /** With its weekday, in a zone of its own: when something is due. */
  dueIn: (time: string | Date, zone: string) => string;
  /** `Sunday` for 0. */
  weekday: (day: number) => string;
  /** With seconds: a log's time. */
  exact: (time: string | Date) => string;
  /** `Jul 1`. */
  dayOfYear: (time: string | Date) => string;
  /** A bucket by when it begins, in short, for an axis: days and months are those of UTC, shorter ones of the zone. */
  axis: (begin: Date, length: BucketLength) => string;
  /** The same in full. */
  bucket: (begin: Date, length: BucketLength) => string;
  /** `3 minutes ago`. */
  ago: (time: string | Date, now: Date) => string;
  /** How long something took or lasts: `2 days 3 hours`, the two largest units. */
  duration: (seconds: number) => string;
  /** How often something comes, after `every`: `5 minutes`, and `hour` for one. */
  every: (seconds: number) => string;
}

const DAY_ALONE = /^\d{4}-\d\d-\d\d$/;
const HOUR_S = 3600;
const DAY_S = 24 * HOUR_S;

/** Whether buckets of this length are cut where days of UTC begin, as AWS bills them, whatever zone times are shown in. */
export function isOfDays(length: BucketLength): boolean {
  return length === 'month' || length >= DAY_S;
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/**
 * The times of a locale in one zone.
 *
 * @param locale BCP 47.
 * @param zone IANA name.
 */
export function timeFormats(locale: string, zone: string): TimeFormats {
  const format = (options: Intl.DateTimeFormatOptions, inZone = zone) => {
    const formatter = new Intl.DateTimeFormat(locale, { ...options, timeZone: inZone });
    return (time: string | Date) => formatter.format(new Date(time));
  };
  const date = format({ dateStyle: 'medium' });
  const utcDays = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const utcMonth = format({ month: 'long', year: 'numeric' }, 'UTC');
  const dateTime = format({ dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });
  const exact = format({
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  });
  // 2023 began on a Sunday.
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  const dayOfYear = format({ day: 'numeric', month: 'short' });
  const axisDay = format({ day: 'numeric', month: 'short' }, 'UTC');
  const axisMonth = format({ month: 'short', year: 'numeric' }, 'UTC');
  const axisHour = format({
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const axisMinute = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  const zoneName = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'shortOffset' });
  const duration = (seconds: number) => {
    const parts: string[] = [];
    let rest = Math.round(seconds);
    for (const [unit, length] of UNITS) {
      const count = Math.floor(rest / length);
      if (count === 0 && (unit !== 'second' || parts.length > 0)) continue;
      rest -= count * length;
      parts.push(new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count));
      if (parts.length === 2) break;
    }
    return parts.join(' ');
  };
  return {
    zone,
    offsets: (...times) => {
      const found = times.map(
        (time) =>
          zoneName.formatToParts(new Date(time)).find(({ type }) => type === 'timeZoneName')?.value ?? zone,
      );
      return [...new Set(found)].join(', ');
    },
    date: (time) =>
      typeof time === 'string' && DAY_ALONE.test(time) ? utcDays.format(new Date(time)) : date(time),
    dateTime,
    dueIn: (time, of) =>
      new Intl.DateTimeFormat(locale, {
        weekday: 'short',
        year: 'numeric',
        month: 'short',
        day: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
        timeZone: of,
      }).format(new Date(time)),
    weekday: (day) => weekday.format(Date.UTC(2023, 0, 1 + day)),
    exact,
    dayOfYear,
    axis: (begin, length) => {
      if (length === 'month') return axisMonth(begin);
      return (length >= DAY_S ? axisDay : length >= HOUR_S ? axisHour : axisMinute)(begin);
    },
    bucket: (begin, length) => {
      if (length === 'month') return utcMonth(begin);
      if (length < DAY_S) return dateTime(begin);
      return utcDays.formatRange(begin, new Date(begin.getTime() + 1000 * (length - DAY_S)));
    },
    ago: (time, now) => {
      const seconds = Math.max(0, Math.round((now.getTime() - new Date(time).getTime()) / 1000));
      const [unit, length] = UNITS.find(([, size]) => seconds >= size) ?? (['second', 1] as const);
      return relative.format(-Math.floor(seconds / length), unit);
    },
    duration,
    every: (seconds) => {
      const [unit] = UNITS.find(([, length]) => length === seconds) ?? [];
      if (unit === undefined) return duration(seconds);
      const one = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).formatToParts(
        1,
      );
      return one.find(({ type }) => type === 'unit')?.value ?? duration(seconds);
    },
  };
}
