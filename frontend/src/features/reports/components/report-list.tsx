import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { EmptyState } from '@/components/empty-state';
import { Listing } from '@/components/listing';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { Select } from '@/components/ui/input';
import { useMessages } from '@/i18n/context';
import { useSearchChange } from '@/lib/hooks/use-search-change';
import { useMayWrite } from '@/lib/session/user';
import { reportsQuery } from '../api/reports';
import { FORMATS, reportFiltersOf, STATUSES } from '../lib/filters';
import { NewReportDialog } from './new-report-dialog';
import { ReportTable } from './report-table';

/** The reports of a scenario, or of all where it is null; and what makes a new one. */
export function ReportList({ scenarioId }: { scenarioId: string | null }) {
  const t = useMessages().reports;
  const mayWrite = useMayWrite();
  const [search, change] = useSearchChange();
  const filters = reportFiltersOf(search);
  const [making, setMaking] = useState(false);
  const query = useQuery(reportsQuery(scenarioId, filters));
  const create = mayWrite ? (
    <Button look="primary" aria-haspopup="dialog" onClick={() => setMaking(true)}>
      <Icon name="plus" />
      {t.create}
    </Button>
  ) : null;
  const filtered = filters.status !== undefined || filters.format !== undefined;
  const isEmpty = query.data?.total === 0 && !filtered;
  return (
    <>
      {isEmpty ? null : (
        <div className="mb-6 flex flex-wrap items-end gap-3">
          <search className="flex flex-wrap gap-3">
            <Field label={t.status} hideLabel className="w-40">
              {(control) => (
                <Select
                  {...control}
                  value={filters.status ?? ''}
                  onChange={(event) => change({ status: event.target.value, page: null })}
                >
                  <option value="">{t.anyStatus}</option>
                  {STATUSES.map((status) => (
                    <option key={status} value={status}>
                      {t.statuses[status]}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Field label={t.format} hideLabel className="w-40">
              {(control) => (
                <Select
                  {...control}
                  value={filters.format ?? ''}
                  onChange={(event) => change({ format: event.target.value, page: null })}
                >
                  <option value="">{t.anyFormat}</option>
                  {FORMATS.map((each) => (
                    <option key={each} value={each}>
                      {t.formats[each]}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          </search>
          <div className="ml-auto">{create}</div>
        </div>
      )}
      <Listing
        query={query}
        none={
          isEmpty ? (
            <EmptyState title={t.emptyTitle} action={create}>
              {t.empty}
            </EmptyState>
          ) : (
            <p className="py-16 text-center text-ink-2">{t.none}</p>
          )
        }
      >
        {({ items }) => <ReportTable reports={items} named={scenarioId === null} />}
      </Listing>
      {making ? <NewReportDialog scenarioId={scenarioId} onClose={() => setMaking(false)} /> : null}
    </>
  );
}
