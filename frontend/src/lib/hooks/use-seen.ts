import { useCallback, useState } from 'react';

/** Whether an element has come near the screen, for what is only fetched where it is looked at; and its ref. */
export function useSeen(): [boolean, (part: Element | null) => (() => void) | undefined] {
  const [seen, setSeen] = useState(false);
  const watch = useCallback((part: Element | null) => {
    if (part === null) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setSeen(true);
      },
      { rootMargin: '200px' },
    );
    observer.observe(part);
    return () => observer.disconnect();
  }, []);
  return [seen, watch];
}
