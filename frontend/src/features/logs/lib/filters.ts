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
    ...time('from', search.get('from')),
    ...time('to', search.get('to')),
  };
}

function text<Name extends string>(name: Name, value: string | null): Partial<Record<Name, string>> {
  return (value ? { [name]: value } : {}) as Partial<Record<Name, string>>;
}

function time<Name extends string>(name: Name, value: string | null): Partial<Record<Name, string>> {
  const parsed = value === null ? Number.NaN : Date.parse(value);
  return text(name, Number.isNaN(parsed) ? null : new Date(parsed).toISOString());
}
