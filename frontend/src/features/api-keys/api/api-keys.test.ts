import { expect, test, vi } from 'vitest';
import { SCOPES, scopesOf } from './api-keys';

vi.mock('@/lib/api/client', () => ({ api: {}, unwrap: () => null }));

test('who only reads is offered what reads, everybody else all of it, sending logs first', () => {
  expect(scopesOf('readonly')).toEqual(['read:scenarios', 'read:metrics', 'read:reports']);
  expect(scopesOf('user')).toEqual(SCOPES);
  expect(scopesOf('superuser')[0]).toBe('ingest:logs');
});
