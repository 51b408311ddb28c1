import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { ErrorState } from '@/components/error-state';
import { Section } from '@/components/section';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { useFormats, useMessages } from '@/i18n/context';
import { cn } from '@/lib/cn';
import { useSearchChange } from '@/lib/hooks/use-search-change';
import { logsQuery } from '../api/logs';
import { logFiltersOf } from '../lib/filters';
import { LogFilterBar } from './log-filters';
import { LogTable, NarrowLogs } from './log-table';

interface Props {
  scenarioId: string;
  refresh: number | false;
}

/** A scenario's recorded logs; the address says which. */
export function LogList({ scenarioId, refresh }: Props) {
  const t = useMessages();
  const format = useFormats();
  const [search, change] = useSearchChange();
  const filters = logFiltersOf(search);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage, isPlaceholderData } =
    useInfiniteQuery({
      ...logsQuery(scenarioId, filters),
      // What was scrolled back to is left alone; only the newest page keeps itself up to date.
      refetchInterval: ({ state }) => (state.data && state.data.pages.length > 1 ? false : refresh),
    });
  const logs = data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Object.keys(filters).length > 0;
  return (
    <Section title={t.logs.title} lead={t.logs.lead}>
      <LogFilterBar filters={filters} onChange={change} />
      {error ? <ErrorState error={error} onRetry={() => void refetch()} className="mb-6" /> : null}
      {data === undefined && !error ? <Skeleton className="h-96" /> : null}
      {logs.length > 0 ? (
        <div className={cn('transition-opacity', isPlaceholderData && 'opacity-60')}>
          <LogTable logs={logs} />
          <NarrowLogs logs={logs} />
          <p className="mt-2 text-right text-xs text-ink-3">
            {t.traffic.zone(format.zone, format.offsets(...logs.map((log) => log.received_at).reverse()))}
          </p>
        </div>
      ) : data ? (
        <p className="py-12 text-center text-ink-2">
          {hasNextPage ? t.logs.looked : filtered ? t.logs.empty : t.logs.none}{' '}
          {hasNextPage || filtered ? null : (
            <Link to="../send" relative="path" className="link">
              {t.scenarios.tabs.send}
            </Link>
          )}
        </p>
      ) : null}
      {hasNextPage ? (
        <div className="mt-4 flex justify-center">
          <Button pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {logs.length > 0 ? t.logs.older : t.logs.searchOn}
          </Button>
        </div>
      ) : null}
    </Section>
  );
}
