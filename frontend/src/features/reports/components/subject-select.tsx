import { ScenarioSelect } from '@/components/scenario-select';
import { useMessages } from '@/i18n/context';

interface Props {
  value: string;
  error?: string | undefined;
  disabled?: boolean;
  onChange: (scenarioId: string) => void;
}

/** The scenario that a report or a schedule is about. */
export function SubjectSelect(props: Props) {
  const t = useMessages().reports;
  return <ScenarioSelect {...props} label={t.scenario} prompt={t.choose} sort="-created_at" />;
}
