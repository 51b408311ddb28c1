import { expect, test } from 'vitest';
import { logFiltersOf } from './filters';

test('filters come from the address, and nonsense is none', () => {
  expect(logFiltersOf(new URLSearchParams('q=error&source=nginx&pii=true&from=2026-07-01T00:00Z'))).toEqual({
    q: 'error',
    source: 'nginx',
    has_pii: true,
    from: '2026-07-01T00:00:00.000Z',
  });
  expect(logFiltersOf(new URLSearchParams('pii=maybe&to=tomorrow&q='))).toEqual({});
});
