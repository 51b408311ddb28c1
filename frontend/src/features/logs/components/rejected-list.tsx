import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '@/components/error-state';
import { Pagination } from '@/components/pagination';
import { Section } from '@/components/section';
import { Skeleton } from '@/components/ui/skeleton';
import { Table, Td, Th } from '@/components/ui/table';
import { useFormats, useMessages } from '@/i18n/context';
import { useSearchChange } from '@/lib/hooks/use-search-change';
import { REJECTED_PAGE, rejectedQuery } from '../api/logs';

/** What came in and couldn't be read: why, and how it began. */
export function RejectedList({ scenarioId, refresh }: { scenarioId: string; refresh: number | false }) {
  const t = useMessages().logs;
  const format = useFormats();
  const [search, change] = useSearchChange();
  const page = Math.max(1, Math.trunc(Number(search.get('page') ?? 1)) || 1);
  const { data, error, refetch } = useQuery({ ...rejectedQuery(scenarioId, page), refetchInterval: refresh });
  return (
    <Section title={t.rejectedTitle} lead={t.rejectedLead}>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined && !error ? <Skeleton className="h-64" /> : null}
      {data?.items.length === 0 ? <p className="py-12 text-center text-ink-2">{t.rejectedNone}</p> : null}
      {data && data.items.length > 0 ? (
        <Table label={t.rejectedTitle}>
          <thead>
            <tr>
              <Th>{t.rejectedColumns.time}</Th>
              <Th className="text-right">{t.rejectedColumns.position}</Th>
              <Th>{t.rejectedColumns.error}</Th>
              <Th className="w-full">{t.rejectedColumns.sample}</Th>
            </tr>
          </thead>
          <tbody>
            {data.items.map((record) => (
              <tr key={record.id}>
                <Td className="font-mono text-xs whitespace-nowrap text-ink-2">
                  {format.exact(record.received_at)}
                </Td>
                <Td className="text-right text-xs">{format.quantity(record.index)}</Td>
                <Td lang="en" className="min-w-48">
                  {record.error}
                </Td>
                <Td className="min-w-72 font-mono text-xs break-all">{record.sample}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      ) : null}
      {data ? (
        <Pagination
          page={page}
          pageSize={REJECTED_PAGE}
          total={data.total}
          onPage={(next) => change({ page: String(next) })}
        />
      ) : null}
    </Section>
  );
}
