import { useEffect } from 'react';

/** The page's title, in the tab and for screen readers that announce it. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · mockupAWS` : 'mockupAWS';
  }, [title]);
}
