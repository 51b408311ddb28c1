import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link, Navigate, Outlet, ScrollRestoration, useLocation, useNavigation } from 'react-router';
import { Brand } from '@/components/brand';
import { ErrorState } from '@/components/error-state';
import { meQuery } from '@/features/auth/api/auth';
import { SessionEnded } from '@/features/auth/components/session-ended';
import { useMessages } from '@/i18n/context';
import { cn } from '@/lib/cn';
import { useStanding } from '@/lib/session/use-standing';
import { UserContext } from '@/lib/session/user';
import { AccountMenu } from './account-menu';
import { MobileMenu } from './mobile-menu';
import { Navigation } from './navigation';

/** What surrounds every page of somebody signed in. */
export function Shell() {
  const standing = useStanding();
  const { pathname, search } = useLocation();
  if (standing === 'none') {
    const here = pathname + search;
    const next = here === '/' ? '' : `?${new URLSearchParams({ next: here })}`;
    return <Navigate replace to={`/sign-in${next}`} />;
  }
  return <SignedIn />;
}

function SignedIn() {
  const t = useMessages();
  const standing = useStanding();
  const me = useQuery(meQuery);
  const queryClient = useQueryClient();
  const id = me.data?.id;
  useEffect(() => {
    // Whoever signed in over an ended session, or in another tab, may be somebody else: ask, and show no one's data
    // to another.
    if (standing === 'open') void queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
  }, [standing, queryClient]);
  useEffect(() => {
    if (id !== undefined)
      void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
  }, [id, queryClient]);

  if (me.data === undefined) {
    return me.error ? (
      <main id="content" className="mx-auto max-w-prose px-6 py-24">
        <ErrorState error={me.error} onRetry={() => void me.refetch()} />
      </main>
    ) : (
      <p role="status" className="sr-only">
        {t.common.loading}
      </p>
    );
  }
  return (
    <UserContext value={me.data}>
      <a
        href="#content"
        className="absolute -top-20 left-4 z-50 rounded-md bg-accent px-4 py-2 text-on-accent focus:top-3"
      >
        {t.shell.skip}
      </a>
      <header id="shell" className="sticky top-0 z-30 border-b border-rule bg-paper/92 backdrop-blur-sm">
        <div className="mx-auto flex h-14 max-w-7xl items-center gap-6 px-4 sm:px-6">
          <Link to="/" aria-label="mockupAWS">
            <Brand />
          </Link>
          <Navigation
            className="hidden h-full items-stretch gap-1 lg:flex"
            linkClassName="flex items-center border-b-2 px-3 font-medium"
          />
          <div className="ml-auto flex items-center gap-1">
            <AccountMenu />
            <MobileMenu />
          </div>
        </div>
        <Progress />
      </header>
      <main id="content" className="mx-auto max-w-7xl px-4 py-8 sm:px-6 sm:py-10">
        <Outlet />
      </main>
      {standing === 'ended' ? <SessionEnded email={me.data.email} /> : null}
      <ScrollRestoration />
    </UserContext>
  );
}

/** That a page is on its way, for as long as the one before is still shown. */
function Progress() {
  const busy = useNavigation().state !== 'idle';
  return (
    <div
      aria-hidden
      className={cn(
        'absolute bottom-0 left-0 h-0.5 bg-accent transition-[width,opacity] duration-500',
        busy ? 'w-4/5 opacity-100 delay-150' : 'w-0 opacity-0',
      )}
    />
  );
}
