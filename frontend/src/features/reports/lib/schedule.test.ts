import { describe, expect, test, vi } from 'vitest';
import { en } from '@/i18n/en/catalogue';
import { SECTIONS } from '../api/reports';
import { contentBody, contentOf, usualContent } from './content';
import { newDraft, scheduleBody, scheduleProblems, timingOf, type ScheduleDraft } from './schedule';

vi.mock('@/lib/api/client', () => ({ api: {}, unwrap: () => null }));

const draft: ScheduleDraft = {
  ...newDraft(usualContent('en'), 'Europe/Rome', 's-1'),
  name: ' Weekly ',
  email_to: 'ada@example.com, grace@example.com\nada@example.com',
};

test('a draft becomes what the API takes: only the day that its frequency has, every recipient once', () => {
  const body = scheduleBody(draft);
  expect(body).toMatchObject({
    name: 'Weekly',
    frequency: 'weekly',
    day_of_week: 1,
    day_of_month: null,
    hour: 8,
    minute: 0,
    timezone: 'Europe/Rome',
    email_to: ['ada@example.com', 'grace@example.com'],
    sections: [],
  });
  expect(scheduleBody({ ...draft, frequency: 'monthly', day_of_month: '31' })).toMatchObject({
    day_of_week: null,
    day_of_month: 31,
  });
  expect(scheduleBody({ ...draft, frequency: 'daily' }).day_of_month).toBeNull();
});

test('there is no timing before it is typed whole', () => {
  expect(timingOf({ ...draft, time: '' })).toBeNull();
  expect(timingOf({ ...draft, frequency: 'monthly', day_of_month: '32' })).toBeNull();
  expect(timingOf({ ...draft, day_of_month: '32' })).not.toBeNull();
});

describe('what is wrong is said of the field that it is wrong in', () => {
  test.each([
    ['name', { name: ' ' }],
    ['scenario_id', { scenario_id: '' }],
    ['time', { time: '' }],
    ['day_of_month', { frequency: 'monthly', day_of_month: '0' }],
    ['email_to', { email_to: 'ada@example.com nobody' }],
    ['email_to', { email_to: Array.from({ length: 51 }, (_, index) => `u${index}@example.com`).join() }],
    ['content', { content: { ...draft.content, parts: [] } }],
  ] as const)('%s', (field, change) => {
    expect(Object.keys(scheduleProblems({ ...draft, ...change }, en))).toEqual([field]);
  });

  test('nothing', () => expect(scheduleProblems(draft, en)).toEqual({}));
});

test('all parts are none in the API’s words, and logs are a CSV’s alone', () => {
  const some = { ...draft.content, parts: SECTIONS.slice(0, 2), include_logs: true };
  expect(contentBody(some)).toMatchObject({ sections: ['summary', 'breakdown'], include_logs: false });
  expect(contentBody({ ...some, format: 'csv' }).include_logs).toBe(true);
  expect(contentOf({ ...draft.content, sections: [] }).parts).toEqual(SECTIONS);
  expect(contentOf({ ...draft.content, sections: ['pii'] }).parts).toEqual(['pii']);
});
