import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Allowance } from './allowance';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const left = (remaining: number, reset: number) =>
  new Headers({ 'RateLimit-Remaining': String(remaining), 'RateLimit-Reset': String(reset) });
const { signal } = new AbortController();

test('what may wait waits from the reserve on, until there is more', async () => {
  const allowance = new Allowance(30);
  allowance.note(left(30, 40));
  await allowance.spared(signal);

  allowance.note(left(29, 40));
  expect(allowance.scarce).toBe(true);
  const went = vi.fn();
  const waits = allowance.spared(signal).then(went);
  await vi.advanceTimersByTimeAsync(39_000);
  expect(went).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1_000);
  await waits;
  expect(went).toHaveBeenCalled();
  expect(allowance.scarce).toBe(false);
});

test('an answer of the next minute ends the wait', async () => {
  const allowance = new Allowance(30);
  allowance.note(left(2, 60));
  const waits = allowance.spared(signal);
  allowance.note(left(99, 60));
  await waits;
});

test('who goes waits no more', async () => {
  const allowance = new Allowance(30);
  allowance.note(left(0, 60));
  const gone = new AbortController();
  const waits = allowance.spared(gone.signal);
  gone.abort(new Error('gone'));
  await expect(waits).rejects.toThrow('gone');
});

test('an answer that says nothing of it changes nothing', () => {
  const allowance = new Allowance(30);
  allowance.note(left(2, 60));
  allowance.note(new Headers());
  expect(allowance.scarce).toBe(true);
});
