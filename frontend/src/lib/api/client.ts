import createClient from 'openapi-fetch';
import { session } from '@/lib/session/current';
import { networkError, problemOf } from './errors';
import type { components, paths } from './schema';

/** A body or reply of the API by its name in openapi.json. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

export const API = '/api/v1';

/** Lists in a query as the API reads them: `ids=one,other`. */
const querySerializer = { array: { style: 'form', explode: false } } as const;

/** The API as the signed-in user. */
export const api = createClient<paths>({ baseUrl: API, fetch: session.send, querySerializer });

/** The API as nobody: signing in, registering, passwords. */
export const openApi = createClient<paths>({
  baseUrl: API,
  fetch: (request) =>
    fetch(request).catch(() => {
      throw networkError();
    }),
});

/**
 * What the API answered.
 *
 * @throws ApiError what it refused, or that no answer came.
 */
export async function unwrap<Data>(
  answer: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Data> {
  const { data, error, response } = await answer;
  if (!response.ok) throw problemOf(response, error);
  return data as Data;
}
