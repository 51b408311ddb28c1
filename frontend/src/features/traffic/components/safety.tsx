import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { ErrorState } from '@/components/error-state';
import { Section } from '@/components/section';
import { Skeleton } from '@/components/ui/skeleton';
import { useFormats, useMessages } from '@/i18n/context';
import { useMayWrite } from '@/lib/session/user';
import { metricsQuery, type Summary } from '../api/metrics';
import { findings } from '../lib/findings';
import { EVERYTHING } from '../lib/view';

interface Props {
  scenarioId: string;
  /** Whether IP addresses are personal data in it. */
  ipAddresses: boolean;
  /** What deduplication would save a month, in words. */
  duplicatesNote: ReactNode;
}

/** Personal data, duplicates, severities and what couldn't be read, of all that was recorded. */
export function Safety({ scenarioId, ipAddresses, duplicatesNote }: Props) {
  const t = useMessages().traffic;
  const { data, error, refetch } = useQuery(metricsQuery(scenarioId, EVERYTHING));
  return (
    <Section title={t.safety} lead={t.safetyLead}>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data ? (
        <div className="grid gap-x-10 gap-y-8 sm:grid-cols-2">
          <PersonalData scenarioId={scenarioId} summary={data.summary} ipAddresses={ipAddresses} />
          <Duplicates summary={data.summary} note={duplicatesNote} />
          <Severity summary={data.summary} />
          <RejectedRecords summary={data.summary} />
        </div>
      ) : (
        <Skeleton className="h-48" />
      )}
    </Section>
  );
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

interface PersonalDataProps {
  scenarioId: string;
  summary: Summary;
  ipAddresses: boolean;
}

function PersonalData({ scenarioId, summary, ipAddresses }: PersonalDataProps) {
  const t = useMessages().traffic;
  const format = useFormats();
  const mayWrite = useMayWrite();
  const { personal, apart } = findings(summary.by_pii_type, ipAddresses);
  const named = ([kind, count]: readonly [string, number]) => ({ name: t.piiTypes[kind] ?? kind, count });
  return (
    <div>
      <h3 className="font-medium">{t.pii}</h3>
      <p className="mt-1 text-ink-2">
        {summary.pii_violations === 0
          ? t.piiNone
          : t.piiLogs(format.percent(share(summary.pii_violations, summary.total_requests)))}
      </p>
      <Bars rows={personal.map(named)} />
      {summary.pii_violations > 0 ? (
        <Link className="link mt-2 inline-block text-xs" to="logs?pii=true">
          {t.piiSee}
        </Link>
      ) : null}
      {apart.length > 0 ? (
        <>
          <p className="mt-5 text-xs text-ink-2">
            {t.ipApart}{' '}
            {mayWrite ? (
              <Link className="link" to={`/scenarios/${scenarioId}/edit`}>
                {t.ipEdit}
              </Link>
            ) : null}
          </p>
          <Bars rows={apart.map(named)} />
        </>
      ) : null}
    </div>
  );
}

function Duplicates({ summary, note }: { summary: Summary; note: ReactNode }) {
  const t = useMessages().traffic;
  const format = useFormats();
  const found = share(summary.duplicates, summary.total_requests);
  return (
    <div>
      <h3 className="font-medium">{t.duplicates}</h3>
      <p className="mt-1 text-ink-2">
        {summary.duplicates === 0 ? t.duplicatesNone : t.duplicatesShare(format.percent(found))}
      </p>
      {summary.duplicates > 0 ? (
        <>
          <div aria-hidden className="mt-3 flex h-2 bg-well">
            <span className="bg-accent" style={{ width: `${(1 - found) * 100}%` }} />
            <span className="bg-accent/35" style={{ width: `${found * 100}%` }} />
          </div>
          <p className="mt-2 text-ink-2">{note}</p>
        </>
      ) : null}
    </div>
  );
}

function Severity({ summary }: { summary: Summary }) {
  const t = useMessages();
  if (!summary.by_level) return null;
  const levels = Object.entries(summary.by_level).filter(([, count]) => count > 0);
  return (
    <div>
      <h3 className="font-medium">{t.traffic.levels}</h3>
      <Bars
        rows={levels.map(([level, count]) => ({
          name: t.design.levels[level as keyof typeof t.design.levels],
          count,
        }))}
      />
    </div>
  );
}

function RejectedRecords({ summary }: { summary: Summary }) {
  const t = useMessages().traffic;
  const format = useFormats();
  return (
    <div>
      <h3 className="font-medium">{t.rejected}</h3>
      <p className="mt-1 text-ink-2">
        {summary.rejected === 0
          ? t.rejectedNone
          : t.rejectedCount(summary.rejected, format.quantity(summary.rejected))}
      </p>
      {summary.rejected > 0 ? (
        <Link className="link mt-2 inline-block text-xs" to="rejected">
          {t.rejectedSee}
        </Link>
      ) : null}
    </div>
  );
}

function Bars({ rows }: { rows: readonly { name: string; count: number }[] }) {
  const format = useFormats();
  const most = Math.max(1, ...rows.map((row) => row.count));
  return (
    <ul className="mt-3 flex flex-col gap-2">
      {rows.map(({ name, count }) => (
        <li key={name}>
          <p className="flex justify-between gap-3 text-xs">
            <span>{name}</span>
            <span className="text-ink-2">{format.quantity(count)}</span>
          </p>
          <span aria-hidden className="mt-0.5 block h-1 bg-well">
            <span className="block h-full bg-accent" style={{ width: `${(count / most) * 100}%` }} />
          </span>
        </li>
      ))}
    </ul>
  );
}
