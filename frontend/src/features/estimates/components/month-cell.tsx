import { useQuery } from '@tanstack/react-query';
import { Skeleton } from '@/components/ui/skeleton';
import { useFormats, useMessages } from '@/i18n/context';
import { ApiError } from '@/lib/api/errors';
import { compare, type Decimal } from '@/lib/decimal';
import { cn } from '@/lib/cn';
import { useSeen } from '@/lib/hooks/use-seen';
import { listedEstimateQuery, useEstimatesWait, type ScenarioEstimate } from '../api/estimates';

interface Props {
  scenarioId: string;
  /** How many were recorded: where the estimate is of fewer, some came since; where there are none, nothing is asked. */
  logs: number;
  budget: Decimal | null;
  /** What was recorded cost, which the list knows by itself: shown while no estimate can be asked for. */
  recorded: Decimal;
}

const MINUTE = 60_000;

/** A scenario's expected month in a list: asked for where it is looked at, and again only when the traffic grew. */
export function MonthCell({ scenarioId, logs, budget, recorded }: Props) {
  const t = useMessages();
  const format = useFormats();
  const [seen, watch] = useSeen();
  const waits = useEstimatesWait();
  const grew = (estimate: ScenarioEstimate | undefined) =>
    estimate !== undefined && logs > estimate.observed.usage.logs;
  const { data, error } = useQuery({
    ...listedEstimateQuery(scenarioId),
    enabled: seen && logs > 0,
    staleTime: ({ state }) => (grew(state.data) ? MINUTE : 10 * MINUTE),
    refetchInterval: ({ state }) => (grew(state.data) ? MINUTE : false),
  });
  if (logs === 0) return <span className="font-sans text-sm text-ink-3">{t.scenarios.noLogs}</span>;
  if (error && !data) {
    const passes = error instanceof ApiError && error.isPassing;
    return (
      <span className="font-sans text-sm text-ink-3">
        {passes ? t.scenarios.monthUnknown : t.scenarios.unpriced}
      </span>
    );
  }
  if (!data && waits) {
    return (
      <span ref={watch} className="text-ink-3">
        {format.usd(recorded)}
        <span className="block font-sans text-xs">{t.scenarios.monthLater}</span>
      </span>
    );
  }
  if (!data) return <Skeleton ref={watch} className="inline-block h-5 w-20 align-middle" />;
  const over = budget !== null && compare(data.monthly.expected_usd, budget) > 0;
  return (
    <span ref={watch} className={cn(over && 'text-dearer')}>
      {format.usd(data.monthly.expected_usd)}
      {over ? (
        <span className="block font-sans text-xs">
          {t.bill.budget} {format.usd(budget)}
        </span>
      ) : null}
    </span>
  );
}
