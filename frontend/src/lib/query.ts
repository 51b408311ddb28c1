import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api/errors';
import type { Session } from './session/session';

const SECOND = 1000;

/** Tries again what may pass by itself, after as long as the server asks for; the rest is told at once. */
export function shouldRetry(failures: number, error: Error): boolean {
  return error instanceof ApiError && error.isPassing && failures < 3;
}

export function retryDelay(failures: number, error: Error): number {
  const asked = error instanceof ApiError ? error.problem.retryAfter : null;
  return asked === null ? SECOND * 2 ** failures : Math.min(60, asked) * SECOND;
}

/** Whose answers these are: anybody else's are forgotten, before who it is has been told to the pages. */
export function forgetUnless(client: QueryClient, id: string): void {
  const before = client.getQueryData<{ id: string }>(['me']);
  if (before === undefined || before.id === id) return;
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
}

/** Nobody's answers outlive their session: whoever signs in next may be somebody else. */
export function forgetWith(session: Pick<Session, 'standing' | 'subscribe'>, client: QueryClient): void {
  session.subscribe(() => {
    if (session.standing === 'none') client.clear();
  });
}

/** The answers of the API, kept as long as a page shows them. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 10 * SECOND, retry: shouldRetry, retryDelay },
      // Whether a change was made isn't known when its answer got lost, so it isn't simply made again.
      mutations: { retry: false },
    },
  });
}
