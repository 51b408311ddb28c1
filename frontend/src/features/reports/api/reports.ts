import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap, type Schema } from '@/lib/api/client';
import type { ReportFilters } from '../lib/filters';

export type Report = Schema<'Report'>;
export type NewReport = Schema<'NewReport'>;
export type Section = NewReport['sections'] extends readonly (infer Part)[] | undefined ? Part : never;

export const SECTIONS = [
  'summary',
  'breakdown',
  'timeseries',
  'drivers',
  'what_if',
  'savings',
  'pii',
  'assumptions',
  'prices',
] as const satisfies readonly Section[];

export const PAGE_SIZE = 20;
/** How often it is asked how far a report is, ms. */
const POLL = 2000;
/** How long a page waits for a report before it leaves it to the list, ms. */
const PATIENCE = 120_000;

const isUnderWay = ({ status }: Pick<Report, 'status'>) => status === 'pending' || status === 'processing';

/** Reports, the newest first: of a scenario, or of all. Those that are being made are looked at until they are there. */
export const reportsQuery = (scenarioId: string | null, filters: ReportFilters) =>
  queryOptions({
    queryKey: ['reports', scenarioId, filters],
    queryFn: ({ signal }) => {
      const query = { ...filters, page_size: PAGE_SIZE };
      return unwrap(
        scenarioId === null
          ? api.GET('/reports', { params: { query }, signal })
          : api.GET('/scenarios/{scenario_id}/reports', {
              params: { path: { scenario_id: scenarioId }, query },
              signal,
            }),
      );
    },
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? POLL : false),
  });

/** How far one report is, and where its file can be had for a quarter of an hour. */
export const reportQuery = (id: string) =>
  queryOptions({
    queryKey: ['reports', 'status', id],
    queryFn: ({ signal }) => readStatus(id, signal),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? POLL : false),
    // The address in it ends.
    staleTime: 0,
  });

export function readStatus(id: string, signal: AbortSignal | null = null): Promise<Schema<'ReportStatus'>> {
  return unwrap(api.GET('/reports/{report_id}/status', { params: { path: { report_id: id } }, signal }));
}

export function useRequestReport() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ scenarioId, body }: { scenarioId: string; body: NewReport }) =>
      unwrap(
        api.POST('/scenarios/{scenario_id}/reports', { params: { path: { scenario_id: scenarioId } }, body }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['reports'] }),
  });
}

/**
 * Waits until a report is made.
 *
 * @returns where its file is; null where it takes longer than anybody would wait at the page.
 * @throws Error why it couldn't be made.
 */
export async function finished(id: string): Promise<string | null> {
  const end = Date.now() + PATIENCE;
  while (Date.now() < end) {
    const { status, download_url: file, error } = await readStatus(id);
    if (status === 'completed' && file) return file;
    if (status === 'failed') throw new Error(error ?? '');
    await new Promise((resolve) => setTimeout(resolve, POLL));
  }
  return null;
}

export function useDeleteReport() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      unwrap(api.DELETE('/reports/{report_id}', { params: { path: { report_id: id } } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['reports'] }),
  });
}
