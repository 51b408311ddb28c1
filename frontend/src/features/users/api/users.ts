import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap, type Schema } from '@/lib/api/client';

export type User = Schema<'User'>;
export type Role = User['role'];

export const ROLES = ['superuser', 'user', 'readonly'] as const satisfies readonly Role[];
export const PAGE_SIZE = 50;

export interface UserFilters {
  q?: string;
  role?: Role;
  page: number;
}

export const usersQuery = (filters: UserFilters) =>
  queryOptions({
    queryKey: ['users', filters],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/users', { params: { query: { ...filters, page_size: PAGE_SIZE } }, signal })),
    placeholderData: keepPreviousData,
  });

export function useChangeUser() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: Schema<'UserChange'> & { id: string }) =>
      unwrap(api.PUT('/users/{user_id}', { params: { path: { user_id: id } }, body })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['users'] }),
  });
}
