import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrap, type Schema } from '@/lib/api/client';
import type { LogFilters } from '../lib/filters';

export type Log = Schema<'Log'>;
export type Rejected = Schema<'Rejected'>;

const PAGE = 50;
const REJECTED_PAGE = 20;

/** Recorded logs, newest first, a page at a time. */
export const logsQuery = (scenarioId: string, filters: LogFilters) =>
  infiniteQueryOptions({
    queryKey: ['scenario', scenarioId, 'logs', filters],
    queryFn: ({ signal, pageParam }) =>
      unwrap(
        api.GET('/scenarios/{scenario_id}/logs', {
          params: {
            path: { scenario_id: scenarioId },
            query: { ...filters, limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: keepPreviousData,
  });

export const rejectedQuery = (scenarioId: string, page: number) =>
  queryOptions({
    queryKey: ['scenario', scenarioId, 'rejected', page],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/scenarios/{scenario_id}/rejected', {
          params: { path: { scenario_id: scenarioId }, query: { page, page_size: REJECTED_PAGE } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
