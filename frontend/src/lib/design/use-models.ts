import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, unwrap } from '@/lib/api/client';
import { modelsOf, type Model } from './models';
import type { Region } from './pipeline';

const modelsQuery = (region: Region) =>
  queryOptions({
    queryKey: ['prices', 'models', region],
    queryFn: async ({ signal }) =>
      modelsOf((await unwrap(api.GET('/pricing/models', { params: { query: { region } }, signal }))).items),
    staleTime: 10 * 60_000,
  });

/** The models that can be priced in a region, as far as they are known. */
export interface KnownModels {
  models: readonly Model[];
  isPending: boolean;
  /** Why they aren't known. */
  error: Error | null;
  retry: () => void;
}

export function useModels(region: Region): KnownModels {
  const { data, error, isPending, refetch } = useQuery(modelsQuery(region));
  return {
    models: data ?? [],
    isPending,
    error: data === undefined ? error : null,
    retry: () => void refetch(),
  };
}
