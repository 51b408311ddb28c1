import type { Catalogue } from '@/i18n/en/catalogue';
import { present, type FieldErrors } from '@/lib/hooks/use-form';
import type { NewSchedule, Schedule, Timing } from '../api/schedules';
import { contentBody, contentOf, type Content } from './content';

const MOST_RECIPIENTS = 50;

/** A schedule as it is being typed. */
export interface ScheduleDraft {
  name: string;
  scenario_id: string;
  frequency: Timing['frequency'];
  /** 0 to 6 from Sunday on. */
  day_of_week: string;
  day_of_month: string;
  /** `08:00`. */
  time: string;
  timezone: string;
  email_to: string;
  content: Content;
}

/** Every Monday at eight. */
export function newDraft(content: Content, timezone: string, scenarioId: string): ScheduleDraft {
  return {
    name: '',
    scenario_id: scenarioId,
    frequency: 'weekly',
    day_of_week: '1',
    day_of_month: '1',
    time: '08:00',
    timezone,
    email_to: '',
    content,
  };
}

export function draftOf(schedule: Schedule): ScheduleDraft {
  const two = (part: number) => String(part).padStart(2, '0');
  return {
    name: schedule.name,
    scenario_id: schedule.scenario_id,
    frequency: schedule.frequency,
    day_of_week: String(schedule.day_of_week ?? 1),
    day_of_month: String(schedule.day_of_month ?? 1),
    time: `${two(schedule.hour)}:${two(schedule.minute)}`,
    timezone: schedule.timezone,
    email_to: schedule.email_to.join('\n'),
    content: contentOf(schedule),
  };
}

/** When it runs, in the API's words; null while that isn't typed whole. */
export function timingOf(draft: ScheduleDraft): Timing | null {
  const time = /^(\d\d):(\d\d)$/.exec(draft.time);
  if (time === null || !isDayOfMonth(draft)) return null;
  return {
    frequency: draft.frequency,
    day_of_week: draft.frequency === 'weekly' ? Number(draft.day_of_week) : null,
    day_of_month: draft.frequency === 'monthly' ? Number(draft.day_of_month) : null,
    hour: Number(time[1]),
    minute: Number(time[2]),
    timezone: draft.timezone,
  };
}

/**
 * The schedule in the API's words.
 *
 * @param draft one that has no problems.
 */
export function scheduleBody(draft: ScheduleDraft): Omit<NewSchedule, 'is_active' | 'scenario_id'> {
  const timing = timingOf(draft);
  if (timing === null) throw new Error('The draft has no time yet.');
  return {
    name: draft.name.trim(),
    ...timing,
    ...contentBody(draft.content),
    email_to: recipients(draft.email_to),
  };
}

export function scheduleProblems(draft: ScheduleDraft, t: Catalogue): FieldErrors<ScheduleDraft> {
  const emails = recipients(draft.email_to);
  const wrong = emails.find((email) => !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email));
  return present({
    name: draft.name.trim() === '' ? t.schedules.nameMissing : undefined,
    scenario_id: draft.scenario_id === '' ? t.reports.scenarioMissing : undefined,
    day_of_month: isDayOfMonth(draft) ? undefined : t.schedules.dayOfMonthWrong,
    time: /^\d\d:\d\d$/.test(draft.time) ? undefined : t.schedules.timeMissing,
    email_to:
      wrong === undefined
        ? emails.length > MOST_RECIPIENTS
          ? t.schedules.emailsTooMany
          : undefined
        : t.schedules.emailWrong(wrong),
    content: draft.content.parts.length === 0 ? t.reports.partsMissing : undefined,
  });
}

function recipients(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((part) => part !== ''))];
}

function isDayOfMonth({ frequency, day_of_month: text }: ScheduleDraft): boolean {
  const day = Number(text);
  return frequency !== 'monthly' || (Number.isInteger(day) && day >= 1 && day <= 31);
}
