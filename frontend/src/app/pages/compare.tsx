import { useQueries, useQuery } from '@tanstack/react-query';
import { ErrorState } from '@/components/error-state';
import { PageHeader } from '@/components/page-header';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Skeleton } from '@/components/ui/skeleton';
import { compareQuery } from '@/features/estimates/api/estimates';
import { ComparisonView } from '@/features/estimates/components/comparison-view';
import { ScenarioPicker } from '@/features/scenarios/components/scenario-picker';
import { useMessages } from '@/i18n/context';
import { cn } from '@/lib/cn';
import { useSearchChange } from '@/lib/hooks/use-search-change';
import { useTitle } from '@/lib/hooks/use-title';
import { scenarioQuery } from '@/lib/scenarios';

const MOST = 4;

export function ComparePage() {
  const t = useMessages();
  const [search, change] = useSearchChange();
  const ids = (search.get('ids') ?? '').split(',').filter((id) => id !== '');
  const { data, error, refetch, isPlaceholderData } = useQuery(compareQuery(ids));
  const set = (next: readonly string[]) => change({ ids: next.join(',') });
  const enough = ids.length >= 2;
  const compared = new Map(data?.scenarios.map(({ scenario_id, name }) => [scenario_id, name]));
  // One alone isn't compared yet, nor are those that were just added.
  const isAwaited = enough && data === undefined && error === null;
  const others = isAwaited ? [] : ids.filter((id) => !compared.has(id));
  const found = useQueries({ queries: others.map((id) => scenarioQuery(id)) });
  const nameOf = (id: string) => compared.get(id) ?? found[others.indexOf(id)]?.data?.name ?? id.slice(0, 8);
  useTitle(t.compare.title);
  return (
    <>
      <PageHeader title={t.compare.title} lead={t.compare.lead} />
      <div className="mb-10 flex flex-wrap items-end gap-3">
        <ScenarioPicker chosen={ids} disabled={ids.length >= MOST} onPick={(id) => set([...ids, id])} />
        <ul aria-label={t.compare.choose} className="flex min-w-0 flex-wrap gap-2">
          {ids.map((id, index) => {
            const name = nameOf(id);
            return (
              <li
                key={id}
                className="flex min-h-10 max-w-full items-center rounded-md border border-edge bg-sheet pl-3"
              >
                <span className="min-w-0 py-2 wrap-anywhere">{name}</span>
                {index > 0 ? (
                  <Button
                    look="quiet"
                    size="icon"
                    aria-label={t.compare.makeFirst(name)}
                    onClick={() => set([id, ...ids.filter((other) => other !== id)])}
                  >
                    <Icon name="back" />
                  </Button>
                ) : null}
                <Button
                  look="quiet"
                  size="icon"
                  aria-label={t.compare.remove(name)}
                  onClick={() => set(ids.filter((other) => other !== id))}
                >
                  <Icon name="close" />
                </Button>
              </li>
            );
          })}
        </ul>
      </div>
      {!enough ? <p className="py-16 text-center text-ink-2">{t.compare.needTwo}</p> : null}
      {enough && error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {enough && !error && !data ? <Skeleton className="h-96" /> : null}
      {enough && data ? (
        <div className={cn('transition-opacity', isPlaceholderData && 'opacity-60')}>
          <ComparisonView comparison={data} />
        </div>
      ) : null}
    </>
  );
}
