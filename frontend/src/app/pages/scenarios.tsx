import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { PageHeader } from '@/components/page-header';
import { Pagination } from '@/components/pagination';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Skeleton } from '@/components/ui/skeleton';
import { MonthCell } from '@/features/estimates/components/month-cell';
import { PAGE_SIZE, scenariosQuery, type ListedScenario } from '@/features/scenarios/api/scenarios';
import { FilterBar } from '@/features/scenarios/components/filter-bar';
import { ScenarioList, ScenarioTable } from '@/features/scenarios/components/scenario-table';
import { filtersOf, isFiltered } from '@/features/scenarios/lib/filters';
import { SampleScenarioButton } from './sample-scenario';
import { useFormats, useMessages } from '@/i18n/context';
import { cn } from '@/lib/cn';
import { useSearchChange } from '@/lib/hooks/use-search-change';
import { useTitle } from '@/lib/hooks/use-title';
import { useMayWrite } from '@/lib/session/user';

export function ScenariosPage() {
  const t = useMessages();
  const format = useFormats();
  const mayWrite = useMayWrite();
  const [search, change] = useSearchChange();
  const filters = filtersOf(search);
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...scenariosQuery(filters),
    refetchInterval: 30_000,
  });
  useTitle(t.scenarios.title);

  const month = (scenario: ListedScenario) => (
    <MonthCell scenarioId={scenario.id} logs={scenario.total_requests} budget={scenario.budget_usd} />
  );
  const create = mayWrite ? (
    <Button asChild look="primary">
      <Link to="/scenarios/new">
        <Icon name="plus" />
        {t.scenarios.create}
      </Link>
    </Button>
  ) : null;
  const nothingYet = data?.total === 0 && !isFiltered(filters);

  return (
    <>
      <PageHeader title={t.scenarios.title} lead={t.scenarios.lead} actions={nothingYet ? null : create} />
      {error ? <ErrorState error={error} onRetry={() => void refetch()} className="mb-6" /> : null}
      {nothingYet ? (
        <EmptyState
          title={t.scenarios.firstTitle}
          action={
            mayWrite ? (
              <>
                {create}
                <SampleScenarioButton />
              </>
            ) : null
          }
        >
          {t.scenarios.first}
        </EmptyState>
      ) : (
        <>
          <FilterBar filters={filters} onChange={change} />
          {data === undefined && !error ? <Loading /> : null}
          {data ? (
            <div
              className={cn('transition-opacity', isPlaceholderData && 'opacity-60')}
              aria-busy={isPlaceholderData}
            >
              {data.items.length === 0 ? (
                <p className="py-16 text-center text-ink-2">
                  {t.scenarios.none}{' '}
                  <Link className="link" to={{ search: '' }}>
                    {t.scenarios.clearFilters}
                  </Link>
                </p>
              ) : (
                <>
                  <ScenarioTable scenarios={data.items} month={month} />
                  <ScenarioList scenarios={data.items} month={month} />
                  <p className="mt-4 text-xs text-ink-3">
                    {t.scenarios.total(data.total, format.quantity(data.total))}
                  </p>
                </>
              )}
              <Pagination
                page={filters.page}
                pageSize={PAGE_SIZE}
                total={data.total}
                onPage={(page) => change({ page: String(page) })}
              />
            </div>
          ) : null}
        </>
      )}
    </>
  );
}

function Loading() {
  return (
    <div className="flex flex-col gap-6 pt-4">
      {[0, 1, 2, 3].map((row) => (
        <Skeleton key={row} className="h-9" />
      ))}
    </div>
  );
}
