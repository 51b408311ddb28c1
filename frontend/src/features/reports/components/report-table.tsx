import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { explainError } from '@/components/error-state';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Confirm } from '@/components/ui/confirm';
import { Icon } from '@/components/ui/icon';
import { Table, Td, Th } from '@/components/ui/table';
import { useFormats, useMessages } from '@/i18n/context';
import { fetchFile } from '@/lib/download';
import { useNow } from '@/lib/hooks/use-now';
import { useMayWrite } from '@/lib/session/user';
import { toast } from '@/lib/toasts';
import { finished, SECTIONS, useDeleteReport, type Report } from '../api/reports';

const TONES = { pending: 'plain', processing: 'accent', completed: 'good', failed: 'bad' } as const;

interface Props {
  reports: readonly Report[];
  /** Whether each says whose it is: not where all are of one scenario. */
  named: boolean;
}

export function ReportTable({ reports, named }: Props) {
  const t = useMessages();
  const words = t.reports;
  const format = useFormats();
  const now = useNow(30_000);
  const mayWrite = useMayWrite();
  const [deleting, setDeleting] = useState<Report | null>(null);
  const remove = useDeleteReport();
  const fetching = useMutation({
    mutationFn: (report: Report) => finished(report.id),
    onSuccess: (file) => {
      if (file !== null) fetchFile(file);
    },
    onError: (error) => toast(explainError(error, t).title, 'bad'),
  });
  return (
    <>
      <Table label={words.title}>
        <thead>
          <tr>
            <Th>{words.columns.report}</Th>
            <Th>{words.status}</Th>
            <Th className="text-right whitespace-normal sm:whitespace-nowrap">{words.columns.month}</Th>
            <Th className="text-right">{words.columns.size}</Th>
            <Th>{words.columns.made}</Th>
            <Th>{words.columns.until}</Th>
            <Th className="hidden lg:table-cell">
              <span className="sr-only">
                {words.download}, {t.common.delete}
              </span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {reports.map((report) => {
            const what = `${report.scenario_name}, ${words.formats[report.format]}, ${format.dateTime(report.created_at)}`;
            const month = report.metadata['expected_usd'];
            const actions = (
              <span className="flex gap-1">
                {report.status === 'completed' ? (
                  <Button
                    size="sm"
                    aria-label={words.downloadOf(what)}
                    pending={fetching.isPending && fetching.variables.id === report.id}
                    onClick={() => fetching.mutate(report)}
                  >
                    <Icon name="down" />
                    {words.download}
                  </Button>
                ) : null}
                {mayWrite ? (
                  <Button
                    look="quiet"
                    size="icon"
                    className="size-8"
                    aria-label={words.deleteOf(what)}
                    aria-haspopup="dialog"
                    onClick={() => setDeleting(report)}
                  >
                    <Icon name="trash" />
                  </Button>
                ) : null}
              </span>
            );
            return (
              <tr key={report.id}>
                <Td className="min-w-36 sm:min-w-56">
                  {named ? (
                    <Link
                      to={`/scenarios/${report.scenario_id}`}
                      className="inline-block pb-1 font-medium hover:underline"
                    >
                      {report.scenario_name}
                    </Link>
                  ) : null}
                  <Made report={report} />
                  <div className="mt-1 lg:hidden">{actions}</div>
                </Td>
                <Td>
                  <Badge tone={TONES[report.status]}>{words.statuses[report.status]}</Badge>
                  {report.error ? (
                    <p lang="en" className="mt-1 max-w-64 text-xs text-dearer">
                      {report.error}
                    </p>
                  ) : null}
                </Td>
                <Td className="text-right font-serif text-base leading-5 whitespace-nowrap">
                  {typeof month === 'string' ? format.usd(month) : '–'}
                </Td>
                <Td className="text-right whitespace-nowrap text-ink-2">
                  {report.file_size_bytes === null ? '–' : format.bytes(report.file_size_bytes)}
                </Td>
                <Td className="whitespace-nowrap text-ink-2">
                  {format.ago(report.created_at, now)}
                  {report.schedule_id ? (
                    <span className="block text-xs text-ink-3">{words.bySchedule}</span>
                  ) : null}
                </Td>
                <Td className="whitespace-nowrap text-ink-2">
                  {report.expires_at ? format.date(report.expires_at) : '–'}
                </Td>
                <Td className="hidden lg:table-cell">
                  <span className="-my-1.5 flex justify-end">{actions}</span>
                </Td>
              </tr>
            );
          })}
        </tbody>
      </Table>
      <Confirm
        open={deleting !== null}
        onOpenChange={() => setDeleting(null)}
        title={words.deleteTitle(deleting?.scenario_name ?? '')}
        consequence={words.deleteConsequence}
        action={t.common.delete}
        pending={remove.isPending}
        onConfirm={async () => {
          if (deleting === null) return;
          await remove.mutateAsync(deleting.id);
          setDeleting(null);
          toast(words.deleted);
        }}
      />
    </>
  );
}

/** What a report is made of, in a line. */
function Made({ report }: { report: Report }) {
  const t = useMessages().reports;
  const { sections = [], paper = 'a4', language = 'en', include_logs: logs = false } = report.options;
  const made = [
    t.formats[report.format],
    ...(report.format === 'pdf' ? [t.papers[paper]] : []),
    t.languages[language],
    sections.length === 0 ? t.allParts : t.someParts(sections.length, SECTIONS.length),
    ...(logs ? [t.withLogs] : []),
  ];
  return <p className="text-xs leading-6 text-ink-3">{made.join(' · ')}</p>;
}
