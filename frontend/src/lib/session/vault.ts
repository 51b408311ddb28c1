/** What a sign-in gives, as the API names it. */
export interface Tokens {
  access_token: string;
  refresh_token: string;
}

type Listener = () => void;

const KEY = 'mockupaws.session';

/**
 * The session's tokens, shared by this browser's tabs through its storage. A refresh token works once, so there is one
 * place that keeps it and everybody reads it there.
 */
export class Vault {
  readonly #storage: Storage;
  readonly #listeners = new Set<Listener>();
  #text: string | null;
  #tokens: Tokens | null;

  /**
   * @param storage shared by the tabs: `localStorage`.
   * @param events where the other tabs' changes are told: `window`.
   */
  constructor(storage: Storage, events: Pick<EventTarget, 'addEventListener'>) {
    this.#storage = storage;
    this.#text = storage.getItem(KEY);
    this.#tokens = parse(this.#text);
    events.addEventListener('storage', () => {
      this.#look();
    });
  }

  /** The tokens now, whichever tab wrote them; null where nobody is signed in. The same object until they change. */
  read = (): Tokens | null => {
    this.#look();
    return this.#tokens;
  };

  write(tokens: Tokens): void {
    const { access_token, refresh_token } = tokens;
    this.#storage.setItem(KEY, JSON.stringify({ access_token, refresh_token }));
    this.#look();
  }

  clear(): void {
    this.#storage.removeItem(KEY);
    this.#look();
  }

  subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #look(): void {
    const text = this.#storage.getItem(KEY);
    if (text === this.#text) return;
    this.#text = text;
    this.#tokens = parse(text);
    for (const listener of this.#listeners) listener();
  }
}

function parse(text: string | null): Tokens | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    const { access_token, refresh_token } = value as Partial<Record<keyof Tokens, unknown>>;
    return typeof access_token === 'string' && typeof refresh_token === 'string'
      ? { access_token, refresh_token }
      : null;
  } catch {
    return null;
  }
}
