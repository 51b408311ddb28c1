import type { ReactNode } from 'react';

/** What ends a long form, always in view. Its class keeps what has the focus above it (base.css). */
export function FormFoot({ children }: { children: ReactNode }) {
  return (
    <div className="form-foot sticky bottom-0 flex flex-wrap gap-2 border-t border-rule bg-paper py-4 lg:col-span-2">
      {children}
    </div>
  );
}
