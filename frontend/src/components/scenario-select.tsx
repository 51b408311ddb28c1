import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Schema } from '@/lib/api/client';
import { useFormats, useMessages } from '@/i18n/context';
import { useOwnerOf } from '@/lib/session/user';
import { offeredQuery, scenarioQuery, type Order } from '@/lib/scenarios';
import { ErrorState } from './error-state';
import { SearchInput } from './search-input';
import { Field } from './ui/field';
import { Select } from './ui/input';

interface Props {
  label: string;
  /** What is said while none is chosen. */
  prompt: string;
  /** Its id; empty for none. */
  value: string;
  sort: Order;
  /** Which of those found are offered; all if not given. */
  offers?: (scenario: { id: string; total_requests: number }) => boolean;
  error?: string | undefined;
  disabled?: boolean;
  className?: string;
  onChange: (id: string) => void;
}

/** Picks a scenario. Where there are more than a list can hold, it can be searched for. */
export function ScenarioSelect({
  label,
  prompt,
  value,
  sort,
  offers = () => true,
  error,
  disabled = false,
  className,
  onChange,
}: Props) {
  const t = useMessages();
  const format = useFormats();
  const ownerOf = useOwnerOf();
  const [text, setText] = useState('');
  const all = useQuery(offeredQuery('', sort));
  const found = useQuery({ ...offeredQuery(text, sort), enabled: text !== '' });
  const { data, error: problem, refetch } = text === '' ? all : found;
  const offered = data?.items.filter(offers) ?? [];
  const tooMany = all.data !== undefined && all.data.total > all.data.items.length;
  // One that isn't among those found is still the one that is chosen.
  const isElsewhere = value !== '' && data !== undefined && !offered.some(({ id }) => id === value);
  const chosen = useQuery({ ...scenarioQuery(value), enabled: isElsewhere });
  const named = (scenario: Schema<'Scenario'>) => {
    const owner = ownerOf(scenario);
    return owner === null ? scenario.name : `${scenario.name} (${owner})`;
  };
  return (
    <div className={className}>
      {tooMany && !disabled ? (
        <Field
          label={t.scenarios.find}
          hideLabel
          hint={
            data && data.total > data.items.length
              ? t.scenarios.someOf(format.quantity(data.items.length), format.quantity(data.total))
              : data && t.scenarios.total(data.total, format.quantity(data.total))
          }
          className="mb-2"
        >
          {(control) => (
            <SearchInput {...control} placeholder={t.scenarios.find} value={text} onSearch={setText} />
          )}
        </Field>
      ) : null}
      <Field label={label} error={error}>
        {(control) => (
          <Select
            {...control}
            value={value}
            disabled={disabled || data === undefined}
            aria-busy={data === undefined && !problem}
            onChange={(event) => onChange(event.target.value)}
          >
            <option value="" disabled>
              {data === undefined && !problem ? t.common.loading : prompt}
            </option>
            {isElsewhere ? (
              <option value={value}>
                {chosen.data ? named(chosen.data) : chosen.error ? value : t.common.loading}
              </option>
            ) : null}
            {offered.map((scenario) => (
              <option key={scenario.id} value={scenario.id}>
                {named(scenario)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {problem && data === undefined ? (
        <ErrorState error={problem} onRetry={() => void refetch()} className="mt-2" />
      ) : null}
    </div>
  );
}
