import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { ErrorState } from '@/components/error-state';
import { Forbidden } from '@/components/forbidden';
import { PageHeader } from '@/components/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { useMessages } from '@/i18n/context';
import { useTitle } from '@/lib/hooks/use-title';
import { useMayWrite } from '@/lib/session/user';
import { toast } from '@/lib/toasts';
import { scheduleQuery, useChangeSchedule } from '../api/schedules';
import { ScheduleForm } from '../components/schedule-form';
import { draftOf, scheduleBody } from '../lib/schedule';

export function EditSchedulePage() {
  const t = useMessages().schedules;
  const mayWrite = useMayWrite();
  const { scheduleId = '' } = useParams();
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(scheduleQuery(scheduleId));
  const change = useChangeSchedule();
  useTitle(t.editTitle);
  if (data === undefined) {
    return error ? (
      <ErrorState error={error} onRetry={() => void refetch()} />
    ) : (
      <Skeleton className="h-96" />
    );
  }
  return (
    <>
      <PageHeader title={t.editTitle} lead={data.name} />
      {mayWrite ? (
        <ScheduleForm
          initial={draftOf(data)}
          subjectFixed
          action={t.save}
          onSend={async (draft) => {
            await change.mutateAsync({ id: data.id, ...scheduleBody(draft) });
            toast(t.saved);
            await navigate('/reports/schedules');
          }}
        />
      ) : (
        <Forbidden back="/reports/schedules" to={t.title} />
      )}
    </>
  );
}
