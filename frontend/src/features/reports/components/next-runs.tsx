import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ErrorState } from '@/components/error-state';
import { Section } from '@/components/section';
import { useFormats, useMessages } from '@/i18n/context';
import { cn } from '@/lib/cn';
import { useDebounced } from '@/lib/hooks/use-debounced';
import { previewQuery, type Timing } from '../api/schedules';

/** How long the fields must rest before the runs are worked out, ms. */
const REST = 250;
const SHOWN = 5;

/** When a schedule would run, while it is being set up: summer time and short months included. */
export function NextRuns({ timing }: { timing: Timing | null }) {
  const t = useMessages().schedules;
  const format = useFormats();
  // The same timing is the same question, though each keystroke makes it anew.
  const text = JSON.stringify(timing);
  const asked = useMemo(() => JSON.parse(text) as Timing | null, [text]);
  const { data, error, isPlaceholderData } = useQuery(previewQuery(useDebounced(asked, REST)));
  const zone = timing?.timezone ?? 'UTC';
  const elsewhere = zone !== format.zone;
  return (
    <Section title={t.next} lead={timing === null ? t.nextMissing : t.nextLead(zone.replaceAll('_', ' '))}>
      {error ? <ErrorState error={error} className="mb-4" /> : null}
      <ol
        aria-live="polite"
        style={{ minHeight: `${SHOWN * (elsewhere ? 3.5 : 2.25)}rem` }}
        className={cn('transition-opacity', isPlaceholderData && 'opacity-60')}
      >
        {(timing === null ? [] : (data ?? [])).map((run) => (
          <li key={run} className="border-b border-rule py-2">
            <time dateTime={run}>{format.dueIn(run, zone)}</time>
            {elsewhere ? (
              <span className="block text-xs text-ink-3">{t.nextHere(format.dateTime(run))}</span>
            ) : null}
          </li>
        ))}
      </ol>
    </Section>
  );
}
