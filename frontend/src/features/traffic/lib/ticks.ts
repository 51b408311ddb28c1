import { isOfDays, type BucketLength } from '@/lib/format/times';
import type { Bucket } from './series';

/** With fewer beginnings of days than this in view, hours say more. */
const FEWEST = 3;

/**
 * Where an axis of several days is marked: at the first bucket of each day of the zone, so that every mark is a date.
 *
 * @param buckets in order.
 * @param length of each.
 * @param zone IANA name.
 * @returns their times, ms; null where an axis does better with marks of its own.
 */
export function dayTicks(buckets: readonly Bucket[], length: BucketLength, zone: string): number[] | null {
  if (isOfDays(length)) return null;
  const days = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
  let before: string | null = null;
  const ticks: number[] = [];
  for (const { time } of buckets) {
    const day = days.format(time);
    // What is in view may begin in the middle of a day: that is no beginning.
    if (before !== null && day !== before) ticks.push(time);
    before = day;
  }
  return ticks.length < FEWEST ? null : ticks;
}
