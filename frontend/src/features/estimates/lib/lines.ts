import { add, compare, shareOf } from '@/lib/decimal';
import type { Line, ServiceCost } from '../api/estimates';

export interface Driver {
  line: Line;
  /** Of what is charged, before the free tier gives some back: 0 to 1. */
  share: number;
}

/** Whether the line is the free tier's: what it gives back. */
export function isFree(line: Line): boolean {
  return line.item.startsWith('free_tier');
}

/** The charged lines, the dearest first, each with its share of them. */
export function drivers(services: readonly ServiceCost[]): Driver[] {
  const lines = services
    .flatMap((service) => service.lines)
    .filter((line) => compare(line.cost_usd, '0') > 0);
  const charged = lines.reduce((sum, line) => add(sum, line.cost_usd), '0');
  return lines
    .sort((a, b) => compare(b.cost_usd, a.cost_usd))
    .map((line) => ({ line, share: shareOf(line.cost_usd, charged) }));
}
