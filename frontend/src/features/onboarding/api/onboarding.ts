import { queryOptions } from '@tanstack/react-query';
import { API, api, unwrap, type Schema } from '@/lib/api/client';
import { problemOf } from '@/lib/api/errors';
import { session } from '@/lib/session/current';
import { sampleLogs } from '../lib/sample';

export type Log = Schema<'Log'>;

/** The latest log of a scenario, if there is one. */
export const latestLogQuery = (scenarioId: string) =>
  queryOptions({
    queryKey: ['scenario', scenarioId, 'latest-log'],
    queryFn: async ({ signal }) => {
      const page = await unwrap(
        api.GET('/scenarios/{scenario_id}/logs', {
          params: { path: { scenario_id: scenarioId }, query: { limit: 1 } },
          signal,
        }),
      );
      return page.items[0] ?? null;
    },
  });

/** A key that can send logs and nothing else; its text, this once. */
export async function createShipperKey(name: string): Promise<string> {
  const issued = await unwrap(api.POST('/api-keys', { body: { name, scopes: ['ingest:logs'] } }));
  return issued.key;
}

/** Sends the sample's logs, as the signed-in user. */
export async function sendSample(scenarioId: string): Promise<number> {
  const logs = sampleLogs(new Date());
  const response = await session.send(
    new Request(`${API}/ingest`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Scenario-ID': scenarioId },
      body: JSON.stringify(logs),
    }),
  );
  if (!response.ok) throw problemOf(response, await response.json().catch(() => null));
  return logs.length;
}
