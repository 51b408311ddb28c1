import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
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

const PAGE_SIZE = 20;

/** The user's own keys, the newest first. */
export const keysQuery = (page: number) =>
  queryOptions({
    queryKey: ['api-keys', page],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api-keys', { params: { query: { page, page_size: PAGE_SIZE } }, signal })),
    placeholderData: keepPreviousData,
  });

export function useCreateKey() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: Schema<'NewApiKey'>) => unwrap(api.POST('/api-keys', { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['api-keys'] }),
  });
}

export function useRotateKey() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      unwrap(api.POST('/api-keys/{key_id}/rotate', { params: { path: { key_id: id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['api-keys'] }),
  });
}

export function useRevokeKey() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      unwrap(api.DELETE('/api-keys/{key_id}', { params: { path: { key_id: id } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['api-keys'] }),
  });
}
