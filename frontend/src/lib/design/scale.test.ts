import { expect, test } from 'vitest';
import { ratioSteps, steps } from './scale';

test('steps go by ratio and include both ends', () => {
  expect(ratioSteps(0, 300)).toEqual([0, 1, 2, 5, 10, 20, 50, 100, 200, 300]);
});

test('a value between two steps is shown at the nearer', () => {
  const scale = steps([1, 2, 5, 10]);
  expect(scale.of(4)).toBe(2);
  expect(scale.at(2)).toBe(5);
  expect(scale.at(99)).toBe(10);
});
