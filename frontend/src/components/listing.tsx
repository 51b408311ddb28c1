import { useEffect, useRef, type ReactNode } from 'react';
import { cn } from '@/lib/cn';
import { useSearchChange } from '@/lib/hooks/use-search-change';
import { lastPage, type Paged } from '@/lib/pages';
import { ErrorState } from './error-state';
import { Pagination } from './pagination';
import { Skeleton } from './ui/skeleton';

interface Page<Item> extends Paged {
  items: Item[];
}

interface Props<Item> {
  /** What was asked of the API, as far as it is answered. */
  query: {
    data: Page<Item> | undefined;
    error: Error | null;
    isPlaceholderData: boolean;
    refetch: () => unknown;
  };
  /** What is said where there are none. */
  none: ReactNode;
  children: (page: Page<Item>) => ReactNode;
}

/**
 * What the API lists page by page, the address says which: while it is awaited, where it can't be had, where there is
 * none, and as it is.
 */
export function Listing<Item>({ query, none, children }: Props<Item>) {
  const { data, error, isPlaceholderData, refetch } = query;
  const [, change] = useSearchChange();
  const top = useRef<HTMLDivElement>(null);
  const last = data ? lastPage(data) : 1;
  // The address is an old one, or what the page held was deleted: the last one there is takes its place.
  const isBeyond = data !== undefined && data.page > last;
  useEffect(() => {
    if (isBeyond && !isPlaceholderData) change({ page: last === 1 ? null : String(last) });
  }, [isBeyond, isPlaceholderData, last, change]);
  const isAwaited = data === undefined || (isBeyond && data.total > 0);
  return (
    <div ref={top}>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} className="mb-6" /> : null}
      {isAwaited && !error ? <Skeleton className="h-96" /> : null}
      {data?.total === 0 ? none : null}
      {data && data.total > 0 && !isBeyond ? (
        <>
          <div className={cn('transition-opacity', isPlaceholderData && 'opacity-60')}>{children(data)}</div>
          <Pagination
            page={data.page}
            pages={last}
            onPage={(page) => {
              // In this order: where Back leads to remembers how far it was scrolled.
              change({ page: String(page) }, 'push');
              top.current?.scrollIntoView();
            }}
          />
        </>
      ) : null}
    </div>
  );
}
