import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { Allowance } from '@/lib/api/allowance';
import { api, unwrap, type Schema } from '@/lib/api/client';
import { inTurns } from '@/lib/api/turns';
import type { PipelineChange, Region } from '@/lib/design/pipeline';
import { refusalsOf, type Refusals } from '../lib/refusals';

export type ScenarioEstimate = Schema<'ScenarioEstimate'>;
export type MonthlyEstimate = ScenarioEstimate['monthly'];
export type ServiceCost = MonthlyEstimate['services'][number];
export type Line = ServiceCost['lines'][number];
export type WhatIfAnswer = Schema<'WhatIfAnswer'>;
export type VariantEstimate = WhatIfAnswer['variants'][number];
export type Savings = NonNullable<WhatIfAnswer['savings']>;
export type Comparison = Schema<'Comparison'>;

/** Another design on the same traffic. */
export interface Variant {
  name: string;
  pipeline: PipelineChange;
  region: Region | null;
}

const estimate = (scenarioId: string, signal: AbortSignal) =>
  api.GET('/scenarios/{scenario_id}/estimate', { params: { path: { scenario_id: scenarioId } }, signal });

export const estimateQuery = (scenarioId: string) =>
  queryOptions({
    queryKey: ['scenario', scenarioId, 'estimate'],
    queryFn: ({ signal }) => unwrap(estimate(scenarioId, signal)),
  });

const inTurn = inTurns(2);
/** Of a hundred requests a minute: who pages through a long list can still do something with what is found. */
const allowance = new Allowance(30);

/** Whether the rows of lists wait until there are more requests to be had. */
export function useEstimatesWait(): boolean {
  return useSyncExternalStore(allowance.subscribe, () => allowance.scarce);
}

async function listedEstimate(scenarioId: string, signal: AbortSignal): Promise<ScenarioEstimate> {
  await allowance.spared(signal);
  const answer = await estimate(scenarioId, signal);
  allowance.note(answer.response.headers);
  return unwrap(Promise.resolve(answer));
}

/**
 * The same for one of a list: its rows take turns, leave requests to the rest of the dashboard, and are kept for those
 * who page back and forth.
 */
export const listedEstimateQuery = (scenarioId: string) =>
  queryOptions({
    ...estimateQuery(scenarioId),
    queryFn: ({ signal }) => inTurn(() => listedEstimate(scenarioId, signal), signal),
    gcTime: 30 * 60_000,
  });

function whatIf(
  scenarioId: string,
  variants: readonly Variant[],
  signal: AbortSignal,
): Promise<WhatIfAnswer> {
  return unwrap(
    api.POST('/scenarios/{scenario_id}/what-if', {
      params: { path: { scenario_id: scenarioId } },
      body: { variants: [...variants], savings: false },
      signal,
    }),
  );
}

/** What variants cost, and which of them can't be had. */
export interface Tried {
  answer: WhatIfAnswer;
  refused: Refusals;
}

/**
 * The variants' months, in one request; where some of them can't be had, the others' in a second one. While another set
 * is priced, the last one's answer stays.
 */
export const whatIfQuery = (scenarioId: string, variants: readonly Variant[]) =>
  queryOptions({
    queryKey: ['scenario', scenarioId, 'what-if', variants],
    queryFn: async ({ signal }): Promise<Tried> => {
      try {
        return { answer: await whatIf(scenarioId, variants, signal), refused: {} };
      } catch (error) {
        const refused = refusalsOf(error, variants);
        const others = variants.filter(({ name }) => !(name in refused));
        if (others.length === variants.length) throw error;
        return { answer: await whatIf(scenarioId, others, signal), refused };
      }
    },
    placeholderData: keepPreviousData,
    enabled: variants.length > 0,
  });

export const savingsQuery = (scenarioId: string) =>
  queryOptions({
    queryKey: ['scenario', scenarioId, 'savings'],
    queryFn: async ({ signal }) => {
      const answer = await unwrap(
        api.POST('/scenarios/{scenario_id}/what-if', {
          params: { path: { scenario_id: scenarioId } },
          body: { variants: [], savings: true },
          signal,
        }),
      );
      return answer.savings;
    },
    staleTime: 60_000,
  });

export const compareQuery = (ids: readonly string[]) =>
  queryOptions({
    queryKey: ['compare', ids],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/scenarios/compare', { params: { query: { ids: [...ids] } }, signal })),
    placeholderData: keepPreviousData,
    enabled: ids.length >= 2,
  });
