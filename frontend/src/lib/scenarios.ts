import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '@/lib/api/client';

/** As many as the API gives at a time. */
const MOST = 100;

export const scenarioQuery = (id: string) =>
  queryOptions({
    queryKey: ['scenario', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/scenarios/{scenario_id}', { params: { path: { scenario_id: id } }, signal })),
  });

/** Which scenarios come first where not all are offered. */
export type Order = '-created_at' | '-total_requests';

/** Scenarios to pick from, those with a text in their name or description; of many, the first, and how many there are. */
export const offeredQuery = (text: string, sort: Order) =>
  queryOptions({
    queryKey: ['scenarios', 'offered', text, sort],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/scenarios', {
          params: { query: { ...(text === '' ? {} : { q: text }), sort, page_size: MOST } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
