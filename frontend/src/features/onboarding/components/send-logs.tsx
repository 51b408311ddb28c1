import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { CodeBlock } from '@/components/code-block';
import { CopyButton } from '@/components/copy-button';
import { ErrorState } from '@/components/error-state';
import { Section } from '@/components/section';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { Select } from '@/components/ui/input';
import { Wording } from '@/components/wording';
import { useMessages } from '@/i18n/context';
import { cn } from '@/lib/cn';
import { useMayWrite } from '@/lib/session/user';
import { createShipperKey, latestLogQuery } from '../api/onboarding';
import { NO_KEY, SHIPPERS } from '../lib/shippers';
import { FirstLog } from './first-log';
import { SampleData } from './sample-data';

interface Props {
  scenario: { id: string; name: string; status: 'draft' | 'running' | 'completed' | 'archived' };
  /** Starts the scenario. */
  onStart: () => Promise<unknown>;
}

/** From nothing to the first log: start, key, snippet; or sample data in one click. */
export function SendLogs({ scenario, onStart }: Props) {
  const t = useMessages().onboarding;
  const mayWrite = useMayWrite();
  const running = scenario.status === 'running';
  const start = useMutation({ mutationFn: onStart });
  const issue = useMutation({ mutationFn: () => createShipperKey(t.keyName(scenario.name).slice(0, 255)) });
  const [chosen, setChosen] = useState(SHIPPERS[0]);
  const key = issue.data ?? NO_KEY;
  const { isPending: isAsking } = useQuery(latestLogQuery(scenario.id));

  if (scenario.status === 'archived') return <p className="text-ink-2">{t.archived}</p>;
  return (
    <div className="grid items-start gap-12 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <Section title={t.title} lead={t.lead}>
        <ol className="flex flex-col gap-10">
          <Step number={1} title={t.steps.start} done={running}>
            {running ? (
              <p className="text-ink-2">{t.running}</p>
            ) : (
              <>
                <p className="mb-3 text-ink-2">{t.startLead}</p>
                <Button
                  look="primary"
                  disabled={!mayWrite}
                  pending={start.isPending}
                  onClick={() => start.mutate()}
                >
                  <Icon name="play" />
                  {t.steps.start}
                </Button>
                {start.error ? <ErrorState error={start.error} className="mt-3" /> : null}
              </>
            )}
          </Step>
          <Step number={2} title={t.steps.key} done={issue.data !== undefined}>
            {issue.data === undefined ? (
              <>
                <p className="mb-3 text-ink-2">{mayWrite ? t.keyLead : t.readonly}</p>
                <Button
                  look={running ? 'primary' : 'plain'}
                  disabled={!mayWrite}
                  pending={issue.isPending}
                  onClick={() => issue.mutate()}
                >
                  <Icon name="key" />
                  {t.keyAction}
                </Button>
                {issue.error ? <ErrorState error={issue.error} className="mt-3" /> : null}
              </>
            ) : (
              <>
                <p className="mb-3 text-ink-2">{t.keyReady}</p>
                <p className="flex flex-wrap items-center gap-3">
                  <code className="rounded-sm bg-well px-2 py-1 font-mono text-xs break-all">
                    {issue.data}
                  </code>
                  <CopyButton text={issue.data} what={t.key} />
                </p>
              </>
            )}
          </Step>
          <Step number={3} title={t.steps.shipper} done={false}>
            <Field label={t.shipper} className="mb-4 max-w-xs">
              {(control) => (
                <Select
                  {...control}
                  value={chosen?.id}
                  onChange={(event) => setChosen(SHIPPERS.find(({ id }) => id === event.target.value))}
                >
                  {SHIPPERS.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            {chosen ? (
              <>
                <CodeBlock
                  label={t.snippet(chosen.name, chosen.file)}
                  code={chosen.snippet({
                    url: new URL(window.location.origin),
                    key,
                    scenarioId: scenario.id,
                  })}
                />
                {(t.notes[chosen.id] ?? chosen.notes).map((note) => (
                  <p key={note} lang={t.notes[chosen.id] ? undefined : 'en'} className="mt-3 text-ink-2">
                    <Wording>{note}</Wording>
                  </p>
                ))}
              </>
            ) : null}
            <p className="mt-3 text-xs text-ink-3">{t.limits}</p>
          </Step>
        </ol>
      </Section>
      {isAsking ? null : (
        <div className="flex flex-col gap-8 lg:sticky lg:top-24">
          <FirstLog scenarioId={scenario.id} running={running} />
          <SampleData scenarioId={scenario.id} running={running} onStart={onStart} />
        </div>
      )}
    </div>
  );
}

interface StepProps {
  number: number;
  title: string;
  done: boolean;
  children: ReactNode;
}

function Step({ number, title, done, children }: StepProps) {
  return (
    <li className="grid grid-cols-[2rem_minmax(0,1fr)] gap-x-4">
      <span
        aria-hidden
        className={cn(
          'grid size-8 place-items-center rounded-full border font-serif',
          done ? 'border-cheaper bg-cheaper-soft text-cheaper' : 'border-edge',
        )}
      >
        {done ? <Icon name="check" /> : number}
      </span>
      <div>
        <h3 className="mb-1 pt-1 text-base font-medium">{title}</h3>
        {children}
      </div>
    </li>
  );
}
