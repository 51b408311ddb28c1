import { expect, test } from 'vitest';
import { paceOf } from './pace';

test('a month may cost the budget, whatever its length', () => {
  expect(paceOf('100', 'month', 730)).toBe('100');
});

test('what is shorter may cost its part of the month', () => {
  expect(paceOf('730', 3600, 730)).toBe('1');
  expect(paceOf('730', 86_400, 730)).toBe('24');
});
