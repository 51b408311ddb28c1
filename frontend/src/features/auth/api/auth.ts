import { queryOptions } from '@tanstack/react-query';
import { api, openApi, unwrap, type Schema } from '@/lib/api/client';
import { session } from '@/lib/session/current';

/** Who is signed in. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => unwrap(api.GET('/auth/me')),
  staleTime: 5 * 60_000,
});

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
