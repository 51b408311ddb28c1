import { expect, test } from 'vitest';
import { fromLocal, timeOf, toLocal } from './local-time';

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

test.each([
  '0002-07-01T12:30',
  '0202-07-01T12:30',
  '1899-12-31T23:59',
  '20260-07-01T12:30',
  '2026-07',
  'soon',
])('%s is no time yet', (local) => {
  expect(fromLocal(local, 'Europe/Rome')).toBeNull();
  expect(fromLocal(local, 'UTC')).toBeNull();
});

test.each(['0002-07-01T12:30:00Z', '+020260-07-01T12:30:00Z', '-000001-01-01T00:00:00Z', 'soon'])(
  'an input shows nothing for %s',
  (time) => {
    expect(timeOf(time)).toBeNull();
    expect(toLocal(time, 'America/Los_Angeles')).toBe('');
  },
);

test.each(['1900-01-01T00:00', '2999-12-31T23:59'])('%s is the outermost that may be meant', (local) => {
  for (const zone of ['Pacific/Kiritimati', 'UTC', 'America/Los_Angeles'])
    expect(fromLocal(local, zone)).not.toBeNull();
});
