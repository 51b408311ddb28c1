import { useQuery } from '@tanstack/react-query';
import { Outlet, useOutletContext, useParams } from 'react-router';
import { ErrorState } from '@/components/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import type { Scenario } from '@/features/scenarios/api/scenarios';
import { ScenarioHeader } from '@/features/scenarios/components/scenario-header';
import { useMessages } from '@/i18n/context';
import { useTitle } from '@/lib/hooks/use-title';
import { scenarioQuery } from '@/lib/scenarios';

/** How often a running scenario is looked at anew, ms. */
const REFRESH = 15_000;

/** How often a part of the page asks again: while logs may arrive. */
export function refreshOf(scenario: Scenario | undefined): number | false {
  return scenario?.status === 'running' ? REFRESH : false;
}

/** The scenario that the page is about. */
export function useScenario(): Scenario {
  return useOutletContext<Scenario>();
}

export function ScenarioLayout() {
  const t = useMessages();
  const { scenarioId = '' } = useParams();
  const { data, error, refetch } = useQuery({
    ...scenarioQuery(scenarioId),
    refetchInterval: ({ state }) => refreshOf(state.data),
  });
  useTitle(data?.name);
  if (data === undefined) {
    return error ? (
      <ErrorState error={error} onRetry={() => void refetch()} />
    ) : (
      <div role="status" aria-label={t.common.loading} className="flex flex-col gap-6">
        <Skeleton className="h-10 w-96 max-w-full" />
        <Skeleton className="h-5 w-64" />
        <Skeleton className="mt-8 h-14 w-72" />
        <Skeleton className="h-64" />
      </div>
    );
  }
  return (
    <>
      <ScenarioHeader scenario={data} />
      <Outlet context={data} />
    </>
  );
}
