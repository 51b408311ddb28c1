import { expect, test } from 'vitest';
import { timeFormats } from './times';

const rome = timeFormats('en-US', 'Europe/Rome');

test('times are shown in the zone, which is named', () => {
  expect(rome.zone).toBe('Europe/Rome');
  expect(rome.dateTime('2026-07-01T22:30:00Z')).toBe('Jul 2, 2026, 00:30');
  expect(rome.zoneOffset).toMatch(/^GMT\+[12]$/);
});

test.each([
  ['2026-07-01T12:00:00Z', '0 seconds ago'],
  ['2026-07-01T11:59:18Z', '42 seconds ago'],
  ['2026-07-01T11:57:01Z', '2 minutes ago'],
  ['2026-06-29T11:57:01Z', '2 days ago'],
  ['2026-07-01T12:00:05Z', '0 seconds ago'],
])('%s is %s at noon; a clock that runs ahead is not the future', (time, text) => {
  expect(rome.ago(time, new Date('2026-07-01T12:00:00Z'))).toBe(text);
});

test.each([
  [0, '0 seconds'],
  [61, '1 minute 1 second'],
  [7200, '2 hours'],
  [93_784, '1 day 2 hours'],
])('%i s last %s', (seconds, text) => {
  expect(rome.duration(seconds)).toBe(text);
});
