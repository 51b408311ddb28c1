import type { ReactNode } from 'react';
import { cn } from '@/lib/cn';
import { ErrorState } from './error-state';
import { Pagination } from './pagination';
import { Skeleton } from './ui/skeleton';

interface Page<Item> {
  items: Item[];
  total: number;
  page: number;
  page_size: number;
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
  onPage?: (page: number) => void;
  children: (page: Page<Item>) => ReactNode;
}

/** What the API lists page by page: while it is awaited, where it can't be had, where there is none, and as it is. */
export function Listing<Item>({ query, none, onPage, children }: Props<Item>) {
  const { data, error, isPlaceholderData, refetch } = query;
  return (
    <>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} className="mb-6" /> : null}
      {data === undefined && !error ? <Skeleton className="h-96" /> : null}
      {data?.items.length === 0 ? none : null}
      {data && data.items.length > 0 ? (
        <div className={cn('transition-opacity', isPlaceholderData && 'opacity-60')}>{children(data)}</div>
      ) : null}
      {data && onPage ? (
        <Pagination page={data.page} pageSize={data.page_size} total={data.total} onPage={onPage} />
      ) : null}
    </>
  );
}
