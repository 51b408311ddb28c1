import { useId, type ReactNode } from 'react';
import { cn } from '@/lib/cn';

interface Props {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A part of a page under its heading. */
export function Section({ title, lead, actions, className, children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={className}>
      <div className="mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-3 border-b border-ink pb-2">
        <div className="max-w-prose">
          <h2 id={id} className="text-lg">
            {title}
          </h2>
          {lead ? <p className="text-ink-2">{lead}</p> : null}
        </div>
        {actions ? <div className={cn('flex flex-wrap items-center gap-2')}>{actions}</div> : null}
      </div>
      {children}
    </section>
  );
}
