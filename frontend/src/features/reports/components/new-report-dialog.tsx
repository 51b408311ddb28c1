import { ErrorState } from '@/components/error-state';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { useMessages } from '@/i18n/context';
import { present, useForm } from '@/lib/hooks/use-form';
import { locale, usePreference } from '@/lib/preferences';
import { toast } from '@/lib/toasts';
import { useRequestReport } from '../api/reports';
import { contentBody, usualContent } from '../lib/content';
import { ContentFields } from './content-fields';
import { SubjectSelect } from './subject-select';

interface Props {
  /** What it is about, where that is settled. */
  scenarioId: string | null;
  onClose: () => void;
}

export function NewReportDialog({ scenarioId, onClose }: Props) {
  const t = useMessages();
  const spoken = usePreference(locale);
  const request = useRequestReport();
  const form = useForm({
    initial: { scenario_id: scenarioId ?? '', content: usualContent(spoken) },
    validate: ({ scenario_id, content }) =>
      present({
        scenario_id: scenario_id === '' ? t.reports.scenarioMissing : undefined,
        content: content.parts.length === 0 ? t.reports.partsMissing : undefined,
      }),
    send: async ({ scenario_id, content }) => {
      await request.mutateAsync({ scenarioId: scenario_id, body: contentBody(content) });
      toast(t.reports.asked);
      onClose();
    },
  });
  return (
    <Dialog open onOpenChange={onClose} title={t.reports.create}>
      <form noValidate onSubmit={form.submit} className="flex flex-col gap-5">
        {form.problem ? <ErrorState error={form.problem} /> : null}
        {scenarioId === null ? (
          <SubjectSelect
            value={form.values.scenario_id}
            error={form.errors.scenario_id}
            onChange={(id) => form.set('scenario_id', id)}
          />
        ) : null}
        <ContentFields
          content={form.values.content}
          error={form.errors.content}
          onChange={(content) => form.set('content', content)}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button type="submit" look="primary" pending={form.pending}>
            {t.reports.make}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
