import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { Forbidden } from '@/components/forbidden';
import { PageHeader } from '@/components/page-header';
import { useFormats, useMessages } from '@/i18n/context';
import { useTitle } from '@/lib/hooks/use-title';
import { useMayWrite } from '@/lib/session/user';
import { createScenario } from '../api/scenarios';
import { ScenarioForm } from '../components/scenario-form';
import { EMPTY_DRAFT, newScenario } from '../lib/draft';

export function NewScenarioPage() {
  const { form: t, title } = useMessages().scenarios;
  const mayWrite = useMayWrite();
  const format = useFormats();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  useTitle(t.newTitle);
  return (
    <>
      <PageHeader title={t.newTitle} lead={t.newLead} />
      {mayWrite ? (
        <ScenarioForm
          initial={EMPTY_DRAFT}
          regionFixed={false}
          action={t.create}
          back="/"
          onSend={async (draft) => {
            const { id } = await createScenario(newScenario(draft, format));
            void queryClient.invalidateQueries({ queryKey: ['scenarios'] });
            await navigate(`/scenarios/${id}/send`);
          }}
        />
      ) : (
        <Forbidden back="/" to={title} />
      )}
    </>
  );
}
