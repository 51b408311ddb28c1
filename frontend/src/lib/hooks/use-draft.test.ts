import { expect, test } from 'vitest';
import { afterArrival } from './use-draft';

test('what comes into effect after more was typed is no reason to take the newer back', () => {
  expect(afterArrival(['err', 'error'], 'err')).toEqual(['error']);
  expect(afterArrival(['error'], 'error')).toEqual([]);
});

test('what was overtaken on its way isn’t waited for', () => {
  expect(afterArrival(['e', 'er', 'err'], 'er')).toEqual(['err']);
});

test('what was never sent from here is somebody else’s', () => {
  expect(afterArrival(['error'], '')).toBeNull();
  expect(afterArrival([], 'error')).toBeNull();
});
