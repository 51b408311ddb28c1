import type { ReactNode } from 'react';

interface Props {
  title: string;
  /** What would be here, and how it gets here. */
  children: ReactNode;
  action?: ReactNode;
}

export function EmptyState({ title, children, action }: Props) {
  return (
    <div className="flex flex-col items-start gap-3 rounded-md border border-dashed border-edge/60 px-6 py-10 sm:items-center sm:text-center">
      <h2 className="text-lg">{title}</h2>
      <div className="max-w-prose text-balance text-ink-2">{children}</div>
      {action ? <div className="mt-1 flex flex-wrap gap-2">{action}</div> : null}
    </div>
  );
}
