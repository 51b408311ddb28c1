import { useMutation } from '@tanstack/react-query';
import { ErrorState } from '@/components/error-state';
import { Button } from '@/components/ui/button';
import { useFormats, useMessages } from '@/i18n/context';
import { useMayWrite } from '@/lib/session/user';
import { toast } from '@/lib/toasts';
import { sendSample } from '../api/onboarding';
import { SAMPLE_LOGS } from '../lib/sample';

interface Props {
  scenarioId: string;
  running: boolean;
  onStart: () => Promise<unknown>;
}

/** A page full of figures in one click. */
export function SampleData({ scenarioId, running, onStart }: Props) {
  const t = useMessages().onboarding;
  const format = useFormats();
  const count = format.quantity(SAMPLE_LOGS);
  const send = useMutation({
    mutationFn: async () => {
      if (!running) await onStart();
      return sendSample(scenarioId);
    },
    onSuccess: (sent) => toast(t.sampleSent(format.quantity(sent))),
  });
  return (
    <section>
      <h2 className="text-lg">{t.sampleTitle}</h2>
      <p className="mt-1 text-ink-2">{t.sampleLead(count)}</p>
      <Button
        className="mt-3"
        disabled={!useMayWrite()}
        pending={send.isPending}
        onClick={() => send.mutate()}
      >
        {send.isPending ? t.samplePending : t.sampleAction}
      </Button>
      {send.error ? <ErrorState error={send.error} className="mt-3" /> : null}
    </section>
  );
}
