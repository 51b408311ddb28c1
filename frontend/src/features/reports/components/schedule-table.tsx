import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { explainError } from '@/components/error-state';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Confirm } from '@/components/ui/confirm';
import { Icon } from '@/components/ui/icon';
import { Table, Td, Th } from '@/components/ui/table';
import { useFormats, useMessages } from '@/i18n/context';
import { useMayWrite } from '@/lib/session/user';
import { toast } from '@/lib/toasts';
import { useChangeSchedule, useDeleteSchedule, useRunSchedule, type Schedule } from '../api/schedules';
import { draftOf } from '../lib/schedule';

export function ScheduleTable({ schedules }: { schedules: readonly Schedule[] }) {
  const t = useMessages();
  const words = t.schedules;
  const mayWrite = useMayWrite();
  const change = useChangeSchedule();
  const run = useRunSchedule();
  const remove = useDeleteSchedule();
  const [removing, setRemoving] = useState<Schedule | null>(null);
  const onError = (error: Error) => toast(explainError(error, t).title, 'bad');
  return (
    <>
      <Table label={words.title}>
        <thead>
          <tr>
            <Th>{words.columns.schedule}</Th>
            <Th>{words.columns.when}</Th>
            <Th>{words.columns.next}</Th>
            <Th>{words.columns.last}</Th>
            <Th>{words.columns.to}</Th>
            <Th>{words.active}</Th>
            {mayWrite ? (
              <Th className="hidden lg:table-cell">
                <span className="sr-only">
                  {words.run}, {words.edit}, {words.remove}
                </span>
              </Th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {schedules.map((schedule) => {
            const actions = mayWrite ? (
              <span className="flex gap-1">
                <Button
                  size="sm"
                  aria-label={words.runOf(schedule.name)}
                  pending={run.isPending && run.variables === schedule.id}
                  onClick={() =>
                    run.mutate(schedule.id, { onSuccess: () => toast(words.ran(schedule.name)), onError })
                  }
                >
                  {words.run}
                </Button>
                <Button asChild look="quiet" size="icon" className="size-8">
                  <Link to={`/reports/schedules/${schedule.id}`} aria-label={words.editOf(schedule.name)}>
                    <Icon name="edit" />
                  </Link>
                </Button>
                <Button
                  look="quiet"
                  size="icon"
                  className="size-8"
                  aria-label={words.removeOf(schedule.name)}
                  aria-haspopup="dialog"
                  onClick={() => setRemoving(schedule)}
                >
                  <Icon name="trash" />
                </Button>
              </span>
            ) : null;
            return (
              <tr key={schedule.id}>
                <About schedule={schedule} actions={actions} />
                <Times schedule={schedule} />
                <Td className="max-w-48 text-ink-2">
                  {schedule.email_to.length === 0 ? (
                    words.nobody
                  ) : (
                    <span className="block truncate" title={schedule.email_to.join(', ')}>
                      {schedule.email_to.join(', ')}
                    </span>
                  )}
                </Td>
                <Td>
                  <Checkbox
                    label={<span className="sr-only">{words.activeOf(schedule.name)}</span>}
                    checked={schedule.is_active}
                    disabled={!mayWrite}
                    onChange={(is_active) => change.mutate({ id: schedule.id, is_active }, { onError })}
                  />
                </Td>
                {mayWrite ? (
                  <Td className="hidden lg:table-cell">
                    <span className="-my-1.5 flex justify-end">{actions}</span>
                  </Td>
                ) : null}
              </tr>
            );
          })}
        </tbody>
      </Table>
      <Confirm
        open={removing !== null}
        onOpenChange={() => setRemoving(null)}
        title={words.removeTitle(removing?.name ?? '')}
        consequence={words.removeConsequence}
        action={words.remove}
        pending={remove.isPending}
        onConfirm={async () => {
          if (removing === null) return;
          await remove.mutateAsync(removing.id);
          toast(words.removed(removing.name));
          setRemoving(null);
        }}
      />
    </>
  );
}

function About({ schedule, actions }: { schedule: Schedule; actions: ReactNode }) {
  const t = useMessages();
  return (
    <Td className="min-w-48">
      <span className="font-medium">{schedule.name}</span>
      <p className="text-xs leading-6 text-ink-3">
        <Link to={`/scenarios/${schedule.scenario_id}`} className="hover:underline">
          {schedule.scenario_name}
        </Link>{' '}
        · {t.reports.formats[schedule.format]} · {t.reports.languages[schedule.language]}
      </p>
      {schedule.last_error ? (
        <p className="mt-1 max-w-80 text-xs text-dearer">
          {t.schedules.failed} <span lang="en">{schedule.last_error}</span>
        </p>
      ) : null}
      <div className="mt-1 lg:hidden">{actions}</div>
    </Td>
  );
}

function Times({ schedule }: { schedule: Schedule }) {
  const t = useMessages().schedules;
  const format = useFormats();
  const { time } = draftOf(schedule);
  return (
    <>
      <Td className="min-w-40">
        {schedule.frequency === 'weekly'
          ? t.every.weekly(format.weekday(schedule.day_of_week ?? 0), time)
          : schedule.frequency === 'monthly'
            ? t.every.monthly(schedule.day_of_month ?? 1, time)
            : t.every.daily(time)}
        <span className="block text-xs text-ink-3">{schedule.timezone}</span>
      </Td>
      <Td className="whitespace-nowrap">
        {schedule.next_run_at ? format.dateTime(schedule.next_run_at) : <Badge>{t.paused}</Badge>}
      </Td>
      <Td className="whitespace-nowrap text-ink-2">
        {schedule.last_run_at ? format.dateTime(schedule.last_run_at) : t.notYet}
      </Td>
    </>
  );
}
