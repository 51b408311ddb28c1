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

/** The models that can be priced in a region; none until they are known. */
export function useModels(region: Region): Model[] {
  return useQuery(modelsQuery(region)).data ?? [];
}
