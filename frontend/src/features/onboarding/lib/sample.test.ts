import { expect, test } from 'vitest';
import { SAMPLE_LOGS, sampleLogs } from './sample';

const NOW = new Date('2026-07-08T12:00:00Z');
const logs = sampleLogs(NOW);

test('a week of logs that one request can carry, the same each time', () => {
  expect(logs).toHaveLength(SAMPLE_LOGS);
  expect(logs[0]?.timestamp.slice(0, 10)).toBe('2026-07-01');
  expect(Date.parse(logs.at(-1)?.timestamp ?? '')).toBeLessThanOrEqual(NOW.getTime());
  expect(JSON.stringify(logs).length).toBeLessThan(2_000_000);
  expect(sampleLogs(NOW)).toEqual(logs);
});

test('with what there is to find: repetition, personal data, every severity', () => {
  expect(new Set(logs.map(({ message }) => message)).size).toBeLessThan(0.85 * logs.length);
  for (const sign of ['@example.com', '4242', '"level":"debug"', 'WARN', 'ERROR']) {
    expect(logs.some(({ message }) => message.includes(sign))).toBe(true);
  }
});
