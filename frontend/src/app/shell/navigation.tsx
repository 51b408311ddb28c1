import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useMessages } from '@/i18n/context';
import { cn } from '@/lib/cn';
import { useUser } from '@/lib/session/user';

/** The pages, in the order in which work goes. */
function usePages() {
  const t = useMessages().shell;
  const user = useUser();
  return [
    { to: '/', label: t.scenarios },
    { to: '/compare', label: t.compare },
    { to: '/reports', label: t.reports },
    { to: '/keys', label: t.keys },
    { to: '/prices', label: t.prices },
    ...(user.role === 'superuser' ? [{ to: '/users', label: t.users }] : []),
  ];
}

interface Props {
  className?: string;
  linkClassName: string;
  onGo?: () => void;
  children?: ReactNode;
}

export function Navigation({ className, linkClassName, onGo }: Props) {
  const t = useMessages().shell;
  return (
    <nav aria-label={t.navigation} className={className}>
      {usePages().map(({ to, label }) => (
        <NavLink
          key={to}
          to={to}
          end={to === '/'}
          {...(onGo ? { onClick: onGo } : {})}
          className={({ isActive }) =>
            cn(
              linkClassName,
              isActive ? 'border-accent text-ink' : 'border-transparent text-ink-2 hover:text-ink',
            )
          }
        >
          {label}
        </NavLink>
      ))}
    </nav>
  );
}
