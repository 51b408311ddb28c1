import type { ReactNode } from 'react';
import { DateInput } from '@/components/date-input';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { Select } from '@/components/ui/input';
import { useFormats, useMessages } from '@/i18n/context';
import { download } from '@/lib/download';
import { useSearchChange } from '@/lib/hooks/use-search-change';
import { fromLocal, toLocal } from '@/lib/format/local-time';
import { csvOf } from '../lib/csv';
import type { Bucket } from '../lib/series';
import { INTERVALS, MEASURES, RANGES, viewOf } from '../lib/view';

interface Props {
  /** What is in view, for the CSV. */
  buckets: readonly Bucket[];
  /** What else can be done with it. */
  actions?: ReactNode;
}

/** What the chart shows; it is written in the address, so that a view can be sent to somebody. */
export function ViewControls({ buckets, actions }: Props) {
  const t = useMessages().traffic;
  const { zone } = useFormats();
  const [search, set] = useSearchChange();
  const view = viewOf(search);
  return (
    <div className="flex flex-wrap items-end gap-3">
      <Field label={t.measure} className="w-32">
        {(control) => (
          <Select {...control} value={view.measure} onChange={(event) => set({ show: event.target.value })}>
            {MEASURES.map((measure) => (
              <option key={measure} value={measure}>
                {t.measures[measure]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t.range} className="w-44">
        {(control) => (
          <Select
            {...control}
            value={view.range}
            onChange={(event) => {
              const range = event.target.value;
              const first = buckets[0];
              set(
                range === 'custom'
                  ? { range, from: new Date(first?.time ?? Date.now() - 86_400_000).toISOString(), to: null }
                  : { range, from: null, to: null },
              );
            }}
          >
            {RANGES.map((range) => (
              <option key={range} value={range}>
                {t.ranges[range]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {view.range === 'custom'
        ? (['from', 'to'] as const).map((end) => (
            <Field key={end} label={t[end]} className="w-52">
              {(control) => (
                <DateInput
                  {...control}
                  type="datetime-local"
                  value={toLocal(view[end], zone)}
                  onCommit={(local) => set({ [end]: fromLocal(local, zone) })}
                />
              )}
            </Field>
          ))
        : null}
      <Field label={t.interval} className="w-32">
        {(control) => (
          <Select {...control} value={view.interval} onChange={(event) => set({ by: event.target.value })}>
            {INTERVALS.map((interval) => (
              <option key={interval} value={interval}>
                {t.intervals[interval]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div className="ml-auto flex flex-wrap">
        <Button
          look="quiet"
          disabled={buckets.length === 0}
          onClick={() => download('mockupaws-series.csv', csvOf(buckets), 'text/csv')}
        >
          <Icon name="down" />
          {t.csv}
        </Button>
        {actions}
      </div>
    </div>
  );
}
