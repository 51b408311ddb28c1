import { expect, test } from 'vitest';
import type { Bucket } from './series';
import { dayTicks } from './ticks';

const HOUR = 3_600_000;

function hours(from: string, count: number): Bucket[] {
  return Array.from({ length: count }, (_, index) => ({
    time: Date.parse(from) + index * HOUR,
    cost: { sqs: '0', lambda: '0', bedrock: '0' },
    logs: 1,
    tokens: 1,
  }));
}

test('days are marked where the zone’s begin', () => {
  const ticks = dayTicks(hours('2026-07-01T12:00:00Z', 80), 3600, 'Europe/Rome');
  expect(ticks?.map((time) => new Date(time).toISOString())).toEqual([
    '2026-07-01T22:00:00.000Z',
    '2026-07-02T22:00:00.000Z',
    '2026-07-03T22:00:00.000Z',
  ]);
});

test('few days, or buckets of whole days, are left to the axis', () => {
  expect(dayTicks(hours('2026-07-01T12:00:00Z', 30), 3600, 'UTC')).toBeNull();
  expect(dayTicks(hours('2026-07-01T12:00:00Z', 300), 86_400, 'UTC')).toBeNull();
});
