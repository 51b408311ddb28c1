/** What the API says of a page of a list. */
export interface Paged {
  total: number;
  page: number;
  page_size: number;
}

/** Which page of a list an address asks for. */
export function pageOf(search: URLSearchParams): number {
  return Math.max(1, Math.trunc(Number(search.get('page') ?? 1)) || 1);
}

/** The last page that has anything; the first where there is nothing. */
export function lastPage({ total, page_size: size }: Paged): number {
  return Math.max(1, Math.ceil(total / size));
}
