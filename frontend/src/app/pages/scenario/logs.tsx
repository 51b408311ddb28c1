import { LogList } from '@/features/logs/components/log-list';
import { refreshOf, useScenario } from './layout';

export function LogsPage() {
  const scenario = useScenario();
  return <LogList scenarioId={scenario.id} refresh={refreshOf(scenario)} />;
}
