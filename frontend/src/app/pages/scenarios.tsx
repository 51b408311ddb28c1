import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { EmptyState } from '@/components/empty-state';
import { Listing } from '@/components/listing';
import { PageHeader } from '@/components/page-header';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { MonthCell } from '@/features/estimates/components/month-cell';
import { scenariosQuery, type ListedScenario } from '@/features/scenarios/api/scenarios';
import { FilterBar } from '@/features/scenarios/components/filter-bar';
import { ScenarioList, ScenarioTable } from '@/features/scenarios/components/scenario-table';
import { filtersOf, isFiltered } from '@/features/scenarios/lib/filters';
import { SampleScenarioButton } from './sample-scenario';
import { useFormats, useMessages } from '@/i18n/context';
import { useSearchChange } from '@/lib/hooks/use-search-change';
import { useTitle } from '@/lib/hooks/use-title';
import { useMayWrite } from '@/lib/session/user';

export function ScenariosPage() {
  const t = useMessages();
  const format = useFormats();
  const mayWrite = useMayWrite();
  const [search, change] = useSearchChange();
  const filters = filtersOf(search);
  const query = useQuery({
    ...scenariosQuery(filters),
    refetchInterval: 30_000,
  });
  useTitle(t.scenarios.title);

  const month = (scenario: ListedScenario) => (
    <MonthCell
      scenarioId={scenario.id}
      logs={scenario.total_requests}
      budget={scenario.budget_usd}
      recorded={scenario.total_cost_estimate}
    />
  );
  const create = mayWrite ? (
    <Button asChild look="primary">
      <Link to="/scenarios/new">
        <Icon name="plus" />
        {t.scenarios.create}
      </Link>
    </Button>
  ) : null;
  const nothingYet = query.data?.total === 0 && !isFiltered(filters);

  return (
    <>
      <PageHeader title={t.scenarios.title} lead={t.scenarios.lead} actions={nothingYet ? null : create} />
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
          <Listing
            query={query}
            none={
              <p className="py-16 text-center text-ink-2">
                {t.scenarios.none}{' '}
                <Link className="link" to={{ search: '' }}>
                  {t.scenarios.clearFilters}
                </Link>
              </p>
            }
          >
            {({ items, total }) => (
              <>
                <ScenarioTable scenarios={items} month={month} />
                <ScenarioList scenarios={items} month={month} />
                <p className="mt-4 text-xs text-ink-3">{t.scenarios.total(total, format.quantity(total))}</p>
              </>
            )}
          </Listing>
        </>
      )}
    </>
  );
}
