import { timeOf } from '@/lib/format/local-time';

export const RANGES = ['1h', '24h', '7d', '30d', '90d', 'all', 'custom'] as const;
export const INTERVALS = ['auto', 'minute', 'hour', 'day', 'month'] as const;
export const MEASURES = ['cost', 'logs', 'tokens'] as const;

export type Range = (typeof RANGES)[number];
export type Interval = (typeof INTERVALS)[number];
export type Measure = (typeof MEASURES)[number];

/** Which part of the recording is looked at, and how finely: what the address says of the chart. */
export interface View {
  range: Range;
  interval: Interval;
  /** Of a `custom` range, ISO 8601 in UTC. */
  from: string | null;
  to: string | null;
}

const HOUR = 3_600_000;
const LENGTH: Record<Exclude<Range, 'all' | 'custom'>, number> = {
  '1h': HOUR,
  '24h': 24 * HOUR,
  '7d': 168 * HOUR,
  '30d': 720 * HOUR,
  '90d': 2160 * HOUR,
};

/** The view that an address asks for; what it doesn't say, or says wrongly, is the default. */
export function viewOf(search: URLSearchParams): View & { measure: Measure } {
  const range = RANGES.find((known) => known === search.get('range')) ?? 'all';
  return {
    // Open at both ends it is all there is; its inputs stay, for they may be about to be typed into.
    range,
    interval: INTERVALS.find((known) => known === search.get('by')) ?? 'auto',
    from: range === 'custom' ? timeOf(search.get('from')) : null,
    to: range === 'custom' ? timeOf(search.get('to')) : null,
    measure: MEASURES.find((known) => known === search.get('show')) ?? 'cost',
  };
}

/** The range in the API's words. */
export function bounds(view: View, now: Date): { from?: string; to?: string } {
  if (view.range === 'all') return {};
  if (view.range === 'custom') {
    return {
      ...(view.from === null ? {} : { from: view.from }),
      ...(view.to === null ? {} : { to: view.to }),
    };
  }
  return { from: new Date(now.getTime() - LENGTH[view.range]).toISOString() };
}

/** All of the recording: what the summaries are of. */
export const EVERYTHING: View = { range: 'all', interval: 'auto', from: null, to: null };
