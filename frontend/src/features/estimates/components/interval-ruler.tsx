import { useFormats, useMessages } from '@/i18n/context';
import { add, approximate, compare, type Decimal } from '@/lib/decimal';

interface Props {
  low: Decimal;
  expected: Decimal;
  high: Decimal;
  budget: Decimal | null;
}

/** Where the month lies between its ends, and on which side of the budget, on one scale from nothing. */
export function IntervalRuler({ low, expected, high, budget }: Props) {
  const t = useMessages().bill;
  const format = useFormats();
  const furthest = budget !== null && compare(budget, high) > 0 ? budget : high;
  const end = approximate(add(furthest, '0')) * 1.08 || 1;
  const at = (amount: Decimal) => `${Math.min(100, (approximate(amount) / end) * 100)}%`;
  const over = budget !== null && compare(expected, budget) > 0;
  return (
    <div aria-hidden className="relative mt-5 h-12 max-w-2xl">
      <div className="absolute top-5 h-px w-full bg-edge/60" />
      <div
        className="absolute top-3.5 h-3 rounded-full bg-accent/25"
        style={{ left: at(low), width: `calc(${at(high)} - ${at(low)})` }}
      />
      <div className="absolute top-2 h-6 w-0.5 -translate-x-px bg-accent" style={{ left: at(expected) }} />
      {budget === null ? null : (
        <div
          className={`absolute top-0 h-9 border-l-2 border-dashed ${over ? 'border-dearer' : 'border-ink-2'}`}
          style={{ left: at(budget) }}
        />
      )}
      <div className="absolute top-8 w-full text-xs whitespace-nowrap text-ink-3">
        <span className="absolute left-0">{format.usd('0')}</span>
        {budget === null ? null : (
          <span
            className="absolute -translate-x-1/2 bg-paper px-1 text-ink-2"
            style={{ left: `clamp(15%, ${at(budget)}, 88%)` }}
          >
            {t.budget} {format.usd(budget)}
          </span>
        )}
      </div>
    </div>
  );
}
