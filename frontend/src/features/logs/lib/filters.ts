import { timeOf } from '@/lib/format/local-time';

/** Which logs are listed, in the API's words; what is not given is any. */
export interface LogFilters {
  q?: string;
  source?: string;
  has_pii?: boolean;
  from?: string;
  to?: string;
}

/** The filters that an address asks for. */
export function logFiltersOf(search: URLSearchParams): LogFilters {
  const pii = search.get('pii');
  return {
    ...text('q', search.get('q')),
    ...text('source', search.get('source')),
    ...(pii === 'true' || pii === 'false' ? { has_pii: pii === 'true' } : {}),
    ...text('from', timeOf(search.get('from'))),
    ...text('to', timeOf(search.get('to'))),
  };
}

function text<Name extends string>(name: Name, value: string | null): Partial<Record<Name, string>> {
  return (value ? { [name]: value } : {}) as Partial<Record<Name, string>>;
}
