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

/** Whether the user may change things: `readonly` looks only. */
export function useMayWrite(): boolean {
  return useUser().role !== 'readonly';
}
