import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import { useMessages } from '@/i18n/context';
import type { Model } from '@/lib/design/models';

interface Props {
  value: string | null;
  models: readonly Model[];
  disabled?: boolean;
  onChange: (modelId: string | null) => void;
}

export function ModelSelect({ value, models, disabled = false, onChange }: Props) {
  const t = useMessages().design;
  const providers = [...new Set(models.map((model) => model.provider))];
  // A model that isn't priced here (any more) is still the design's: it stays to be seen.
  const unknown = value !== null && !models.some((model) => model.id === value);
  return (
    <Field label={t.model} className="[&>label]:font-normal [&>label]:text-ink-2">
      {(control) => (
        <Select
          {...control}
          disabled={disabled}
          value={value ?? ''}
          onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
        >
          <option value="">{t.noModel}</option>
          {unknown ? <option value={value}>{value}</option> : null}
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
  );
}
