import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap, type Schema } from '@/lib/api/client';
import { scenarioQuery } from '@/lib/scenarios';
import type { Filters } from '../lib/filters';

export type Scenario = Schema<'Scenario'>;
export type ListedScenario = Schema<'ListedScenario'>;
export type ScenarioChange = Schema<'ScenarioChange'>;
export type NewScenario = Schema<'NewScenario'>;

export const PAGE_SIZE = 20;

export const scenariosQuery = (filters: Filters) =>
  queryOptions({
    queryKey: ['scenarios', filters],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/scenarios', { params: { query: { ...filters, page_size: PAGE_SIZE } }, signal })),
    placeholderData: keepPreviousData,
  });

export async function createScenario(body: NewScenario): Promise<Scenario> {
  return unwrap(api.POST('/scenarios', { body }));
}

export async function startScenario(id: string): Promise<Scenario> {
  return unwrap(api.POST('/scenarios/{scenario_id}/start', { params: { path: { scenario_id: id } } }));
}

/** Changes a scenario; what hangs on it (its bill, its variants' months) is asked again. */
export function useChangeScenario(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: ScenarioChange) =>
      unwrap(api.PUT('/scenarios/{scenario_id}', { params: { path: { scenario_id: id } }, body })),
    onSuccess: async (scenario) => {
      queryClient.setQueryData(scenarioQuery(id).queryKey, scenario);
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: ['scenario', id] }),
        queryClient.invalidateQueries({ queryKey: ['scenarios'] }),
      ]);
    },
  });
}

export type Transition = 'start' | 'stop' | 'archive';

export function useMoveScenario(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (transition: Transition) => {
      const params = { path: { scenario_id: id } };
      switch (transition) {
        case 'start':
          return startScenario(id);
        case 'stop':
          return unwrap(api.POST('/scenarios/{scenario_id}/stop', { params }));
        case 'archive':
          return unwrap(api.POST('/scenarios/{scenario_id}/archive', { params }));
      }
    },
    onSuccess: (scenario) => {
      queryClient.setQueryData(scenarioQuery(id).queryKey, scenario);
      return queryClient.invalidateQueries({ queryKey: ['scenarios'] });
    },
    // Somebody may have moved it meanwhile: show how it stands.
    onError: () => queryClient.invalidateQueries({ queryKey: ['scenario', id] }),
  });
}

export function useDeleteScenario(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () =>
      unwrap(api.DELETE('/scenarios/{scenario_id}', { params: { path: { scenario_id: id } } })),
    onSuccess: () => {
      queryClient.removeQueries({ queryKey: ['scenario', id] });
      return queryClient.invalidateQueries({ queryKey: ['scenarios'] });
    },
  });
}
