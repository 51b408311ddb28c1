import { useQuery } from '@tanstack/react-query';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import { useMessages } from '@/i18n/context';
import { subjectsQuery } from '../api/schedules';

interface Props {
  value: string;
  error?: string | undefined;
  disabled?: boolean;
  onChange: (scenarioId: string) => void;
}

/** The scenario that a report or a schedule is about. */
export function SubjectSelect({ value, error, disabled = false, onChange }: Props) {
  const t = useMessages().reports;
  const { data } = useQuery(subjectsQuery);
  return (
    <Field label={t.scenario} error={error}>
      {(control) => (
        <Select
          {...control}
          value={value}
          disabled={disabled || data === undefined}
          onChange={(event) => onChange(event.target.value)}
        >
          <option value="" disabled>
            {t.choose}
          </option>
          {data?.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
