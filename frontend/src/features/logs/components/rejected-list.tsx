import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { Listing } from '@/components/listing';
import { Section } from '@/components/section';
import { Table, Td, Th } from '@/components/ui/table';
import { useFormats, useMessages } from '@/i18n/context';
import { pageOf } from '@/lib/pages';
import { rejectedQuery, type Rejected } from '../api/logs';

/** What came in and couldn't be read: why, and how it began. */
export function RejectedList({ scenarioId, refresh }: { scenarioId: string; refresh: number | false }) {
  const t = useMessages().logs;
  const [search] = useSearchParams();
  const query = useQuery({ ...rejectedQuery(scenarioId, pageOf(search)), refetchInterval: refresh });
  return (
    <Section title={t.rejectedTitle} lead={t.rejectedLead}>
      <Listing query={query} none={<p className="py-12 text-center text-ink-2">{t.rejectedNone}</p>}>
        {({ items }) => <RejectedTable records={items} />}
      </Listing>
    </Section>
  );
}

function RejectedTable({ records }: { records: readonly Rejected[] }) {
  const t = useMessages().logs;
  const format = useFormats();
  return (
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
        {records.map((record) => (
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
  );
}
