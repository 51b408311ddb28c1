import { Badge } from '@/components/ui/badge';
import { useMessages } from '@/i18n/context';
import { cn } from '@/lib/cn';
import type { Scenario } from '../api/scenarios';

const TONE = { draft: 'plain', running: 'good', completed: 'accent', archived: 'plain' } as const;

export function StatusBadge({ status }: { status: Scenario['status'] }) {
  const t = useMessages().scenarios.statuses;
  return (
    <Badge tone={TONE[status]}>
      <span
        aria-hidden
        className={cn('size-1.5 rounded-full bg-current', status === 'running' && 'animate-pulse')}
      />
      {t[status]}
    </Badge>
  );
}
