import { expect, test } from 'vitest';
import { timeFormats } from './times';

const rome = timeFormats('en-US', 'Europe/Rome');

test('times are shown in the zone, which is named', () => {
  expect(rome.zone).toBe('Europe/Rome');
  expect(rome.dateTime('2026-07-01T22:30:00Z')).toBe('Jul 2, 2026, 00:30');
});

test('the zone’s offset is that of the times shown, whatever it is today', () => {
  expect(rome.offsets('2026-09-01T00:00:00Z', '2026-09-30T00:00:00Z')).toBe('GMT+2');
  expect(rome.offsets('2026-12-01T00:00:00Z')).toBe('GMT+1');
  expect(rome.offsets('2026-10-20T00:00:00Z', '2026-10-30T00:00:00Z')).toBe('GMT+2, GMT+1');
  expect(rome.offsets()).toBe('');
});

test.each(['America/Los_Angeles', 'UTC', 'Pacific/Auckland'])('a day by itself is that day in %s', (zone) => {
  const format = timeFormats('en-US', zone);
  expect(format.date('2026-09-01')).toBe('Sep 1, 2026');
  expect(format.date('2026-09-01T12:00:00Z')).toMatch(/^Sep [12], 2026$/);
});

test('days and months are named as UTC has them, hours as the zone does', () => {
  const format = timeFormats('en-US', 'America/Los_Angeles');
  const begin = new Date('2026-07-01T00:00:00Z');
  expect([format.bucket(begin, 86_400), format.axis(begin, 86_400)]).toEqual(['Jul 1, 2026', 'Jul 1']);
  expect([format.bucket(begin, 'month'), format.axis(begin, 'month')]).toEqual(['July 2026', 'Jul 2026']);
  expect(format.bucket(begin, 2 * 86_400)).toMatch(/^Jul 1\s–\s2, 2026$/);
  expect(format.bucket(begin, 3600)).toBe('Jun 30, 2026, 17:00');
  expect(format.axis(begin, 3600)).toBe('Jun 30, 17:00');
  expect(format.dayOfYear(begin)).toBe('Jun 30');
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

test.each([
  [3600, 'hour', 'ora'],
  [86_400, 'day', 'giorno'],
  [300, '5 minutes', '5 minuti'],
  [7200, '2 hours', '2 ore'],
])('every %i s is every %s', (seconds, english, italian) => {
  expect(rome.every(seconds)).toBe(english);
  expect(timeFormats('it-IT', 'Europe/Rome').every(seconds)).toBe(italian);
});
