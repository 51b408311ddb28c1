import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, useMemo, useState } from 'react';
import { DesignControls } from '@/components/design/design-controls';
import { ErrorState } from '@/components/error-state';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import { useMessages } from '@/i18n/context';
import {
  changed,
  difference,
  isEmpty,
  REGIONS,
  type Pipeline,
  type PipelineChange,
  type Region,
} from '@/lib/design/pipeline';
import { useModels } from '@/lib/design/use-models';
import { useDebounced } from '@/lib/hooks/use-debounced';
import { toast } from '@/lib/toasts';
import { whatIfQuery, type MonthlyEstimate, type Variant } from '../api/estimates';
import { useVariants } from '../lib/variants';
import { Impossible } from './impossible';
import { SaveVariant } from './save-variant';
import { VariantsTable } from './variants-table';
import { WhatIfSummary } from './what-if-summary';

/** A scenario's design and where it is. */
export interface Design {
  pipeline: Pipeline;
  region: Region;
}

/** What is being tried: what it changes, so that what somebody else changes in the scenario meanwhile stays changed. */
export type Draft = Pick<Variant, 'pipeline' | 'region'>;

interface Props {
  scenarioId: string;
  /** The scenario's design and its month, beside which the draft's stands. */
  base: Design;
  monthly: MonthlyEstimate;
  /** Null where nothing is. */
  draft: Draft | null;
  onDraft: (draft: Draft | null) => void;
  /** Why the draft can't be applied whatever it is; null where it may be. */
  locked: string | null;
  regionLocked: boolean;
  onApply: (change: PipelineChange, region: Region | null) => Promise<void>;
}

/** How long the controls must rest before the draft is priced, ms. */
const REST = 250;
const TRIED = '·';

/** Every field of the design to be moved, and what the month then costs, always in view. */
export function WhatIfPanel({
  scenarioId,
  base,
  monthly,
  draft,
  onDraft,
  locked,
  regionLocked,
  onApply,
}: Props) {
  const t = useMessages();
  const id = useId();
  const { variants, keep, drop } = useVariants(scenarioId);
  const [naming, setNaming] = useState(false);
  const tryingRegion = draft?.region ?? base.region;
  const models = useModels(tryingRegion);
  const { pipeline, change } = useMemo(() => {
    const trying = changed(base.pipeline, draft?.pipeline ?? {});
    return { pipeline: trying, change: difference(base.pipeline, trying) };
  }, [base.pipeline, draft]);
  const region = tryingRegion === base.region ? null : tryingRegion;
  const untouched = isEmpty(change) && region === null;

  // The draft and the kept variants are priced together: one request, whatever is moved.
  const wanted = useMemo<Variant[]>(
    () => [...(untouched ? [] : [{ name: TRIED, pipeline: change, region }]), ...variants],
    [untouched, change, region, variants],
  );
  const settled = useDebounced(wanted, REST);
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery(whatIfQuery(scenarioId, settled));
  const tried = untouched ? undefined : data?.answer.variants.find((variant) => variant.name === TRIED);
  const impossible = untouched ? undefined : data?.refused[TRIED];
  const apply = useMutation({
    mutationFn: () => onApply(change, region),
    onSuccess: () => toast(t.whatIf.applied),
  });
  const refusal = locked ?? (region !== null && regionLocked ? t.whatIf.regionInDraftOnly : null);

  return (
    <section aria-labelledby={id} className="rounded-md border border-rule bg-sheet">
      <div className="sticky top-14 z-10 rounded-t-md border-b border-rule bg-sheet p-5 xl:top-0">
        <h2 id={id} className="text-lg">
          {t.whatIf.title}
        </h2>
        <WhatIfSummary
          // Both of one answer, so that they are as far apart as it says.
          monthly={tried && data ? data.answer.monthly : monthly}
          tried={tried}
          impossible={impossible !== undefined}
          untouched={untouched}
          failed={error !== null}
          pending={!untouched && (isPending || isPlaceholderData || settled !== wanted)}
        />
        <div className="mt-4 flex flex-wrap gap-2">
          <Button
            look="primary"
            size="sm"
            disabled={untouched || refusal !== null || error !== null || impossible !== undefined}
            pending={apply.isPending}
            onClick={() => apply.mutate()}
          >
            {t.whatIf.apply}
          </Button>
          <Button size="sm" aria-haspopup="dialog" disabled={untouched} onClick={() => setNaming(true)}>
            {t.whatIf.save}
          </Button>
          <Button look="quiet" size="sm" disabled={untouched} onClick={() => onDraft(null)}>
            {t.whatIf.reset}
          </Button>
        </div>
        {refusal !== null && !untouched ? <p className="mt-2 text-xs text-ink-2">{refusal}</p> : null}
      </div>
      {/* What the keyboard reaches isn't scrolled below the head. */}
      <div className="px-5 pt-4 pb-3 [&_:is(a,button,input,select,summary,[role=slider])]:scroll-mt-56">
        <p className="text-ink-2">{t.whatIf.lead}</p>
        {impossible === undefined ? null : <Impossible className="mt-2">{impossible}</Impossible>}
        {error && wanted.length > 0 ? (
          <ErrorState error={error} onRetry={() => void refetch()} className="mt-3" />
        ) : null}
        {apply.error ? <ErrorState error={apply.error} className="mt-3" /> : null}
        <Field label={t.design.region} className="mt-4 mb-2 [&>label]:font-normal [&>label]:text-ink-2">
          {(control) => (
            <Select
              {...control}
              value={tryingRegion}
              onChange={(event) => {
                const chosen = event.target.value as Region;
                onDraft({ pipeline: change, region: chosen === base.region ? null : chosen });
              }}
            >
              {REGIONS.map((name) => (
                <option key={name} value={name}>
                  {name} ({t.regions[name]})
                </option>
              ))}
            </Select>
          )}
        </Field>
        <DesignControls
          pipeline={pipeline}
          models={models}
          onChange={(next) => onDraft({ pipeline: difference(base.pipeline, next), region })}
        />
      </div>
      {variants.length > 0 ? (
        <VariantsTable
          variants={variants}
          tried={data}
          onLoad={onDraft}
          onRemove={(name) => {
            drop(name);
            toast(t.whatIf.removed(name));
          }}
        />
      ) : null}
      {naming ? (
        <SaveVariant
          suggestion={t.whatIf.suggested(variants.length + 1)}
          onClose={() => setNaming(false)}
          onSave={(name) => {
            keep({ name, pipeline: change, region });
            setNaming(false);
            toast(t.whatIf.saved(name));
          }}
        />
      ) : null}
    </section>
  );
}
