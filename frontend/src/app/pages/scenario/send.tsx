import { SendLogs } from '@/features/onboarding/components/send-logs';
import { useMoveScenario } from '@/features/scenarios/api/scenarios';
import { useScenario } from './layout';

export function SendPage() {
  const scenario = useScenario();
  const move = useMoveScenario(scenario.id);
  return <SendLogs scenario={scenario} onStart={() => move.mutateAsync('start')} />;
}
