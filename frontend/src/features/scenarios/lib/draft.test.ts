import { expect, test } from 'vitest';
import { en } from '@/i18n/en/catalogue';
import { DEFAULT_PIPELINE, withField } from '@/lib/design/pipeline';
import type { Scenario } from '../api/scenarios';
import { draftOf, draftProblems, EMPTY_DRAFT, newScenario, scenarioChange } from './draft';

const scenario: Scenario = {
  id: '01900000-0000-7000-8000-000000000001',
  user_id: '01900000-0000-7000-8000-000000000002',
  name: 'Shop',
  description: null,
  tags: ['prod', 'eu'],
  status: 'draft',
  region: 'eu-west-1',
  tier: 'standard',
  pipeline: DEFAULT_PIPELINE,
  pii: { ip_addresses: false },
  log_groups: ['/aws/lambda/*'],
  budget_usd: '250',
  created_at: '2026-07-01T00:00:00Z',
  updated_at: '2026-07-01T00:00:00Z',
  started_at: null,
  completed_at: null,
  total_requests: 0,
  total_cost_estimate: '0',
};

test('an untouched draft changes nothing', () => {
  expect(scenarioChange(scenario, draftOf(scenario))).toEqual({});
});

test('only what was touched is sent', () => {
  const draft = {
    ...draftOf(scenario),
    tags: 'prod, , eu, prod, new ',
    budget_usd: '',
    pipeline: withField(DEFAULT_PIPELINE, 'lambda', { memory_mb: 512 }),
  };
  expect(scenarioChange(scenario, draft)).toEqual({
    tags: ['prod', 'eu', 'new'],
    budget_usd: null,
    pipeline: { lambda: { memory_mb: 512 } },
  });
});

test('a new one has its name, region and design; what was left empty is nothing', () => {
  expect(newScenario({ ...EMPTY_DRAFT, name: ' Shop ', budget_usd: '99,50' })).toEqual({
    name: 'Shop',
    description: null,
    tags: [],
    region: 'us-east-1',
    budget_usd: '99.5',
    pii: { ip_addresses: false },
    log_groups: [],
    pipeline: DEFAULT_PIPELINE,
  });
});

test.each([
  [{ name: ' ' }, { name: en.scenarios.form.nameMissing }],
  [{ name: 'a', budget_usd: '0' }, { budget_usd: en.scenarios.form.budgetWrong }],
  [{ name: 'a', budget_usd: 'much' }, { budget_usd: en.scenarios.form.budgetWrong }],
  [{ name: 'a', budget_usd: '$12' }, {}],
])('%j has the problems %j', (typed, problems) => {
  expect(draftProblems({ ...EMPTY_DRAFT, ...typed }, en)).toEqual(problems);
});
