import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrap, type Schema } from '@/lib/api/client';
import { bounds, type View } from '../lib/view';

export type Metrics = Schema<'Metrics'>;
export type Point = Metrics['timeseries'][number];
export type Summary = Metrics['summary'];

/** What a scenario recorded in a range of time. A range that ends now moves with each time that it is asked. */
export const metricsQuery = (scenarioId: string, view: View) =>
  queryOptions({
    queryKey: ['scenario', scenarioId, 'metrics', view],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/scenarios/{scenario_id}/metrics', {
          params: {
            path: { scenario_id: scenarioId },
            query: {
              ...bounds(view, new Date()),
              interval: view.interval === 'month' ? 'day' : view.interval,
            },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
