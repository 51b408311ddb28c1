import { useCallback } from 'react';
import { DateInput } from '@/components/date-input';
import { SearchInput } from '@/components/search-input';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import { useFormats, useMessages } from '@/i18n/context';
import { fromLocal, toLocal } from '@/lib/format/local-time';
import type { LogFilters } from '../lib/filters';

interface Props {
  filters: LogFilters;
  onChange: (changes: Record<string, string | null>) => void;
}

export function LogFilterBar({ filters, onChange }: Props) {
  const t = useMessages().logs;
  const { zone } = useFormats();
  const search = useCallback((q: string) => onChange({ q }), [onChange]);
  const source = useCallback((name: string) => onChange({ source: name }), [onChange]);
  return (
    <search className="mb-6 flex flex-wrap items-end gap-3">
      <Field label={t.search} className="w-full sm:w-60">
        {(control) => <SearchInput {...control} value={filters.q ?? ''} onSearch={search} />}
      </Field>
      <Field label={t.source} className="w-full sm:w-44">
        {(control) => <SearchInput {...control} value={filters.source ?? ''} onSearch={source} />}
      </Field>
      <Field label={t.pii} className="w-full sm:w-44">
        {(control) => (
          <Select
            {...control}
            value={String(filters.has_pii ?? '')}
            onChange={(event) => onChange({ pii: event.target.value })}
          >
            <option value="">{t.piiAny}</option>
            <option value="true">{t.piiOnly}</option>
            <option value="false">{t.piiNone}</option>
          </Select>
        )}
      </Field>
      {(['from', 'to'] as const).map((end) => (
        <Field key={end} label={t[end]} className="w-full sm:w-52">
          {(control) => (
            <DateInput
              {...control}
              type="datetime-local"
              value={toLocal(filters[end] ?? null, zone)}
              onCommit={(local) => onChange({ [end]: fromLocal(local, zone) })}
            />
          )}
        </Field>
      ))}
      {Object.keys(filters).length > 0 ? (
        <Button
          look="quiet"
          onClick={() => onChange({ q: null, source: null, pii: null, from: null, to: null })}
        >
          {t.clear}
        </Button>
      ) : null}
    </search>
  );
}
