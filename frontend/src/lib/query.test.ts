import { describe, expect, test } from 'vitest';
import { createQueryClient, forgetUnless, forgetWith } from './query';
import type { Standing } from './session/session';

/** What somebody was shown: who they are, and a scenario of theirs. */
function answers(id: string) {
  const client = createQueryClient();
  client.setQueryData(['me'], { id });
  client.setQueryData(['scenario', 'one'], { name: 'Mine' });
  return client;
}

describe('what one user was shown', () => {
  test('is forgotten when another one turns out to be signed in', () => {
    const client = answers('first');
    forgetUnless(client, 'second');
    expect(client.getQueryData(['scenario', 'one'])).toBeUndefined();
  });

  test('stays while it is the same one', () => {
    const client = answers('first');
    forgetUnless(client, 'first');
    expect(client.getQueryData(['scenario', 'one'])).toEqual({ name: 'Mine' });
  });

  test('is forgotten when the session is closed, not when it has to be renewed', () => {
    const client = answers('first');
    const listeners: (() => void)[] = [];
    const session = {
      standing: 'open' as Standing,
      subscribe: (listener: () => void) => {
        listeners.push(listener);
        return () => true;
      },
    };
    forgetWith(session, client);
    const become = (standing: Standing) => {
      session.standing = standing;
      for (const listener of listeners) listener();
    };
    become('ended');
    become('open');
    expect(client.getQueryData(['me'])).toEqual({ id: 'first' });
    become('none');
    expect(client.getQueryCache().getAll()).toEqual([]);
  });
});
