import { useSyncExternalStore } from 'react';
import { session } from './current';
import type { Standing } from './session';

/** Whether somebody is signed in, here or by another tab. */
export function useStanding(): Standing {
  return useSyncExternalStore(session.subscribe, () => session.standing);
}
