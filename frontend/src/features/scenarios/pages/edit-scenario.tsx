import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { ErrorState } from '@/components/error-state';
import { PageHeader } from '@/components/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { useFormats, useMessages } from '@/i18n/context';
import { useTitle } from '@/lib/hooks/use-title';
import { scenarioQuery } from '@/lib/scenarios';
import { toast } from '@/lib/toasts';
import { useChangeScenario } from '../api/scenarios';
import { ScenarioForm } from '../components/scenario-form';
import { draftOf, scenarioChange } from '../lib/draft';

export function EditScenarioPage() {
  const t = useMessages().scenarios.form;
  const format = useFormats();
  const { scenarioId = '' } = useParams();
  const navigate = useNavigate();
  const { data: scenario, error, refetch } = useQuery(scenarioQuery(scenarioId));
  const change = useChangeScenario(scenarioId);
  const back = `/scenarios/${scenarioId}`;
  useTitle(t.editTitle);
  if (scenario === undefined) {
    return error ? (
      <ErrorState error={error} onRetry={() => void refetch()} />
    ) : (
      <Skeleton className="h-96" />
    );
  }
  return (
    <>
      <PageHeader title={t.editTitle} lead={scenario.name} />
      <ScenarioForm
        initial={draftOf(scenario, format)}
        regionFixed={scenario.status !== 'draft'}
        action={t.save}
        back={back}
        onSend={async (draft) => {
          await change.mutateAsync(scenarioChange(scenario, draft, format));
          toast(t.saved);
          await navigate(back);
        }}
      />
    </>
  );
}
