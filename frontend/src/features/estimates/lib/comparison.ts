import { add, compare, negate, subtract, type Decimal } from '@/lib/decimal';
import type { Comparison, Line } from '../api/estimates';

type Compared = Comparison['scenarios'][number];

/** A line of the bills, beside each other. */
export interface ComparedLine {
  /** `bedrock/output_tokens`. */
  key: string;
  service: Line['service'];
  item: string;
  /** By scenario, in their order; null where a bill has no such line. */
  costs: (Decimal | null)[];
  /** The greatest difference from the first, in dollars, whichever the sign. */
  spread: Decimal;
}

/** The bills line by line, the greatest difference from the first one first. A line's volume tiers are one line here. */
export function comparedLines(scenarios: readonly Compared[]): ComparedLine[] {
  const lines = new Map<string, ComparedLine>();
  scenarios.forEach((scenario, index) => {
    for (const line of scenario.monthly.services.flatMap((service) => service.lines)) {
      const key = `${line.service}/${line.item}`;
      const found = lines.get(key) ?? {
        key,
        service: line.service,
        item: line.item,
        costs: scenarios.map(() => null),
        spread: '0',
      };
      lines.set(key, found);
      found.costs[index] = add(found.costs[index] ?? '0', line.cost_usd);
    }
  });
  for (const line of lines.values()) {
    for (const cost of line.costs.slice(1)) {
      const difference = absolute(subtract(cost ?? '0', line.costs[0] ?? '0'));
      if (compare(difference, line.spread) > 0) line.spread = difference;
    }
  }
  return [...lines.values()].sort((a, b) => compare(b.spread, a.spread));
}

/** Of one scenario, the line that differs most from the first one's, in the direction of the whole difference. */
export function mainReason(
  lines: readonly ComparedLine[],
  index: number,
  delta: Decimal,
): { line: ComparedLine; difference: Decimal } | null {
  const sign = compare(delta, '0');
  let best: { line: ComparedLine; difference: Decimal } | null = null;
  for (const line of lines) {
    const difference = subtract(line.costs[index] ?? '0', line.costs[0] ?? '0');
    if (sign === 0 || compare(difference, '0') !== sign) continue;
    if (best === null || compare(absolute(difference), absolute(best.difference)) > 0)
      best = { line, difference };
  }
  return best;
}

function absolute(amount: Decimal): Decimal {
  return compare(amount, '0') < 0 ? negate(amount) : amount;
}
