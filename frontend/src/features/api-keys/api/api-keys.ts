import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap, type Schema } from '@/lib/api/client';

export type ApiKey = Schema<'ApiKey'>;
export type IssuedApiKey = Schema<'IssuedApiKey'>;
export type Scope = ApiKey['scopes'][number];

export const SCOPES = [
  'ingest:logs',
  'read:scenarios',
  'write:scenarios',
  'delete:scenarios',
  'read:metrics',
  'read:reports',
  'write:reports',
] as const satisfies readonly Scope[];

/** What a key of this role's may do: no more than the role itself. */
export function scopesOf(role: Schema<'User'>['role']): readonly Scope[] {
  return role === 'readonly' ? SCOPES.filter((scope) => scope.startsWith('read:')) : SCOPES;
}

export const keysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: ({ signal }) => unwrap(api.GET('/api-keys', { params: { query: { page_size: 100 } }, signal })),
});

export function useCreateKey() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: Schema<'NewApiKey'>) => unwrap(api.POST('/api-keys', { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
}

export function useRotateKey() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      unwrap(api.POST('/api-keys/{key_id}/rotate', { params: { path: { key_id: id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
}

export function useRevokeKey() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      unwrap(api.DELETE('/api-keys/{key_id}', { params: { path: { key_id: id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
}
