import { Link } from 'react-router';
import { Choice } from '@/components/design/choice';
import { ErrorState } from '@/components/error-state';
import { FormFoot } from '@/components/form-foot';
import { Section } from '@/components/section';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input, Select, Textarea } from '@/components/ui/input';
import { useFormats, useMessages } from '@/i18n/context';
import { useForm } from '@/lib/hooks/use-form';
import { scheduleProblems, timingOf, type ScheduleDraft } from '../lib/schedule';
import { ContentFields } from './content-fields';
import { NextRuns } from './next-runs';
import { SubjectSelect } from './subject-select';

const FREQUENCIES = ['daily', 'weekly', 'monthly'] as const;
// As weeks are read where most of this is.
const WEEK = [1, 2, 3, 4, 5, 6, 0] as const;
const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

interface Props {
  initial: ScheduleDraft;
  /** What it is about stays what it is once it is made. */
  subjectFixed: boolean;
  action: string;
  onSend: (draft: ScheduleDraft) => Promise<void>;
}

export function ScheduleForm({ initial, subjectFixed, action, onSend }: Props) {
  const t = useMessages();
  const words = t.schedules;
  const format = useFormats();
  const form = useForm({ initial, validate: (draft) => scheduleProblems(draft, t), send: onSend });
  const { values, errors } = form;
  return (
    <form noValidate onSubmit={form.submit} className="grid items-start gap-x-12 gap-y-10 lg:grid-cols-2">
      <Section title={words.about}>
        <div className="flex flex-col gap-5">
          {form.problem ? <ErrorState error={form.problem} /> : null}
          <Field label={words.name} error={errors.name}>
            {(control) => <Input {...control} maxLength={255} {...form.text('name')} />}
          </Field>
          <SubjectSelect
            value={values.scenario_id}
            error={errors.scenario_id}
            disabled={subjectFixed}
            onChange={(id) => form.set('scenario_id', id)}
          />
          <Choice
            label={words.frequency}
            value={values.frequency}
            options={FREQUENCIES.map((value) => ({ value, label: words.frequencies[value] }))}
            onChange={(frequency) => form.set('frequency', frequency)}
          />
          <div className="grid items-start gap-5 sm:grid-cols-2">
            {values.frequency === 'weekly' ? (
              <Field label={words.dayOfWeek} error={errors.day_of_week}>
                {(control) => (
                  <Select {...control} {...form.text('day_of_week')}>
                    {WEEK.map((day) => (
                      <option key={day} value={day}>
                        {format.weekday(day)}
                      </option>
                    ))}
                  </Select>
                )}
              </Field>
            ) : null}
            {values.frequency === 'monthly' ? (
              <Field label={words.dayOfMonth} hint={words.dayOfMonthHint} error={errors.day_of_month}>
                {(control) => (
                  <Input {...control} type="number" min={1} max={31} {...form.text('day_of_month')} />
                )}
              </Field>
            ) : null}
            <Field label={words.time} error={errors.time}>
              {(control) => <Input {...control} type="time" {...form.text('time')} />}
            </Field>
          </div>
          <Field label={words.zone} error={errors.timezone}>
            {(control) => (
              <Select {...control} {...form.text('timezone')}>
                {[...new Set([values.timezone, ...ZONES])].map((zone) => (
                  <option key={zone} value={zone}>
                    {zone.replaceAll('_', ' ')}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={words.emails} hint={words.emailsHint} error={errors.email_to}>
            {(control) => <Textarea {...control} spellCheck={false} {...form.text('email_to')} />}
          </Field>
        </div>
      </Section>
      <div className="flex flex-col gap-10">
        <NextRuns timing={timingOf(values)} />
        <Section title={words.what}>
          <ContentFields
            content={values.content}
            error={errors.content}
            onChange={(content) => form.set('content', content)}
          />
        </Section>
      </div>
      <FormFoot>
        <Button type="submit" look="primary" pending={form.pending}>
          {action}
        </Button>
        <Button asChild look="quiet">
          <Link to="/reports/schedules">{t.common.cancel}</Link>
        </Button>
      </FormFoot>
    </form>
  );
}
