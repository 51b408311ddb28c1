import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { PageHeader } from '@/components/page-header';
import { useFormats, useMessages } from '@/i18n/context';
import { useTitle } from '@/lib/hooks/use-title';
import { createScenario } from '../api/scenarios';
import { ScenarioForm } from '../components/scenario-form';
import { EMPTY_DRAFT, newScenario } from '../lib/draft';

export function NewScenarioPage() {
  const t = useMessages().scenarios.form;
  const format = useFormats();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  useTitle(t.newTitle);
  return (
    <>
      <PageHeader title={t.newTitle} lead={t.newLead} />
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
    </>
  );
}
