import { expect, test } from 'vitest';
import { inTurns } from './turns';

/** Tasks that end when they are told to, in the order in which they began. */
function tasks() {
  const began: string[] = [];
  const end = new Map<string, () => void>();
  const task = (name: string) => () => {
    began.push(name);
    return new Promise<string>((resolve) => end.set(name, () => resolve(name)));
  };
  return { began, task, end: (name: string) => end.get(name)?.() };
}

const { signal } = new AbortController();

test('so many run at once, the others in their order', async () => {
  const { began, task, end } = tasks();
  const run = inTurns(2);
  const all = ['a', 'b', 'c', 'd'].map((name) => run(task(name), signal));
  expect(began).toEqual(['a', 'b']);
  end('b');
  await all[1];
  expect(began).toEqual(['a', 'b', 'c']);
  end('a');
  end('c');
  await Promise.all([all[0], all[2]]);
  expect(began).toEqual(['a', 'b', 'c', 'd']);
  end('d');
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd']);
});

test('one that is aborted while it waits never begins', async () => {
  const { began, task, end } = tasks();
  const run = inTurns(1);
  const gone = new AbortController();
  const first = run(task('first'), signal);
  const second = run(task('second'), gone.signal);
  const third = run(task('third'), signal);
  gone.abort(new Error('gone'));
  await expect(second).rejects.toThrow('gone');
  end('first');
  await first;
  expect(began).toEqual(['first', 'third']);
  end('third');
  expect(await third).toBe('third');
});

test('one that fails gives its place to the next', async () => {
  const run = inTurns(1);
  const failed = run(() => Promise.reject(new Error('no')), signal);
  const next = run(() => Promise.resolve('next'), signal);
  await expect(failed).rejects.toThrow('no');
  expect(await next).toBe('next');
  expect(await run(() => Promise.resolve('later'), signal)).toBe('later');
});
