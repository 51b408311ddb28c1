import { REGIONS, type Region } from '@/lib/design/pipeline';
import { pageOf } from '@/lib/pages';

export const STATUSES = ['draft', 'running', 'completed', 'archived'] as const;
export const SORTS = [
  '-created_at',
  '-updated_at',
  '-total_cost_estimate',
  '-total_requests',
  'name',
] as const;

/** Which scenarios are listed, in the API's words; what is not given is any. */
export interface Filters {
  q?: string;
  status?: (typeof STATUSES)[number];
  region?: Region;
  tag?: string;
  sort: (typeof SORTS)[number];
  page: number;
}

/** The filters that an address asks for. */
export function filtersOf(search: URLSearchParams): Filters {
  const q = search.get('q');
  const tag = search.get('tag');
  const status = STATUSES.find((known) => known === search.get('status'));
  const region = REGIONS.find((known) => known === search.get('region'));
  return {
    ...(q ? { q } : {}),
    ...(status ? { status } : {}),
    ...(region ? { region } : {}),
    ...(tag ? { tag } : {}),
    sort: SORTS.find((known) => known === search.get('sort')) ?? '-created_at',
    page: pageOf(search),
  };
}

export function isFiltered(filters: Filters): boolean {
  return [filters.q, filters.status, filters.region, filters.tag].some((value) => value !== undefined);
}
