import { add, compare, divide, multiply, subtract, type Decimal } from '@/lib/decimal';
import type { Metrics } from '../api/metrics';

/** One bucket of recorded time. */
export interface Bucket {
  /** When it begins, ms since 1970. */
  time: number;
  cost: Record<'sqs' | 'lambda' | 'bedrock', Decimal>;
  logs: number;
  tokens: number;
}

const NOTHING = { sqs: '0', lambda: '0', bedrock: '0' } as const;

/** The buckets of a range in order, those in which nothing arrived included, so that a gap looks like one. */
export function bucketsOf(metrics: Pick<Metrics, 'timeseries' | 'interval_seconds'>): Bucket[] {
  const found = new Map<number, Bucket>();
  for (const point of metrics.timeseries) {
    const time = Date.parse(point.timestamp);
    const bucket = found.get(time) ?? { time, cost: { ...NOTHING }, logs: 0, tokens: 0 };
    found.set(time, bucket);
    if (point.metric_name === 'cost' && point.metric_type !== 'safety') {
      bucket.cost[point.metric_type] = String(point.value);
    } else if (point.metric_name === 'logs') bucket.logs = Number(point.value);
    else if (point.metric_name === 'tokens') bucket.tokens = Number(point.value);
  }
  const times = [...found.keys()];
  if (times.length === 0) return [];
  const step = metrics.interval_seconds * 1000;
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const buckets: Bucket[] = [];
  for (let time = first; time <= last; time += step) {
    buckets.push(found.get(time) ?? { time, cost: { ...NOTHING }, logs: 0, tokens: 0 });
  }
  return buckets;
}

/** Neighbours put together until there are at most so many: no screen has more columns to draw them in. */
export function coarsened(buckets: readonly Bucket[], most: number): { buckets: Bucket[]; factor: number } {
  const factor = Math.max(1, Math.ceil(buckets.length / most));
  if (factor === 1) return { buckets: [...buckets], factor };
  const together: Bucket[] = [];
  for (let index = 0; index < buckets.length; index += factor) {
    const [first, ...others] = buckets.slice(index, index + factor);
    if (first) together.push(others.reduce(sum, first));
  }
  return { buckets: together, factor };
}

/** The days of each calendar month put together: of UTC, as the days are, since none of them can be cut. */
export function byMonth(days: readonly Bucket[]): Bucket[] {
  const months = new Map<string, Bucket>();
  for (const day of days) {
    const name = new Date(day.time).toISOString().slice(0, '2026-07'.length);
    const before = months.get(name);
    months.set(name, before ? sum(before, day) : day);
  }
  return [...months.values()];
}

export function totalCost(bucket: Bucket): Decimal {
  return add(add(bucket.cost.sqs, bucket.cost.lambda), bucket.cost.bedrock);
}

const WINDOWS = [
  { name: 'week', seconds: 7 * 86_400 },
  { name: 'day', seconds: 86_400 },
  { name: 'sixHours', seconds: 6 * 3600 },
  { name: 'hour', seconds: 3600 },
] as const;

export interface Trend {
  percent: Decimal;
  /** How long each of the two spans compared is. */
  window: (typeof WINDOWS)[number]['name'];
}

/**
 * How the cost of the latest stretch compares with the stretch before it, for the longest of a week, a day, six hours
 * and an hour that was recorded twice over; null where none was, or the earlier one cost nothing.
 *
 * @param buckets in order, gaps filled.
 * @param intervalSeconds length of each. The last is left out: it may still be filling.
 */
export function trend(buckets: readonly Bucket[], intervalSeconds: number): Trend | null {
  const full = buckets.slice(0, -1);
  const window = WINDOWS.find(
    ({ seconds }) => seconds % intervalSeconds === 0 && full.length >= (2 * seconds) / intervalSeconds,
  );
  if (window === undefined) return null;
  const count = window.seconds / intervalSeconds;
  const cost = (part: readonly Bucket[]) => part.reduce((all, bucket) => add(all, totalCost(bucket)), '0');
  const latest = cost(full.slice(-count));
  const earlier = cost(full.slice(-2 * count, -count));
  if (compare(earlier, '0') === 0) return null;
  const percent = divide(multiply(subtract(latest, earlier), 100), earlier);
  return percent === null ? null : { percent, window: window.name };
}

function sum(a: Bucket, b: Bucket): Bucket {
  return {
    time: a.time,
    cost: {
      sqs: add(a.cost.sqs, b.cost.sqs),
      lambda: add(a.cost.lambda, b.cost.lambda),
      bedrock: add(a.cost.bedrock, b.cost.bedrock),
    },
    logs: a.logs + b.logs,
    tokens: a.tokens + b.tokens,
  };
}
