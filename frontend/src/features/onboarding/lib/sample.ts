/** One made-up log, as the door takes it. */
export interface SampleLog {
  message: string;
  source: string;
  timestamp: string;
}

const DAY_MS = 86_400_000;
const DAYS = 7;
/** Well below what the door takes in one request: 10,000 logs, 6 MB. */
export const SAMPLE_LOGS = 4000;

const PRODUCTS = ['lamp', 'chair', 'desk', 'kettle', 'rug', 'shelf', 'clock', 'vase'];
const NAMES = ['anna.rossi', 'j.smith', 'marco.b', 'sofia', 'p.jansen', 'lee', 'nora.k', 'tom'];
// Numbers that payment companies publish for tests.
const CARDS = ['4242 4242 4242 4242', '5555 5555 5555 4444', '3782 822463 10005'];
const AGENTS = ['Mozilla/5.0 (X11; Linux x86_64)', 'Mozilla/5.0 (iPhone)', 'curl/8.9.1', 'Googlebot/2.1'];

/**
 * Logs of a web shop over the last week: busier by day and on weekdays, with repetition and personal data in them.
 *
 * @param now when the last one was written.
 * @param seed the same seed makes the same logs.
 */
export function sampleLogs(now: Date, seed = 1): SampleLog[] {
  const random = generator(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const start = now.getTime() - DAYS * DAY_MS;
  const logs: SampleLog[] = [];
  while (logs.length < SAMPLE_LOGS) {
    const time = start + random() * DAYS * DAY_MS;
    if (random() > busyness(new Date(time))) continue;
    logs.push({ ...line(random, pick), timestamp: new Date(time).toISOString() });
  }
  return logs.sort((a, b) => a.timestamp.localeCompare(b.timestamp));
}

/** How likely it is that somebody is in the shop: 0 to 1. */
function busyness(time: Date): number {
  const hour = time.getUTCHours() + time.getUTCMinutes() / 60;
  const byDay = 0.55 - 0.45 * Math.cos(((hour - 3) / 24) * 2 * Math.PI);
  const weekend = time.getUTCDay() === 0 || time.getUTCDay() === 6;
  return byDay * (weekend ? 0.6 : 1);
}

type Pick = <Item>(items: readonly Item[]) => Item;

function line(random: () => number, pick: Pick): Omit<SampleLog, 'timestamp'> {
  const kind = random();
  const order = 10_000 + Math.floor(random() * 90_000);
  const ms = Math.floor(5 + random() * random() * 900);
  if (kind < 0.22) return { source: 'load-balancer', message: 'INFO health check GET /healthz 200' };
  if (kind < 0.62) {
    const path = pick(['/', '/search?q=lamp', `/products/${pick(PRODUCTS)}`, '/cart', '/assets/app.css']);
    const status = random() < 0.96 ? 200 : pick([301, 404, 404, 500]);
    const address = `203.0.113.${Math.floor(random() * 200)}`;
    return {
      source: 'nginx',
      message: `${address} - - "GET ${path} HTTP/1.1" ${status} ${Math.floor(random() * 40_000)} "-" "${pick(AGENTS)}" ${(ms / 1000).toFixed(3)}`,
    };
  }
  if (kind < 0.76) {
    return {
      source: 'checkout',
      message: JSON.stringify({
        level: 'debug',
        msg: 'cart priced',
        items: 1 + Math.floor(random() * 5),
        ms,
        order,
      }),
    };
  }
  if (kind < 0.9) {
    return {
      source: 'checkout',
      message: `INFO order ${order} placed by ${pick(NAMES)}@example.com: ${pick(PRODUCTS)}, paid in ${ms} ms`,
    };
  }
  if (kind < 0.96) {
    return {
      source: 'payments',
      message: `INFO charge for order ${order} authorised, card ${pick(CARDS)}, ${(random() * 300).toFixed(2)} EUR`,
    };
  }
  if (kind < 0.985) {
    return {
      source: 'payments',
      message: `WARN charge for order ${order} retried after ${ms} ms: upstream answered 503`,
    };
  }
  return {
    source: 'payments',
    message: [
      `ERROR charge for order ${order} failed: upstream timed out`,
      ...['gateway.charge', 'payments.authorise', 'checkout.place', 'http.handle'].map(
        (frame, depth) =>
          `    at ${frame} (/srv/payments/${frame.replace('.', '/')}.js:${40 + depth * 17}:12)`,
      ),
    ].join('\n'),
  };
}

/** Mulberry32: 32 bits of state are plenty for made-up logs. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
