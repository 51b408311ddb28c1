import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router';
import { Forbidden } from '@/components/forbidden';
import { PageHeader } from '@/components/page-header';
import { useFormats, useMessages } from '@/i18n/context';
import { useTitle } from '@/lib/hooks/use-title';
import { locale, usePreference } from '@/lib/preferences';
import { useMayWrite } from '@/lib/session/user';
import { toast } from '@/lib/toasts';
import { createSchedule } from '../api/schedules';
import { ScheduleForm } from '../components/schedule-form';
import { usualContent } from '../lib/content';
import { newDraft, scheduleBody } from '../lib/schedule';

export function NewSchedulePage() {
  const t = useMessages().schedules;
  const mayWrite = useMayWrite();
  const { zone } = useFormats();
  const spoken = usePreference(locale);
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  useTitle(t.create);
  return (
    <>
      <PageHeader title={t.create} lead={t.lead} />
      {mayWrite ? (
        <ScheduleForm
          initial={newDraft(usualContent(spoken), zone, search.get('scenario') ?? '')}
          subjectFixed={false}
          action={t.create}
          onSend={async (draft) => {
            await createSchedule({ ...scheduleBody(draft), scenario_id: draft.scenario_id, is_active: true });
            await queryClient.invalidateQueries({ queryKey: ['schedules'] });
            toast(t.created);
            await navigate('/reports/schedules');
          }}
        />
      ) : (
        <Forbidden back="/reports/schedules" to={t.title} />
      )}
    </>
  );
}
