export interface TimeFormats {
  /** The zone that every time is shown in: `Europe/Rome`. */
  zone: string;
  /** The same as an offset now: `GMT+1`. */
  zoneOffset: string;
  date: (time: string | Date) => string;
  dateTime: (time: string | Date) => string;
  /** With its weekday, in a zone of its own: when something is due. */
  dueIn: (time: string | Date, zone: string) => string;
  /** `Sunday` for 0. */
  weekday: (day: number) => string;
  /** With seconds: a log's time. */
  exact: (time: string | Date) => string;
  /** For an axis whose points are this many seconds apart. */
  axis: (time: string | Date, bucketSeconds: number) => string;
  /** `3 minutes ago`. */
  ago: (time: string | Date, now: Date) => string;
  /** How long something took or lasts: `2 days 3 hours`, the two largest units. */
  duration: (seconds: number) => string;
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
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
    return (time: string | Date) => formatter.format(new Date(time));
  };
  const date = format({ dateStyle: 'medium' });
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
  const axisDay = format({ day: 'numeric', month: 'short' });
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
  return {
    zone,
    zoneOffset: zoneName.formatToParts().find((part) => part.type === 'timeZoneName')?.value ?? zone,
    date,
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
    axis: (time, bucketSeconds) =>
      (bucketSeconds >= 86_400 ? axisDay : bucketSeconds >= 3600 ? axisHour : axisMinute)(time),
    ago: (time, now) => {
      const seconds = Math.max(0, Math.round((now.getTime() - new Date(time).getTime()) / 1000));
      const [unit, length] = UNITS.find(([, size]) => seconds >= size) ?? (['second', 1] as const);
      return relative.format(-Math.floor(seconds / length), unit);
    },
    duration: (seconds) => {
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
    },
  };
}
