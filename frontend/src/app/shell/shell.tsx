import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link, Navigate, Outlet, ScrollRestoration, useLocation, useNavigation } from 'react-router';
import { Brand } from '@/components/brand';
import { ErrorState } from '@/components/error-state';
import { meQuery } from '@/features/auth/api/auth';
import { SessionEnded } from '@/features/auth/components/session-ended';
import { useMessages } from '@/i18n/context';
import { ApiError } from '@/lib/api/errors';
import { cn } from '@/lib/cn';
import { useStanding } from '@/lib/session/use-standing';
import { UserContext } from '@/lib/session/user';
import { AccountMenu } from './account-menu';
import { MobileMenu } from './mobile-menu';
import { Navigation } from './navigation';
import { Waiting } from './waiting';

/** What surrounds every page of somebody signed in. */
export function Shell() {
  return useStanding() === 'none' ? <ToSignIn /> : <SignedIn />;
}

/** To the sign-in, and back here after it. */
function ToSignIn() {
  const { pathname, search } = useLocation();
  const here = pathname + search;
  const next = here === '/' ? '' : `?${new URLSearchParams({ next: here })}`;
  return <Navigate replace to={`/sign-in${next}`} />;
}

function SignedIn() {
  const t = useMessages();
  const standing = useStanding();
  // A tab that slept may have missed that another one changed the account: it asks when it is looked at again.
  const me = useQuery({ ...meQuery, refetchOnWindowFocus: 'always' });
  const queryClient = useQueryClient();
  useEffect(() => {
    // Whoever signed in over an ended session, or in another tab, may be somebody else: ask.
    if (standing === 'open') void queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
  }, [standing, queryClient]);

  if (me.data === undefined) {
    // There is no page yet to ask for the password over. The tokens stay where they are: another tab may have a form
    // that waits for the same sign-in.
    if (standing === 'ended' || isUnauthorized(me.error)) return <ToSignIn />;
    return me.error ? (
      <main id="content" className="mx-auto max-w-prose px-6 py-24">
        <ErrorState error={me.error} onRetry={() => void me.refetch()} />
      </main>
    ) : (
      <Waiting failures={me.failureCount} reason={me.failureReason} offline={me.fetchStatus === 'paused'} />
    );
  }
  return (
    // Another user's page is another page, whatever was open or typed in the last one's.
    <UserContext key={me.data.id} value={me.data}>
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

function isUnauthorized(error: Error | null): boolean {
  return error instanceof ApiError && error.code === 'unauthorized';
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
