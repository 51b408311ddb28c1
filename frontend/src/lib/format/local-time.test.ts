import { expect, test } from 'vitest';
import { fromLocal, toLocal } from './local-time';

test.each([
  ['2026-07-01T12:30', 'Europe/Rome', '2026-07-01T10:30:00.000Z'],
  ['2026-01-01T00:00', 'Europe/Rome', '2025-12-31T23:00:00.000Z'],
  ['2026-03-29T03:30', 'Europe/Rome', '2026-03-29T01:30:00.000Z'],
  ['2026-07-01T12:30', 'UTC', '2026-07-01T12:30:00.000Z'],
  ['2026-07-01T12:30', 'America/Los_Angeles', '2026-07-01T19:30:00.000Z'],
])('%s in %s is %s, and back', (local, zone, time) => {
  expect(fromLocal(local, zone)).toBe(time);
  expect(toLocal(time, zone)).toBe(local);
});

test('an empty input is no time', () => {
  expect(fromLocal('', 'UTC')).toBeNull();
  expect(toLocal(null, 'UTC')).toBe('');
});
