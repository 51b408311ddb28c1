import type { ReactNode } from 'react';

interface Props {
  /** Where this page is: links to what is above it. */
  above?: ReactNode;
  title: ReactNode;
  /** One line on what it is for. */
  lead?: ReactNode;
  actions?: ReactNode;
}

export function PageHeader({ above, title, lead, actions }: Props) {
  return (
    <header className="mb-8 flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
      <div className="min-w-0 space-y-1">
        {above ? <div className="text-ink-3">{above}</div> : null}
        <h1 className="text-2xl break-words">{title}</h1>
        {lead ? <div className="max-w-prose text-ink-2">{lead}</div> : null}
      </div>
      {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
    </header>
  );
}
