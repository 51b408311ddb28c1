import { useQuery } from '@tanstack/react-query';
import { Skeleton } from '@/components/ui/skeleton';
import { useFormats, useMessages } from '@/i18n/context';
import { compare, type Decimal } from '@/lib/decimal';
import { cn } from '@/lib/cn';
import { estimateQuery } from '../api/estimates';

interface Props {
  scenarioId: string;
  /** Nothing is asked where nothing was recorded. */
  logs: number;
  budget: Decimal | null;
}

/** A scenario's expected month in a list: asked once, and good for a minute. */
export function MonthCell({ scenarioId, logs, budget }: Props) {
  const t = useMessages();
  const format = useFormats();
  const { data, error } = useQuery({ ...estimateQuery(scenarioId), enabled: logs > 0, staleTime: 60_000 });
  if (logs === 0) return <span className="font-sans text-sm text-ink-3">{t.scenarios.noLogs}</span>;
  if (error) return <span className="font-sans text-sm text-ink-3">{t.scenarios.unpriced}</span>;
  if (!data) return <Skeleton className="ml-auto h-5 w-20" />;
  const over = budget !== null && compare(data.monthly.expected_usd, budget) > 0;
  return (
    <span className={cn(over && 'text-dearer')}>
      {format.usd(data.monthly.expected_usd)}
      {over ? (
        <span className="block font-sans text-xs">
          {t.bill.budget} {format.usd(budget)}
        </span>
      ) : null}
    </span>
  );
}
