import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Table, Td, Th } from '@/components/ui/table';
import { useFormats, useMessages } from '@/i18n/context';
import { cn } from '@/lib/cn';
import type { Log } from '../api/logs';

const LEVEL: Partial<Record<Log['level'], string>> = {
  warn: 'text-warn',
  error: 'text-dearer',
  fatal: 'text-dearer font-medium',
};

interface Props {
  logs: readonly Log[];
}

export function LogTable({ logs }: Props) {
  const t = useMessages();
  const format = useFormats();
  return (
    <Table label={t.logs.title} outerClassName="hidden md:block">
      <thead>
        <tr>
          <Th>{t.logs.columns.time}</Th>
          <Th>{t.logs.columns.level}</Th>
          <Th>{t.logs.columns.source}</Th>
          <Th className="w-full">{t.logs.columns.preview}</Th>
          <Th className="text-right">{t.logs.columns.size}</Th>
          <Th className="text-right">{t.logs.columns.tokens}</Th>
        </tr>
      </thead>
      <tbody>
        {logs.map((log) => (
          <tr key={log.id} className="align-top">
            <Td className="font-mono text-xs leading-5 whitespace-nowrap text-ink-2">
              {format.exact(log.received_at)}
            </Td>
            <Td className={cn('font-mono text-xs leading-5', LEVEL[log.level] ?? 'text-ink-2')}>
              {t.design.levels[log.level]}
            </Td>
            <Td className="max-w-32 truncate text-xs leading-5 text-ink-2">{log.source}</Td>
            <Td className="max-w-0 min-w-72">
              <Message log={log} />
            </Td>
            <Td className="text-right text-xs leading-5 whitespace-nowrap">{format.bytes(log.size_bytes)}</Td>
            <Td className="text-right text-xs leading-5">{format.quantity(log.token_count)}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** The same for a narrow screen: one after the other, the message below what else is known of it. */
export function NarrowLogs({ logs }: Props) {
  const t = useMessages();
  const format = useFormats();
  return (
    <ul aria-label={t.logs.title} className="border-t border-edge md:hidden">
      {logs.map((log) => (
        <li key={log.id} className="border-b border-rule py-3">
          <p className="flex flex-wrap gap-x-3 font-mono text-xs leading-5 text-ink-2">
            {format.exact(log.received_at)}
            <span className={LEVEL[log.level]}>{t.design.levels[log.level]}</span>
            <span className="min-w-0 truncate">{log.source}</span>
          </p>
          <Message log={log} />
          <p className="mt-1 text-xs text-ink-3">
            {format.bytes(log.size_bytes)} · {format.quantity(log.token_count)} {t.traffic.tokensUnit}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** What is kept of a message, in a line or in full, and what was found in it. */
function Message({ log }: { log: Log }) {
  const t = useMessages();
  const format = useFormats();
  const [shown, setShown] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-expanded={shown}
        className={cn(
          'block w-full text-left font-mono text-xs leading-5',
          shown ? 'break-all whitespace-pre-wrap' : 'truncate',
        )}
        onClick={() => setShown(!shown)}
      >
        {log.message_preview}
      </button>
      {log.has_pii || log.is_duplicate ? (
        <span className="mt-1 flex flex-wrap gap-1.5">
          {log.pii_types.map((kind) => (
            <Badge key={kind} tone="warn">
              {t.traffic.piiTypes[kind] ?? kind}
            </Badge>
          ))}
          {log.is_duplicate ? <Badge>{t.logs.duplicate}</Badge> : null}
        </span>
      ) : null}
      {shown ? (
        <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-xs text-ink-2">
          <dt>{t.logs.columns.blocks}</dt>
          <dd>{format.quantity(log.sqs_blocks)}</dd>
          <dt>{t.logs.hash}</dt>
          <dd className="font-mono break-all">{log.message_hash}</dd>
        </dl>
      ) : null}
    </>
  );
}
