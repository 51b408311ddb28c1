import { Link } from 'react-router';
import { DesignControls } from '@/components/design/design-controls';
import { ErrorState } from '@/components/error-state';
import { FormFoot } from '@/components/form-foot';
import { Section } from '@/components/section';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input, Select, Textarea } from '@/components/ui/input';
import { useFormats, useMessages } from '@/i18n/context';
import { REGIONS, type Region } from '@/lib/design/pipeline';
import { useModels } from '@/lib/design/use-models';
import { useForm } from '@/lib/hooks/use-form';
import { draftProblems, type ScenarioDraft } from '../lib/draft';

interface Props {
  initial: ScenarioDraft;
  /** The region decides the prices of what was recorded, so it is fixed once anything was. */
  regionFixed: boolean;
  action: string;
  /** Where leaving leads. */
  back: string;
  onSend: (draft: ScenarioDraft) => Promise<void>;
}

export function ScenarioForm({ initial, regionFixed, action, back, onSend }: Props) {
  const t = useMessages();
  const format = useFormats();
  const words = t.scenarios.form;
  const form = useForm({ initial, validate: (draft) => draftProblems(draft, t, format), send: onSend });
  const models = useModels(form.values.region);
  return (
    <form noValidate onSubmit={form.submit} className="grid items-start gap-x-12 gap-y-10 lg:grid-cols-2">
      <Section title={words.about}>
        <div className="flex flex-col gap-5">
          {form.problem ? <ErrorState error={form.problem} /> : null}
          <Field label={words.name} error={form.errors.name}>
            {(control) => <Input {...control} maxLength={255} {...form.text('name')} />}
          </Field>
          <Field label={words.description} error={form.errors.description}>
            {(control) => <Textarea {...control} maxLength={10_000} {...form.text('description')} />}
          </Field>
          <Field label={words.tags} hint={words.tagsHint} error={form.errors.tags}>
            {(control) => <Input {...control} {...form.text('tags')} />}
          </Field>
          <Field
            label={words.region}
            hint={regionFixed ? words.regionFixed : words.regionHint}
            error={form.errors.region}
          >
            {(control) => (
              <Select
                {...control}
                disabled={regionFixed}
                value={form.values.region}
                onChange={(event) => form.set('region', event.target.value as Region)}
              >
                {REGIONS.map((region) => (
                  <option key={region} value={region}>
                    {region} ({t.regions[region]})
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={words.budget} hint={words.budgetHint} error={form.errors.budget_usd}>
            {(control) => (
              <Input {...control} inputMode="decimal" className="max-w-40" {...form.text('budget_usd')} />
            )}
          </Field>
          <Checkbox
            label={words.ipAddresses}
            hint={words.ipAddressesHint}
            checked={form.values.ip_addresses}
            onChange={(checked) => form.set('ip_addresses', checked)}
          />
          <Field label={words.logGroups} hint={words.logGroupsHint} error={form.errors.log_groups}>
            {(control) => (
              <Textarea {...control} className="font-mono text-xs" {...form.text('log_groups')} />
            )}
          </Field>
        </div>
      </Section>
      <Section title={words.design} lead={words.designHint}>
        <DesignControls
          pipeline={form.values.pipeline}
          models={models}
          onChange={(pipeline) => form.set('pipeline', pipeline)}
        />
        {form.errors.pipeline ? (
          <p role="alert" lang="en" className="mt-2 text-dearer">
            {form.errors.pipeline}
          </p>
        ) : null}
      </Section>
      <FormFoot>
        <Button type="submit" look="primary" pending={form.pending}>
          {action}
        </Button>
        <Button asChild look="quiet">
          <Link to={back}>{t.common.cancel}</Link>
        </Button>
      </FormFoot>
    </form>
  );
}
