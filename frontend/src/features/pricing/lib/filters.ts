import { SERVICES, type Service } from '@/components/service-mark';
import { REGIONS, type Region } from '@/lib/design/pipeline';
import { pageOf } from '@/lib/pages';

/** Which prices are listed, in the API's words. */
export interface PriceFilters {
  service?: Service;
  region: Region;
  model?: string;
  /** A day, `2026-07-01`; today's prices if not given. */
  active_on?: string;
  page: number;
}

export function priceFiltersOf(search: URLSearchParams): PriceFilters {
  const service = SERVICES.find((known) => known === search.get('service'));
  const model = search.get('model');
  const day = search.get('on');
  return {
    ...(service ? { service } : {}),
    region: REGIONS.find((known) => known === search.get('region')) ?? 'us-east-1',
    ...(model ? { model } : {}),
    ...(day !== null && /^\d{4}-\d\d-\d\d$/.test(day) ? { active_on: day } : {}),
    page: pageOf(search),
  };
}
