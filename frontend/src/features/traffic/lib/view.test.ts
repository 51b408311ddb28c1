import { expect, test } from 'vitest';
import { bounds, viewOf } from './view';

test('an address without a view is all of it', () => {
  expect(viewOf(new URLSearchParams())).toEqual({
    range: 'all',
    interval: 'auto',
    from: null,
    to: null,
    measure: 'cost',
  });
  expect(viewOf(new URLSearchParams('range=century&by=century'))).toMatchObject({
    range: 'all',
    interval: 'auto',
  });
});

test('a range of one’s own with no ends is all of it, and stays one’s own', () => {
  for (const address of ['range=custom', 'range=custom&from=nonsense&to=0002-07-01T00:00:00Z']) {
    const open = viewOf(new URLSearchParams(address));
    expect(open).toMatchObject({ range: 'custom', from: null, to: null });
    expect(bounds(open, new Date())).toEqual({});
  }
});

test('presets end now, a range of one’s own has its own ends', () => {
  const now = new Date('2026-07-02T00:00:00Z');
  const preset = viewOf(new URLSearchParams('range=24h'));
  expect(bounds(preset, now)).toEqual({ from: '2026-07-01T00:00:00.000Z' });
  const own = viewOf(new URLSearchParams('range=custom&from=2026-06-01T00:00Z'));
  expect(bounds(own, now)).toEqual({ from: '2026-06-01T00:00:00.000Z' });
});
