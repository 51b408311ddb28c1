import { describe, expect, test } from 'vitest';
import { bucketsOf, byMonth, coarsened, totalCost, trend, type Bucket } from './series';

const HOUR = 3_600_000;

function bucket(time: number, cost: string, logs = 1): Bucket {
  return { time, cost: { sqs: '0', lambda: '0', bedrock: cost }, logs, tokens: 10 * logs };
}

function point(
  timestamp: string,
  metric_type: 'sqs' | 'bedrock' | 'safety',
  metric_name: string,
  value: number | string,
) {
  return { timestamp, metric_type, metric_name, value, unit: 'x' };
}

test('points become buckets, and a gap becomes empty ones', () => {
  const buckets = bucketsOf({
    interval_seconds: 3600,
    timeseries: [
      point('2026-07-01T00:00:00Z', 'sqs', 'logs', 5),
      point('2026-07-01T00:00:00Z', 'sqs', 'cost', '0.000002'),
      point('2026-07-01T00:00:00Z', 'bedrock', 'tokens', 70),
      point('2026-07-01T00:00:00Z', 'safety', 'duplicates', 2),
      point('2026-07-01T03:00:00Z', 'bedrock', 'cost', '0.1'),
    ],
  });
  expect(buckets).toHaveLength(4);
  expect(buckets[0]).toEqual({
    time: Date.parse('2026-07-01T00:00:00Z'),
    cost: { sqs: '0.000002', lambda: '0', bedrock: '0' },
    logs: 5,
    tokens: 70,
  });
  expect(buckets[1]?.logs).toBe(0);
  expect(bucketsOf({ interval_seconds: 60, timeseries: [] })).toEqual([]);
});

test('neighbours put together keep the exact sum', () => {
  const many = Array.from({ length: 1001 }, (_, index) => bucket(index * HOUR, '0.1'));
  const { buckets, factor } = coarsened(many, 400);
  expect(factor).toBe(3);
  expect(buckets).toHaveLength(334);
  expect(buckets.map(totalCost).filter((cost) => cost === '0.3')).toHaveLength(333);
  expect(buckets.reduce((logs, each) => logs + each.logs, 0)).toBe(1001);
  expect(coarsened(many.slice(0, 5), 400).factor).toBe(1);
});

test('months are those of UTC, as the days are', () => {
  const days = ['2026-06-29T00:00:00Z', '2026-06-30T00:00:00Z', '2026-07-01T00:00:00Z'];
  const months = byMonth(days.map((time) => bucket(Date.parse(time), '1')));
  expect(months.map(totalCost)).toEqual(['2', '1']);
});

describe('the trend', () => {
  test('compares the latest full day with the day before', () => {
    const hours = Array.from({ length: 49 }, (_, index) => bucket(index * HOUR, index < 24 ? '1' : '1.5'));
    expect(trend(hours, 3600)).toEqual({ percent: '50', window: 'day' });
  });

  test('leaves out the bucket that is still filling', () => {
    const hours = [bucket(0, '1'), bucket(HOUR, '2'), bucket(2 * HOUR, '0.01')];
    expect(trend(hours, 3600)).toEqual({ percent: '100', window: 'hour' });
  });

  test('says nothing of too short a recording, or of one that began at nothing', () => {
    expect(trend([bucket(0, '1'), bucket(HOUR, '1')], 3600)).toBeNull();
    expect(trend([bucket(0, '0'), bucket(HOUR, '1'), bucket(2 * HOUR, '1')], 3600)).toBeNull();
  });
});
