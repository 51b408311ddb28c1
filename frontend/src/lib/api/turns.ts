/**
 * Lets so many tasks run at once; the others wait in the order in which they came, and one that is aborted leaves.
 *
 * Lambda starts another copy of a function for each request that comes while its others are busy: many at once take
 * longer than the same few after each other.
 */
export function inTurns(width: number) {
  const waiting = new Set<() => void>();
  let running = 0;

  const turn = (signal: AbortSignal) =>
    new Promise<void>((begin, leave) => {
      const called = () => {
        signal.removeEventListener('abort', gone);
        begin();
      };
      const gone = () => {
        waiting.delete(called);
        leave(signal.reason as Error);
      };
      waiting.add(called);
      signal.addEventListener('abort', gone, { once: true });
    });

  return async <Result>(task: () => Promise<Result>, signal: AbortSignal): Promise<Result> => {
    if (running < width) running += 1;
    else await turn(signal);
    try {
      return await task();
    } finally {
      // Whoever waits has the place now; where nobody does, it is free.
      const [next] = waiting;
      if (next) {
        waiting.delete(next);
        next();
      } else {
        running -= 1;
      }
    }
  };
}
