import { createContext, use } from 'react';
import type { Schema } from '@/lib/api/client';

export type User = Schema<'User'>;

export const UserContext = createContext<User | null>(null);

/** Who is signed in. */
export function useUser(): User {
  const user = use(UserContext);
  if (user === null) throw new Error('This is shown to nobody in particular.');
  return user;
}

/** Whose a scenario is, where it isn't the user's own: a superuser sees everybody's. */
export function useOwnerOf(): (scenario: Owned) => string | null {
  const { id } = useUser();
  return (scenario) => (scenario.user_id === id ? null : scenario.owner_email);
}

type Owned = Pick<Schema<'Scenario'>, 'user_id' | 'owner_email'>;

/** Whether the user may change things: `readonly` looks only. */
export function useMayWrite(): boolean {
  return useUser().role !== 'readonly';
}
