import { useMutation } from '@tanstack/react-query';
import { explainError } from '@/components/error-state';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { useMessages } from '@/i18n/context';
import { fetchFile } from '@/lib/download';
import { locale, usePreference } from '@/lib/preferences';
import { useMayWrite } from '@/lib/session/user';
import { toast } from '@/lib/toasts';
import { finished, useRequestReport, type NewReport } from '../api/reports';
import { contentBody, usualContent } from '../lib/content';

interface Props {
  scenarioId: string;
  /** What is in view: its range of time, and the variants held against it. */
  view: Pick<NewReport, 'date_from' | 'date_to' | 'variants'>;
}

/** Makes a PDF of what is in view, and hands it over as soon as it is there. */
export function ViewReport({ scenarioId, view }: Props) {
  const t = useMessages();
  const spoken = usePreference(locale);
  const request = useRequestReport();
  const make = useMutation({
    mutationFn: async () => {
      const body = { ...contentBody(usualContent(spoken)), ...view };
      return finished((await request.mutateAsync({ scenarioId, body })).report_id);
    },
    onSuccess: (file) => {
      if (file === null) toast(t.reports.slow);
      else fetchFile(file);
    },
    onError: (error) => toast(explainError(error, t).title, 'bad'),
  });
  if (!useMayWrite()) return null;
  return (
    <Button look="quiet" pending={make.isPending} onClick={() => make.mutate()}>
      <Icon name="down" />
      <span aria-live="polite">{make.isPending ? t.reports.making : t.reports.ofView}</span>
    </Button>
  );
}
