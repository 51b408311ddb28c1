import { expect, test } from 'vitest';
import { en } from '@/i18n/en/catalogue';
import { DEFAULT_PIPELINE, withField } from '@/lib/design/pipeline';
import { numberFormats } from '@/lib/format/numbers';
import type { Scenario } from '../api/scenarios';
import { draftOf, draftProblems, EMPTY_DRAFT, newScenario, scenarioChange } from './draft';

const english = numberFormats('en-US');
const italian = numberFormats('it-IT');

const scenario: Scenario = {
  id: '01900000-0000-7000-8000-000000000001',
  user_id: '01900000-0000-7000-8000-000000000002',
  owner_email: 'ada@example.com',
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

test.each([english, italian])('an untouched draft changes nothing', (format) => {
  for (const budget_usd of [null, '250', '1500.125']) {
    const before = { ...scenario, budget_usd };
    expect(scenarioChange(before, draftOf(before, format), format)).toEqual({});
  }
});

test('only what was touched is sent', () => {
  const draft = {
    ...draftOf(scenario, english),
    tags: 'prod, , eu, prod, new ',
    budget_usd: '',
    pipeline: withField(DEFAULT_PIPELINE, 'lambda', { memory_mb: 512 }),
  };
  expect(scenarioChange(scenario, draft, english)).toEqual({
    tags: ['prod', 'eu', 'new'],
    budget_usd: null,
    pipeline: { lambda: { memory_mb: 512 } },
  });
});

test('a new one has its name, region and design; what was left empty is nothing', () => {
  expect(newScenario({ ...EMPTY_DRAFT, name: ' Shop ', budget_usd: '1.500,50' }, italian)).toEqual({
    name: 'Shop',
    description: null,
    tags: [],
    region: 'us-east-1',
    budget_usd: '1500.5',
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
  [{ name: 'a', budget_usd: '1,500' }, {}],
  [{ name: 'a', budget_usd: '1500,250' }, { budget_usd: en.common.twoReadings('1500250', '1500.25') }],
])('%j has the problems %j', (typed, problems) => {
  expect(draftProblems({ ...EMPTY_DRAFT, ...typed }, en, english)).toEqual(problems);
});
