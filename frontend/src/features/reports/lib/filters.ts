import { pageOf } from '@/lib/pages';

export const STATUSES = ['pending', 'processing', 'completed', 'failed'] as const;
export const FORMATS = ['pdf', 'csv'] as const;

/** Which reports are listed, in the API's words. */
export interface ReportFilters {
  status?: (typeof STATUSES)[number];
  format?: (typeof FORMATS)[number];
  page: number;
}

export function reportFiltersOf(search: URLSearchParams): ReportFilters {
  const status = STATUSES.find((known) => known === search.get('status'));
  const format = FORMATS.find((known) => known === search.get('format'));
  return { ...(status ? { status } : {}), ...(format ? { format } : {}), page: pageOf(search) };
}
