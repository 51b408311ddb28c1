export const STATUSES = ['pending', 'processing', 'completed', 'failed'] as const;
export const FORMATS = ['pdf', 'csv'] as const;

/** Which reports are listed, in the API's words. */
export interface ReportFilters {
  status?: (typeof STATUSES)[number];
  format?: (typeof FORMATS)[number];
  page: number;
}

/** Which page of a list an address asks for. */
export function pageOf(search: URLSearchParams): number {
  return Math.max(1, Math.trunc(Number(search.get('page') ?? 1)) || 1);
}

export function reportFiltersOf(search: URLSearchParams): ReportFilters {
  const status = STATUSES.find((known) => known === search.get('status'));
  const format = FORMATS.find((known) => known === search.get('format'));
  return { ...(status ? { status } : {}), ...(format ? { format } : {}), page: pageOf(search) };
}
