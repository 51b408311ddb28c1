import { ScenarioSelect } from '@/components/scenario-select';
import { useMessages } from '@/i18n/context';

interface Props {
  /** Those that aren't offered again. */
  chosen: readonly string[];
  disabled: boolean;
  onPick: (id: string) => void;
}

/** Picks one of the scenarios that recorded something. */
export function ScenarioPicker({ chosen, disabled, onPick }: Props) {
  const t = useMessages().compare;
  return (
    <ScenarioSelect
      className="w-72 max-w-full"
      label={t.add}
      prompt={disabled ? t.most : t.add}
      value=""
      sort="-total_requests"
      offers={({ id, total_requests }) => total_requests > 0 && !chosen.includes(id)}
      disabled={disabled}
      onChange={onPick}
    />
  );
}
