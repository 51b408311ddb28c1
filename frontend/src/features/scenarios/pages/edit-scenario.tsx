import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { Forbidden } from '@/components/forbidden';
import { PageHeader } from '@/components/page-header';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { useFormats, useMessages } from '@/i18n/context';
import { useTitle } from '@/lib/hooks/use-title';
import { scenarioQuery } from '@/lib/scenarios';
import { useMayWrite } from '@/lib/session/user';
import { toast } from '@/lib/toasts';
import { useChangeScenario, type Scenario } from '../api/scenarios';
import { ScenarioForm } from '../components/scenario-form';
import { draftOf, scenarioChange } from '../lib/draft';

export function EditScenarioPage() {
  const t = useMessages();
  const { scenarioId = '' } = useParams();
  const mayWrite = useMayWrite();
  const { data: scenario, error, refetch } = useQuery(scenarioQuery(scenarioId));
  useTitle(t.scenarios.form.editTitle);
  if (scenario === undefined) {
    return error ? (
      <ErrorState error={error} onRetry={() => void refetch()} />
    ) : (
      <Skeleton className="h-96" />
    );
  }
  const back = `/scenarios/${scenario.id}`;
  return (
    <>
      <PageHeader title={t.scenarios.form.editTitle} lead={scenario.name} />
      {!mayWrite ? (
        <Forbidden back={back} to={t.scenarios.tabs.bill} />
      ) : scenario.status === 'archived' ? (
        <EmptyState
          title={t.whatIf.readOnly}
          action={
            <Button asChild>
              <Link to={back}>{t.scenarios.tabs.bill}</Link>
            </Button>
          }
        >
          {t.scenarios.form.archived}
        </EmptyState>
      ) : (
        <EditForm key={scenario.id} scenario={scenario} back={back} />
      )}
    </>
  );
}

function EditForm({ scenario, back }: { scenario: Scenario; back: string }) {
  const t = useMessages().scenarios.form;
  const format = useFormats();
  const navigate = useNavigate();
  const change = useChangeScenario(scenario.id);
  // As it was when the form was filled with it: what somebody else changes meanwhile wasn't changed here.
  const [before] = useState(scenario);
  return (
    <ScenarioForm
      initial={draftOf(before, format)}
      regionFixed={scenario.status !== 'draft'}
      action={t.save}
      back={back}
      onSend={async (draft) => {
        await change.mutateAsync(scenarioChange(before, draft, format));
        toast(t.saved);
        await navigate(back);
      }}
    />
  );
}
