import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { Link } from 'react-router';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import {
  estimateQuery,
  savingsQuery,
  whatIfQuery,
  type ScenarioEstimate,
} from '@/features/estimates/api/estimates';
import { Bill } from '@/features/estimates/components/bill';
import { Drivers } from '@/features/estimates/components/drivers';
import { MonthlyFigure } from '@/features/estimates/components/monthly-figure';
import { SavingsList } from '@/features/estimates/components/savings-list';
import { WhatIfPanel, type Design, type Draft } from '@/features/estimates/components/what-if-panel';
import { useVariants } from '@/features/estimates/lib/variants';
import { ViewReport } from '@/features/reports/components/view-report';
import { useChangeScenario } from '@/features/scenarios/api/scenarios';
import { Safety } from '@/features/traffic/components/safety';
import { TimeSeries } from '@/features/traffic/components/time-series';
import { TrendBadge } from '@/features/traffic/components/trend-badge';
import { useFormats, useMessages } from '@/i18n/context';
import { difference, whole } from '@/lib/design/pipeline';
import { useEvery } from '@/lib/hooks/use-every';
import { useNow } from '@/lib/hooks/use-now';
import { useMayWrite } from '@/lib/session/user';
import { refreshOf, useScenario } from './layout';

// So many a report has room for.
const MOST_VARIANTS = 10;

export function BillPage() {
  const t = useMessages();
  const scenario = useScenario();
  const queryClient = useQueryClient();
  const { data, error, refetch, dataUpdatedAt } = useQuery(estimateQuery(scenario.id));
  // All at once, so that the page's figures are of one moment; what is still under way isn't asked twice.
  useEvery(refreshOf(scenario), () => {
    const isFigure = ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey.length > 2;
    void queryClient.invalidateQueries(
      { queryKey: ['scenario', scenario.id], predicate: isFigure },
      { cancelRefetch: false },
    );
  });

  if (scenario.total_requests === 0) {
    return (
      <EmptyState
        title={t.bill.noFigure}
        action={
          <Button asChild look="primary">
            <Link to="send">{t.scenarios.tabs.send}</Link>
          </Button>
        }
      >
        {t.bill.noFigureLead}
      </EmptyState>
    );
  }
  return (
    <>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} className="mb-8" /> : null}
      {data ? (
        <Figures estimate={data} computedAt={dataUpdatedAt} />
      ) : error ? null : (
        <Skeleton className="h-96" />
      )}
    </>
  );
}

function Figures({ estimate, computedAt }: { estimate: ScenarioEstimate; computedAt: number }) {
  const scenario = useScenario();
  const base = useMemo<Design>(
    () => ({ pipeline: whole(scenario.pipeline), region: scenario.region }),
    [scenario.pipeline, scenario.region],
  );
  const [draft, setDraft] = useState<Draft | null>(null);
  // Beside the page, where there is room, the panel is always in view; above it, it has to be gone to.
  const above = useRef<HTMLDivElement>(null);

  return (
    <div className="grid items-start gap-x-12 gap-y-12 xl:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="flex min-w-0 flex-col gap-14">
        <MonthlyFigure
          estimate={estimate}
          budget={scenario.budget_usd}
          change={<TrendBadge scenarioId={scenario.id} />}
          stamp={<Stamp at={computedAt} />}
        />
        <div ref={above} className="xl:hidden">
          <WhatIf estimate={estimate} base={base} draft={draft} onDraft={setDraft} />
        </div>
        <Bill monthly={estimate.monthly} freeTier={base.pipeline.assumptions.free_tier} />
        <TimeSeries
          scenarioId={scenario.id}
          budget={scenario.budget_usd}
          hoursPerMonth={base.pipeline.assumptions.hours_per_month}
          actionsOn={({ from, to }) => <PdfOfView from={from ?? null} to={to ?? null} />}
        />
        <div className="grid gap-12 lg:grid-cols-2">
          <Drivers monthly={estimate.monthly} />
          <SavingsList
            scenarioId={scenario.id}
            onTry={(pipeline) => {
              setDraft({ pipeline: difference(base.pipeline, pipeline), region: null });
              above.current?.scrollIntoView();
            }}
          />
        </div>
        <Safety
          scenarioId={scenario.id}
          ipAddresses={scenario.pii.ip_addresses ?? false}
          duplicatesNote={<DuplicatesNote scenarioId={scenario.id} />}
        />
      </div>
      <div className="sticky top-20 hidden max-h-[calc(100dvh-6rem)] overflow-y-auto xl:block">
        <WhatIf estimate={estimate} base={base} draft={draft} onDraft={setDraft} />
      </div>
    </div>
  );
}

interface WhatIfProps {
  estimate: ScenarioEstimate;
  base: Design;
  draft: Draft | null;
  onDraft: (draft: Draft | null) => void;
}

function WhatIf({ estimate, base, draft, onDraft }: WhatIfProps) {
  const t = useMessages();
  const scenario = useScenario();
  const mayWrite = useMayWrite();
  const change = useChangeScenario(scenario.id);
  return (
    <WhatIfPanel
      scenarioId={scenario.id}
      base={base}
      monthly={estimate.monthly}
      draft={draft}
      onDraft={onDraft}
      locked={scenario.status === 'archived' ? t.whatIf.readOnly : mayWrite ? null : t.errors.forbidden.title}
      regionLocked={scenario.status !== 'draft'}
      onApply={async (pipeline, region) => {
        await change.mutateAsync({ pipeline, ...(region === null ? {} : { region }) });
        onDraft(null);
      }}
    />
  );
}

function Stamp({ at }: { at: number }) {
  const t = useMessages().bill;
  const format = useFormats();
  return <time dateTime={new Date(at).toISOString()}>{t.stamp(format.ago(new Date(at), useNow(1000)))}</time>;
}

function PdfOfView({ from, to }: { from: string | null; to: string | null }) {
  const scenario = useScenario();
  const { variants } = useVariants(scenario.id);
  // A report can't be made of a variant that can't be had.
  const { data } = useQuery(whatIfQuery(scenario.id, variants));
  const possible = variants.filter(({ name }) => data?.refused[name] === undefined);
  return (
    <ViewReport
      scenarioId={scenario.id}
      view={{ date_from: from, date_to: to, variants: possible.slice(0, MOST_VARIANTS) }}
    />
  );
}

function DuplicatesNote({ scenarioId }: { scenarioId: string }) {
  const t = useMessages().traffic;
  const format = useFormats();
  const { data } = useQuery(savingsQuery(scenarioId));
  const saving = data?.changes.find(({ change }) => change === 'deduplicate');
  return saving ? t.duplicatesSaving(format.usd(saving.saving_usd)) : null;
}
