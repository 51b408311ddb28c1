import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { explainError } from '@/components/error-state';
import { Button } from '@/components/ui/button';
import { sendSample } from '@/features/onboarding/api/onboarding';
import { createScenario, startScenario } from '@/features/scenarios/api/scenarios';
import { useMessages } from '@/i18n/context';
import { toast } from '@/lib/toasts';

/** A scenario with a week of made-up logs in it, in one click. */
export function SampleScenarioButton() {
  const t = useMessages();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const make = useMutation({
    mutationFn: async () => {
      const { name, description } = t.scenarios.sample;
      const { id } = await createScenario({ name, description, tags: ['sample'], region: 'us-east-1' });
      await startScenario(id);
      await sendSample(id);
      return id;
    },
    onSuccess: (id) => navigate(`/scenarios/${id}/send`),
    onError: (error) => toast(explainError(error, t).title, 'bad'),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['scenarios'] }),
  });
  return (
    <Button pending={make.isPending} onClick={() => make.mutate()}>
      {make.isPending ? t.onboarding.samplePending : t.scenarios.sample.action}
    </Button>
  );
}
