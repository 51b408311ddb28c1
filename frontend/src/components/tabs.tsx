import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { cn } from '@/lib/cn';

/** The pages that a page is made of, each with an address of its own. */
export function Tabs({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav aria-label={label} className="mb-8 flex gap-1 overflow-x-auto border-b border-rule">
      {children}
    </nav>
  );
}

export function Tab({ to, end = false, children }: { to: string; end?: boolean; children: ReactNode }) {
  return (
    <NavLink
      to={to}
      end={end}
      preventScrollReset
      className={({ isActive }) =>
        cn(
          // Within itself: what scrolls sideways would cut off an outline around it.
          '-mb-px border-b-2 px-3 py-2 font-medium whitespace-nowrap -outline-offset-2',
          isActive ? 'border-accent text-ink' : 'border-transparent text-ink-2 hover:text-ink',
        )
      }
    >
      {children}
    </NavLink>
  );
}
