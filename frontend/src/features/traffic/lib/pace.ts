import { divide, multiply, type Decimal } from '@/lib/decimal';
import type { BucketLength } from '@/lib/format/times';

const HOUR_S = 3600;

/**
 * What a monthly budget allows a bucket, dollars: a month all of it, anything shorter its part of the design's month.
 *
 * @param budget dollars a month.
 * @param length of a bucket.
 * @param hoursPerMonth of the design's month, by which the expected one is reckoned too.
 */
export function paceOf(budget: Decimal, length: BucketLength, hoursPerMonth: number): Decimal | null {
  return length === 'month' ? budget : divide(multiply(budget, length), hoursPerMonth * HOUR_S);
}
