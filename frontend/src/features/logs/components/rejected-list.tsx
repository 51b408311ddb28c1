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
              <Th className="hidden md:table-cell">{t.rejectedColumns.time}</Th>
              <Th className="hidden text-right md:table-cell">{t.rejectedColumns.position}</Th>
              <Th className="max-md:pl-0">{t.rejectedColumns.error}</Th>
              <Th className="hidden w-full md:table-cell">{t.rejectedColumns.sample}</Th>
            </tr>
          </thead>
          <tbody>
            {data.items.map((record) => (
              <tr key={record.id}>
                <Td className="hidden font-mono text-xs whitespace-nowrap text-ink-2 md:table-cell">
                  {format.exact(record.received_at)}
                </Td>
                <Td className="hidden text-right text-xs md:table-cell">{format.quantity(record.index)}</Td>
                <Td className="max-md:pl-0 md:min-w-48">
                  <span lang="en">{record.error}</span>
                  {/* The other columns, where there is no room beside it. */}
                  <p className="my-1 font-mono text-xs break-all md:hidden">{record.sample}</p>
                  <p className="text-xs text-ink-3 md:hidden">
                    {format.exact(record.received_at)} · {t.rejectedColumns.position}{' '}
                    {format.quantity(record.index)}
                  </p>
                </Td>
                <Td className="hidden min-w-72 font-mono text-xs break-all md:table-cell">{record.sample}</Td>
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
