import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap, type Schema } from '@/lib/api/client';
import type { PriceFilters } from '../lib/filters';

export type Price = Schema<'PriceRow'>;

export const PAGE_SIZE = 50;

export const pricesQuery = (filters: PriceFilters) =>
  queryOptions({
    queryKey: ['prices', filters],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/pricing', { params: { query: { ...filters, page_size: PAGE_SIZE } }, signal })),
    placeholderData: keepPreviousData,
  });

/** All that was ever charged for what a price is for, the latest first. */
export const historyQuery = (price: Price) =>
  queryOptions({
    queryKey: [
      'prices',
      'history',
      price.service,
      price.region,
      price.tier,
      price.usage_type,
      price.range_begin,
    ],
    queryFn: async ({ signal }) => {
      const { service, region, tier } = price;
      const model =
        service === 'bedrock' ? price.usage_type.slice(0, price.usage_type.lastIndexOf('/')) : null;
      const page = await unwrap(
        api.GET('/pricing', {
          params: {
            query: { service, region, tier, ...(model ? { model } : {}), history: true, page_size: 100 },
          },
          signal,
        }),
      );
      return page.items
        .filter((row) => row.usage_type === price.usage_type && row.range_begin === price.range_begin)
        .sort((a, b) => b.effective_from.localeCompare(a.effective_from));
    },
  });

export function useChangePrice() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: Schema<'PriceChange'> & { id: string }) =>
      unwrap(api.PUT('/pricing/{price_id}', { params: { path: { price_id: id } }, body })),
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: ['prices'] }),
        queryClient.invalidateQueries({ queryKey: ['scenario'] }),
      ]),
  });
}

export function useRefreshPrices() {
  return useMutation({ mutationFn: () => unwrap(api.POST('/pricing/refresh')) });
}
