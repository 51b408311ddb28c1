import type { Catalogue } from '@/i18n/en/catalogue';
import { compare } from '@/lib/decimal';
import {
  DEFAULT_PIPELINE,
  difference,
  isEmpty,
  whole,
  type Pipeline,
  type Region,
} from '@/lib/design/pipeline';
import type { NumberFormats } from '@/lib/format/numbers';
import { present } from '@/lib/hooks/use-form';
import type { NewScenario, Scenario, ScenarioChange } from '../api/scenarios';

/** A scenario as the form holds it: texts as they were typed. */
export interface ScenarioDraft {
  name: string;
  description: string;
  tags: string;
  region: Region;
  budget_usd: string;
  ip_addresses: boolean;
  log_groups: string;
  pipeline: Pipeline;
}

export const EMPTY_DRAFT: ScenarioDraft = {
  name: '',
  description: '',
  tags: '',
  region: 'us-east-1',
  budget_usd: '',
  ip_addresses: false,
  log_groups: '',
  pipeline: DEFAULT_PIPELINE,
};

/** How the page's language writes numbers. */
type Writing = Pick<NumberFormats, 'plain' | 'read'>;

export function draftOf(scenario: Scenario, { plain }: Writing): ScenarioDraft {
  return {
    name: scenario.name,
    description: scenario.description ?? '',
    tags: scenario.tags.join(', '),
    region: scenario.region,
    budget_usd: scenario.budget_usd === null ? '' : plain(scenario.budget_usd),
    ip_addresses: scenario.pii.ip_addresses ?? false,
    log_groups: scenario.log_groups.join('\n'),
    pipeline: whole(scenario.pipeline),
  };
}

export function draftProblems(draft: ScenarioDraft, t: Catalogue, writing: Writing) {
  const name = draft.name.trim();
  return present({
    name: name === '' || name.length > 255 ? t.scenarios.form.nameMissing : undefined,
    budget_usd: budgetProblem(draft.budget_usd, t, writing),
  });
}

function budgetProblem(text: string, t: Catalogue, { read }: Writing): string | undefined {
  if (text.trim() === '') return undefined;
  const typed = read(text);
  if (typed.kind === 'ambiguous') return t.common.twoReadings(...typed.readings);
  return typed.kind === 'none' || compare(typed.value, '0') <= 0 ? t.scenarios.form.budgetWrong : undefined;
}

/** The body that makes the scenario. */
export function newScenario(draft: ScenarioDraft, writing: Writing): NewScenario {
  return { ...fields(draft, writing), region: draft.region, pipeline: draft.pipeline };
}

/** The body that makes the scenario what the draft says: only what differs, so that nobody's change is undone. */
export function scenarioChange(before: Scenario, draft: ScenarioDraft, writing: Writing): ScenarioChange {
  const pipeline = difference(whole(before.pipeline), draft.pipeline);
  const next = fields(draft, writing);
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  return {
    ...(same(next.name, before.name) ? {} : { name: next.name }),
    ...(same(next.description, before.description) ? {} : { description: next.description }),
    ...(same(next.tags, before.tags) ? {} : { tags: next.tags }),
    ...(same(next.budget_usd, before.budget_usd) ? {} : { budget_usd: next.budget_usd }),
    ...(same(next.pii.ip_addresses, before.pii.ip_addresses ?? false) ? {} : { pii: next.pii }),
    ...(same(next.log_groups, before.log_groups) ? {} : { log_groups: next.log_groups }),
    ...(draft.region === before.region ? {} : { region: draft.region }),
    ...(isEmpty(pipeline) ? {} : { pipeline }),
  };
}

function fields(draft: ScenarioDraft, { read }: Writing) {
  const budget = read(draft.budget_usd);
  const description = draft.description.trim();
  return {
    name: draft.name.trim(),
    description: description === '' ? null : description,
    tags: split(draft.tags, ','),
    budget_usd: budget.kind === 'number' ? budget.value : null,
    pii: { ip_addresses: draft.ip_addresses },
    log_groups: split(draft.log_groups, '\n'),
  };
}

function split(text: string, at: string): string[] {
  const parts = text.split(at).map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ''))];
}
