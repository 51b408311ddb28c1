import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, unwrap, type Schema } from '@/lib/api/client';

export type Schedule = Schema<'Schedule'>;
export type NewSchedule = Schema<'NewSchedule'>;
export type ScheduleChange = Schema<'ScheduleChange'>;
export type Timing = Pick<
  NewSchedule,
  'frequency' | 'day_of_week' | 'day_of_month' | 'hour' | 'minute' | 'timezone'
>;

const PAGE_SIZE = 20;

export const schedulesQuery = (page: number) =>
  queryOptions({
    queryKey: ['schedules', page],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/schedules', { params: { query: { page, page_size: PAGE_SIZE } }, signal })),
    placeholderData: keepPreviousData,
  });

export const scheduleQuery = (id: string) =>
  queryOptions({
    queryKey: ['schedules', 'one', id],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/schedules/{schedule_id}', { params: { path: { schedule_id: id } }, signal })),
  });

/** When a schedule with this timing would run next. */
export const previewQuery = (timing: Timing | null) =>
  queryOptions({
    queryKey: ['schedule-preview', timing],
    queryFn: async ({ signal }) => {
      if (timing === null) return [];
      return (await unwrap(api.POST('/schedules/preview', { body: { ...timing, count: 5 }, signal }))).runs;
    },
    enabled: timing !== null,
    placeholderData: keepPreviousData,
  });

export async function createSchedule(body: NewSchedule): Promise<Schedule> {
  return unwrap(api.POST('/schedules', { body }));
}

export function useChangeSchedule() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: ScheduleChange & { id: string }) =>
      unwrap(api.PUT('/schedules/{schedule_id}', { params: { path: { schedule_id: id } }, body })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['schedules'] }),
  });
}

export function useRunSchedule() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      unwrap(api.POST('/schedules/{schedule_id}/run', { params: { path: { schedule_id: id } } })),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: ['schedules'] }),
        queryClient.invalidateQueries({ queryKey: ['reports'] }),
      ]),
  });
}

export function useDeleteSchedule() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      unwrap(api.DELETE('/schedules/{schedule_id}', { params: { path: { schedule_id: id } } })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['schedules'] }),
  });
}
