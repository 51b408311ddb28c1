import { useQuery } from '@tanstack/react-query';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import { useMessages } from '@/i18n/context';
import { scenariosQuery } from '../api/scenarios';

interface Props {
  /** Those that aren't offered again. */
  chosen: readonly string[];
  disabled: boolean;
  onPick: (id: string) => void;
}

/** Picks one of the scenarios that recorded something. */
export function ScenarioPicker({ chosen, disabled, onPick }: Props) {
  const t = useMessages().compare;
  const { data } = useQuery(scenariosQuery({ sort: '-total_requests', page: 1 }, 100));
  const offered =
    data?.items.filter(({ id, total_requests }) => total_requests > 0 && !chosen.includes(id)) ?? [];
  return (
    <Field label={t.add} className="w-72 max-w-full">
      {(control) => (
        <Select
          {...control}
          disabled={disabled || offered.length === 0}
          value=""
          onChange={(event) => onPick(event.target.value)}
        >
          <option value="" disabled>
            {disabled ? t.most : t.add}
          </option>
          {offered.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
