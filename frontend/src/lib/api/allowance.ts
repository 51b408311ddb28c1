const SECOND = 1000;

/**
 * What the server still lets us ask this minute, as its answers say: what may wait, waits while little is left, so that
 * the rest of the dashboard can be used.
 */
export class Allowance {
  readonly #reserve: number;
  readonly #listeners = new Set<() => void>();
  #scarce = false;
  #renewal: ReturnType<typeof setTimeout> | undefined;

  /** @param reserve how many requests are left to what can't wait. */
  constructor(reserve: number) {
    this.#reserve = reserve;
  }

  get scarce(): boolean {
    return this.#scarce;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Reads what an answer says is left, and in how many seconds there is more. */
  note(headers: Headers): void {
    const remaining = Number(headers.get('RateLimit-Remaining') ?? Number.NaN);
    const reset = Number(headers.get('RateLimit-Reset') ?? Number.NaN);
    if (!Number.isFinite(remaining) || !Number.isFinite(reset)) return;
    clearTimeout(this.#renewal);
    this.#become(remaining < this.#reserve);
    if (this.#scarce) this.#renewal = setTimeout(() => this.#become(false), reset * SECOND);
  }

  /** Waits until there is more than the reserve; fails where the one who waits goes. */
  spared(signal: AbortSignal): Promise<void> {
    if (!this.#scarce) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const leave = this.subscribe(() => {
        if (this.#scarce) return;
        leave();
        signal.removeEventListener('abort', gone);
        resolve();
      });
      const gone = () => {
        leave();
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', gone, { once: true });
    });
  }

  #become(scarce: boolean): void {
    if (scarce === this.#scarce) return;
    this.#scarce = scarce;
    for (const listener of [...this.#listeners]) listener();
  }
}
