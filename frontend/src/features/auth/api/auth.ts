import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, openApi, unwrap, type Schema } from '@/lib/api/client';
import { forgetUnless } from '@/lib/query';
import { session } from '@/lib/session/current';
import { useStanding } from '@/lib/session/use-standing';

/** Who is signed in. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ client }) => {
    const me = await unwrap(api.GET('/auth/me'));
    // Another tab may have signed in somebody else: this runs before anybody is shown with the new name.
    forgetUnless(client, me.id);
    return me;
  },
  staleTime: 5 * 60_000,
});

/** Whether the server knows this session: tokens that lie here may have ended long ago. */
export function useProven(): boolean {
  const open = useStanding() === 'open';
  const { data } = useQuery({ ...meQuery, enabled: open });
  return open && data !== undefined;
}

export async function signIn(body: Schema<'Login'>): Promise<void> {
  session.open(await unwrap(openApi.POST('/auth/login', { body })));
}

export async function register(body: Schema<'Registration'>): Promise<void> {
  session.open(await unwrap(openApi.POST('/auth/register', { body })));
}

export async function requestReset(email: string): Promise<void> {
  await unwrap(openApi.POST('/auth/reset-password-request', { body: { email } }));
}

export async function resetPassword(body: Schema<'Reset'>): Promise<void> {
  await unwrap(openApi.POST('/auth/reset-password', { body }));
}

/** Ends all of the user's sessions; this one, even where the server can't be told. */
export async function signOut(): Promise<void> {
  try {
    await unwrap(api.POST('/auth/logout'));
  } finally {
    session.close();
  }
}

export async function changeProfile(body: Schema<'Profile'>): Promise<Schema<'User'>> {
  return unwrap(api.PUT('/auth/me', { body }));
}
