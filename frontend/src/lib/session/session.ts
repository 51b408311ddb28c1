import { ApiError, networkError, problemOf } from '@/lib/api/errors';
import type { Tokens, Vault } from './vault';

/** How a tab keeps the others from doing the same at once: `navigator.locks`, where the page has it. */
export type Exclusively = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;

/**
 * - `none`: nobody is signed in.
 * - `open`: requests carry a token, which is renewed when it has expired.
 * - `ended`: the server no longer renews it. The page stays as it is, with what was typed in it, while the user signs
 *   in again; the requests that found out wait for that.
 */
export type Standing = 'none' | 'open' | 'ended';

type Listener = () => void;
type Waiting = (tokens: Tokens | null) => void;

/** A session: sends requests with its token, and renews that once for all requests and tabs that find it expired. */
export class Session {
  readonly #vault: Vault;
  readonly #exclusively: Exclusively;
  readonly #fetch: typeof fetch;
  readonly #listeners = new Set<Listener>();
  #renewal: Promise<Tokens | null> | null = null;
  #waiting: Waiting[] = [];
  #farewell: string | null = null;
  #standing: Standing;

  constructor(vault: Vault, exclusively: Exclusively, fetcher: typeof fetch) {
    this.#vault = vault;
    this.#exclusively = exclusively;
    this.#fetch = fetcher;
    this.#standing = vault.read() ? 'open' : 'none';
    vault.subscribe(() => {
      this.#settle();
    });
  }

  get standing(): Standing {
    return this.#standing;
  }

  subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  open(tokens: Tokens): void {
    this.#farewell = null;
    this.#vault.write(tokens);
    // The tokens may be the same text as before (a test's): the standing changes all the same.
    this.#settle();
  }

  /**
   * Forgets the tokens, here and in the other tabs. What waits for a sign-in fails.
   *
   * @param farewell what the sign-in page says first, by whichever way one comes there.
   */
  close(farewell: string | null = null): void {
    this.#farewell = farewell;
    this.#vault.clear();
    this.#settle();
  }

  /** What there is to say to whoever has just been signed out. */
  get farewell(): string | null {
    return this.#farewell;
  }

  /** The refresh token, which logging out revokes. */
  get refreshToken(): string | null {
    return this.#vault.read()?.refresh_token ?? null;
  }

  /**
   * `fetch` with the session's token; a request that the server refuses for it is sent again with a new one.
   *
   * @throws ApiError `network` where no answer came; `unauthorized` where the user chose not to sign in again.
   */
  send = async (request: Request): Promise<Response> => {
    const tokens = this.#standing === 'ended' ? await this.#signedInAgain() : this.#vault.read();
    const response = await this.#attempt(request.clone(), tokens);
    if (response.status !== 401 || tokens === null) return response;
    const renewed = (await this.#renewed(tokens)) ?? (await this.#signedInAgain());
    return this.#attempt(request, renewed);
  };

  async #attempt(request: Request, tokens: Tokens | null): Promise<Response> {
    if (tokens) request.headers.set('Authorization', `Bearer ${tokens.access_token}`);
    try {
      return await this.#fetch(request);
    } catch (error) {
      if (request.signal.aborted) throw error;
      throw networkError();
    }
  }

  /** New tokens in place of these, null where the session has ended. One renewal serves all who ask meanwhile. */
  #renewed(expired: Tokens): Promise<Tokens | null> {
    this.#renewal ??= this.#exclusively('mockupaws.session', () => this.#renew(expired)).finally(() => {
      this.#renewal = null;
    });
    return this.#renewal;
  }

  async #renew(expired: Tokens): Promise<Tokens | null> {
    const current = this.#vault.read();
    if (current === null) return null;
    // Another tab was faster while this one waited for its turn.
    if (current.access_token !== expired.access_token) return current;
    let response: Response;
    try {
      response = await this.#fetch('/api/v1/auth/refresh', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ refresh_token: current.refresh_token }),
      });
    } catch {
      throw networkError();
    }
    if (response.status === 401) {
      this.#become('ended');
      return null;
    }
    if (!response.ok) throw problemOf(response, await response.json().catch(() => null));
    this.#vault.write((await response.json()) as Tokens);
    return this.#vault.read();
  }

  /** Waits until somebody signs in, here or in another tab. */
  #signedInAgain(): Promise<Tokens> {
    return new Promise((resolve, reject) => {
      this.#waiting.push((tokens) => {
        if (tokens) resolve(tokens);
        else reject(signedOut());
      });
      // Between the refusal and this line another tab may have signed in, or out.
      if (this.#standing !== 'ended') this.#settle();
    });
  }

  #settle(): void {
    const tokens = this.#vault.read();
    this.#become(tokens ? 'open' : 'none');
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const next of waiting) next(tokens);
  }

  #become(standing: Standing): void {
    if (standing === this.#standing) return;
    this.#standing = standing;
    for (const listener of this.#listeners) listener();
  }
}

function signedOut(): ApiError {
  return new ApiError({
    status: 401,
    code: 'unauthorized',
    message: '',
    details: [],
    requestId: null,
    retryAfter: null,
  });
}
