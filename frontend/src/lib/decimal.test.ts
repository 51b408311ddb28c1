import { expect, test } from 'vitest';
import { add, divide, multiply, shareOf, subtract } from './decimal';

test('sums are exact where floats are not', () => {
  expect(add('0.1', '0.2')).toBe('0.3');
  expect(subtract('0.3', '0.1')).toBe('0.2');
  expect(multiply('0.0000000309', 1000)).toBe('0.0000309');
});

test('a small quotient has no exponent, and dividing by nothing is no number', () => {
  expect(divide('1', 1_000_000_000)).toBe('0.000000001');
  expect(divide('1', 0)).toBeNull();
});

test('a share stays between none and all', () => {
  expect(shareOf('1', '4')).toBe(0.25);
  expect(shareOf('5', '4')).toBe(1);
  expect(shareOf('-1', '4')).toBe(0);
  expect(shareOf('1', '0')).toBe(0);
});
