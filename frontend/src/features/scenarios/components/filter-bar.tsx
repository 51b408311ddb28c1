import { useCallback } from 'react';
import { SearchInput } from '@/components/search-input';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { Select } from '@/components/ui/input';
import { useMessages } from '@/i18n/context';
import { REGIONS } from '@/lib/design/pipeline';
import { SORTS, STATUSES, type Filters } from '../lib/filters';

interface Props {
  filters: Filters;
  onChange: (changes: Record<string, string | null>) => void;
}

export function FilterBar({ filters, onChange }: Props) {
  const t = useMessages();
  const set = useCallback(
    (name: string, value: string | null) => onChange({ [name]: value, page: null }),
    [onChange],
  );
  const search = useCallback((text: string) => set('q', text), [set]);
  return (
    <search className="mb-6 flex flex-wrap items-end gap-3">
      <Field label={t.scenarios.search} hideLabel className="w-full sm:w-64">
        {(control) => (
          <SearchInput
            {...control}
            placeholder={t.scenarios.searchHint}
            value={filters.q ?? ''}
            onSearch={search}
          />
        )}
      </Field>
      <Field label={t.scenarios.status} hideLabel className="w-36">
        {(control) => (
          <Select
            {...control}
            value={filters.status ?? ''}
            onChange={(event) => set('status', event.target.value)}
          >
            <option value="">{t.scenarios.anyStatus}</option>
            {STATUSES.map((status) => (
              <option key={status} value={status}>
                {t.scenarios.statuses[status]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t.scenarios.region} hideLabel className="w-40">
        {(control) => (
          <Select
            {...control}
            value={filters.region ?? ''}
            onChange={(event) => set('region', event.target.value)}
          >
            <option value="">{t.scenarios.anyRegion}</option>
            {REGIONS.map((region) => (
              <option key={region} value={region}>
                {region}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {filters.tag ? (
        <Button look="plain" aria-label={t.scenarios.clearTag} onClick={() => set('tag', null)}>
          {t.scenarios.tagged(filters.tag)}
          <Icon name="close" className="size-3.5" />
        </Button>
      ) : null}
      <Field label={t.scenarios.sort} hideLabel className="ml-auto w-44">
        {(control) => (
          <Select {...control} value={filters.sort} onChange={(event) => set('sort', event.target.value)}>
            {SORTS.map((sort) => (
              <option key={sort} value={sort}>
                {t.scenarios.sorts[sort]}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </search>
  );
}
