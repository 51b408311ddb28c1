import { ErrorState } from '@/components/error-state';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import { useMessages } from '@/i18n/context';
import type { KnownModels } from '@/lib/design/use-models';

interface Props {
  value: string | null;
  known: KnownModels;
  disabled?: boolean;
  onChange: (modelId: string | null) => void;
}

export function ModelSelect({ value, known, disabled = false, onChange }: Props) {
  const t = useMessages();
  const { models, isPending, error, retry } = known;
  const providers = [...new Set(models.map((model) => model.provider))];
  // A model that isn't priced here (any more) is still the design's: it stays to be seen.
  const unknown = value !== null && !models.some((model) => model.id === value);
  return (
    <div>
      <Field label={t.design.model} className="[&>label]:font-normal [&>label]:text-ink-2">
        {(control) => (
          <Select
            {...control}
            disabled={disabled}
            aria-busy={isPending}
            value={value ?? ''}
            onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
          >
            <option value="">{t.design.noModel}</option>
            {unknown ? <option value={value}>{value}</option> : null}
            {isPending ? <option disabled>{t.common.loading}</option> : null}
            {providers.map((provider) => (
              <optgroup key={provider} label={provider}>
                {models
                  .filter((model) => model.provider === provider)
                  .map((model) => (
                    <option key={model.id} value={model.id}>
                      {model.label}
                    </option>
                  ))}
              </optgroup>
            ))}
          </Select>
        )}
      </Field>
      {error ? <ErrorState error={error} onRetry={retry} className="mt-2" /> : null}
    </div>
  );
}
