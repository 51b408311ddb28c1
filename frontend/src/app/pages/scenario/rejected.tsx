import { RejectedList } from '@/features/logs/components/rejected-list';
import { refreshOf, useScenario } from './layout';

export function RejectedPage() {
  const scenario = useScenario();
  return <RejectedList scenarioId={scenario.id} refresh={refreshOf(scenario)} />;
}
