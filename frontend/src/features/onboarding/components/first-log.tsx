import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { ErrorState } from '@/components/error-state';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { useFormats, useMessages } from '@/i18n/context';
import { cn } from '@/lib/cn';
import { useNow } from '@/lib/hooks/use-now';
import { latestLogQuery, type Log } from '../api/onboarding';

/** How often it is asked whether a log has come, ms: soon enough to feel live, far from the API's allowance. */
const WAIT = 2000;

/** Waits for the first log, and shows what was made of it. */
export function FirstLog({ scenarioId, running }: { scenarioId: string; running: boolean }) {
  const t = useMessages().onboarding;
  const queryClient = useQueryClient();
  const { data: log, error } = useQuery({
    ...latestLogQuery(scenarioId),
    refetchInterval: ({ state }) => (state.data ? false : WAIT),
  });
  const arrived = Boolean(log);
  useEffect(() => {
    // The bill, the totals and the list were empty until now.
    if (!arrived) return;
    void queryClient.invalidateQueries({
      queryKey: ['scenario', scenarioId],
      predicate: ({ queryKey }) => queryKey[2] !== 'latest-log',
    });
  }, [arrived, queryClient, scenarioId]);
  return (
    <section
      aria-live="polite"
      className={cn('rounded-md border bg-sheet p-5', arrived ? 'border-cheaper' : 'border-rule')}
    >
      {log ? (
        <Arrived log={log} />
      ) : (
        <>
          <h2 className="flex items-center gap-3 text-lg">
            <span
              aria-hidden
              className={cn('size-2.5 rounded-full', running ? 'animate-ping bg-accent' : 'bg-edge')}
            />
            {running ? t.waiting : t.notRunning}
          </h2>
          <p className="mt-1 text-ink-2">{t.waitingLead}</p>
        </>
      )}
      {error ? <ErrorState error={error} className="mt-3" /> : null}
    </section>
  );
}

function Arrived({ log }: { log: Log }) {
  const t = useMessages();
  const format = useFormats();
  const now = useNow(5000);
  return (
    <>
      <h2 className="text-lg">{t.onboarding.arrived}</h2>
      <p className="mt-1 text-ink-2">
        {t.onboarding.arrivedLead(log.source, format.ago(log.received_at, now))}
      </p>
      <p className="mt-3 max-h-32 overflow-hidden rounded-sm bg-well p-3 font-mono text-xs break-all">
        {log.message_preview}
      </p>
      <dl className="mt-3 grid grid-cols-2 gap-x-4 gap-y-2">
        <div>
          <dt className="text-xs text-ink-3">{t.onboarding.parsed.level}</dt>
          <dd>{t.design.levels[log.level]}</dd>
        </div>
        <div>
          <dt className="text-xs text-ink-3">{t.onboarding.parsed.tokens}</dt>
          <dd>{format.quantity(log.token_count)}</dd>
        </div>
        <div>
          <dt className="text-xs text-ink-3">{t.onboarding.parsed.size}</dt>
          <dd>{format.bytes(log.size_bytes)}</dd>
        </div>
        <div>
          <dt className="text-xs text-ink-3">{t.onboarding.parsed.pii}</dt>
          <dd className="flex flex-wrap gap-1">
            {log.has_pii
              ? log.pii_types.map((kind) => (
                  <Badge key={kind} tone="warn">
                    {t.traffic.piiTypes[kind] ?? kind}
                  </Badge>
                ))
              : t.common.none}
          </dd>
        </div>
      </dl>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button asChild look="primary" size="sm">
          <Link to="..">{t.onboarding.toBill}</Link>
        </Button>
        <Button asChild size="sm">
          <Link to="../logs">{t.onboarding.toLogs}</Link>
        </Button>
      </div>
    </>
  );
}
