import { useEffect, useEffectEvent } from 'react';

/** Does something every so many milliseconds while the page is looked at; never where that is false. */
export function useEvery(interval: number | false, task: () => void): void {
  const run = useEffectEvent(() => {
    if (!document.hidden) task();
  });
  useEffect(() => {
    if (interval === false) return undefined;
    const timer = setInterval(run, interval);
    return () => clearInterval(timer);
  }, [interval]);
}
