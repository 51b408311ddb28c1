import { Explain } from '@/components/explain';
import { Wording } from '@/components/wording';
import { useFormats, useMessages } from '@/i18n/context';
import { cn } from '@/lib/cn';
import type { MonthlyEstimate } from '../api/estimates';

// The server's own words say which.
const EXPLAINED = new Set([
  'long_silence',
  'stray_times',
  'invocation_too_long',
  'prompt_not_cached',
  'unverified_prices',
  'unmeasured_tokenizer',
]);

/** What to know of a month before it is used. */
export function Warnings({ monthly, className }: { monthly: MonthlyEstimate; className?: string }) {
  const t = useMessages().bill.warnings;
  const format = useFormats();
  const { warnings, sample } = monthly;
  if (warnings.length === 0) return null;
  const recorded = format.duration(sample.recorded_seconds);
  return (
    <ul className={cn('flex flex-col gap-1.5', className)}>
      {warnings.map(({ code, message }) => (
        <li key={code} className="flex items-start gap-2 text-ink-2">
          <span aria-hidden className="mt-1.5 size-2 shrink-0 rotate-45 bg-warn" />
          <span>
            {t[code] ? <Wording>{t[code](recorded)}</Wording> : <span lang="en">{message}</span>}
            {EXPLAINED.has(code) ? (
              <Explain label={message}>
                <p lang="en">{message}</p>
              </Explain>
            ) : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
