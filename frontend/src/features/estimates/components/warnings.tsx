import { Explain } from '@/components/explain';
import { Wording } from '@/components/wording';
import { useFormats, useMessages } from '@/i18n/context';
import { cn } from '@/lib/cn';
import type { MonthlyEstimate } from '../api/estimates';
import { particulars } from '../lib/warnings';

/** What to know of a month before it is used. */
export function Warnings({ monthly, className }: { monthly: MonthlyEstimate; className?: string }) {
  const t = useMessages().bill;
  const format = useFormats();
  const { warnings, sample, tokens } = monthly;
  if (warnings.length === 0) return null;
  const recorded = format.duration(sample.recorded_seconds);
  const explained = (code: string, message: string): string | null => {
    const found =
      code === 'unmeasured_tokenizer' && tokens
        ? [tokens.factor, tokens.low, tokens.high].map((factor) => format.quantity(factor))
        : particulars(code, message, format);
    return (found && t.explained[code]?.(...found)) ?? null;
  };
  return (
    <ul className={cn('flex flex-col gap-1.5', className)}>
      {warnings.map(({ code, message }) => {
        const short = t.warnings[code]?.(recorded);
        const long = explained(code, message);
        return (
          <li key={code} className="flex items-start gap-2 text-ink-2">
            <span aria-hidden className="mt-1.5 size-2 shrink-0 rotate-45 bg-warn" />
            <span>
              {short === undefined ? <span lang="en">{message}</span> : <Wording>{short}</Wording>}
              {short !== undefined && code in t.explained ? (
                <Explain label={t.warningMore(short.replaceAll('`', ''))}>
                  <p lang={long === null ? 'en' : undefined}>{long ?? message}</p>
                </Explain>
              ) : null}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
