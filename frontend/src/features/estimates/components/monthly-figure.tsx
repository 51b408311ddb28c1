import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import { useFormats, useMessages } from '@/i18n/context';
import { compare, divide, multiply, subtract, type Decimal } from '@/lib/decimal';
import { whole } from '@/lib/design/pipeline';
import type { ScenarioEstimate } from '../api/estimates';
import { IntervalRuler } from './interval-ruler';
import { Warnings } from './warnings';

interface Props {
  estimate: ScenarioEstimate;
  budget: Decimal | null;
  /** How it has changed lately, from the time series. */
  change?: ReactNode;
  /** When all this was computed. */
  stamp: ReactNode;
}

/** The figure that the page is about. */
export function MonthlyFigure({ estimate, budget, change, stamp }: Props) {
  const t = useMessages();
  const format = useFormats();
  const { monthly, observed, region } = estimate;
  const hours = whole(estimate.pipeline).assumptions.hours_per_month;
  const perThousand = (count: number) => divide(multiply(monthly.total_usd, 1000), count);
  const { confidence } = monthly;
  return (
    <section aria-labelledby="headline">
      <h2 id="headline" className="font-sans text-sm font-medium text-ink-2">
        {t.bill.headline}
      </h2>
      <div className="mt-1 flex flex-wrap items-end gap-x-5 gap-y-2">
        <p className="font-serif text-3xl tracking-tight">{format.usd(monthly.expected_usd)}</p>
        <div className="flex flex-wrap items-center gap-2 pb-1">
          {change}
          <BudgetBadge expected={monthly.expected_usd} budget={budget} />
        </div>
      </div>
      <p className="mt-2 text-ink-2">
        {t.bill.period(format.quantity(hours), `${region} (${t.regions[region] ?? ''})`)} · {stamp}
      </p>
      {confidence === null ? null : (
        <>
          <IntervalRuler
            low={monthly.low_usd}
            expected={monthly.expected_usd}
            high={monthly.high_usd}
            budget={budget}
          />
          <p className="mt-2 text-ink-2">
            {t.bill.interval(
              format.usd(monthly.low_usd),
              format.usd(monthly.high_usd),
              format.percent(confidence),
            )}
          </p>
        </>
      )}
      <Warnings monthly={monthly} className="mt-4" />
      <dl className="mt-6 grid grid-cols-2 gap-x-8 gap-y-5 border-t border-rule pt-5 sm:grid-cols-4">
        <Fact term={t.bill.facts.logs}>{format.compact(monthly.usage.logs)}</Fact>
        <Fact term={t.bill.facts.perThousandLogs}>{money(perThousand(monthly.usage.logs), format.usd)}</Fact>
        <Fact term={t.bill.facts.perThousandTokens}>
          {money(perThousand(monthly.usage.log_tokens), format.usd)}
        </Fact>
        <Fact
          term={t.bill.facts.recorded}
          note={t.bill.facts.recordedOf(
            format.compact(observed.usage.logs),
            format.duration(monthly.sample.recorded_seconds),
          )}
        >
          {format.usd(observed.total_usd)}
        </Fact>
      </dl>
    </section>
  );
}

function money(amount: Decimal | null, usd: (amount: Decimal) => string): string {
  return amount === null ? '–' : usd(amount);
}

function Fact({ term, note, children }: { term: string; note?: string; children: ReactNode }) {
  return (
    <div className="flex flex-col">
      <dt className="text-xs text-ink-3">{term}</dt>
      <dd className="mt-0.5 text-lg">
        {children}
        {note ? <span className="block text-xs text-ink-3">{note}</span> : null}
      </dd>
    </div>
  );
}

function BudgetBadge({ expected, budget }: { expected: Decimal; budget: Decimal | null }) {
  const t = useMessages().bill;
  const format = useFormats();
  if (budget === null) return null;
  if (compare(expected, budget) > 0) {
    return <Badge tone="bad">{t.overBudget(format.usd(subtract(expected, budget)))}</Badge>;
  }
  return <Badge tone="good">{t.budgetUsed(format.percent(divide(expected, budget) ?? '0'))}</Badge>;
}
