import { beforeEach, describe, expect, test } from 'vitest';
import { Session, type Exclusively } from './session';
import { Vault } from './vault';

class Store implements Storage {
  #items = new Map<string, string>();
  readonly tabs: EventTarget[] = [];
  get length() {
    return this.#items.size;
  }
  clear() {
    this.#items.clear();
  }
  getItem(key: string) {
    return this.#items.get(key) ?? null;
  }
  key() {
    return null;
  }
  removeItem(key: string) {
    this.#items.delete(key);
    this.#tell();
  }
  setItem(key: string, value: string) {
    this.#items.set(key, value);
    this.#tell();
  }
  #tell() {
    for (const tab of this.tabs) tab.dispatchEvent(new Event('storage'));
  }
}

/** A server whose refresh tokens work once; its access tokens expire when told to. */
class Server {
  generation = 1;
  valid = 'access-1';
  refreshes: string[] = [];
  ended = false;
  down = false;
  requests: { url: string; body: string; token: string | null }[] = [];

  fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    await Promise.resolve();
    if (this.down) throw new TypeError('Failed to fetch');
    const request = new Request(
      new URL(input instanceof Request ? input.url : input, 'http://app'),
      input instanceof Request ? input : init,
    );
    const body = await request.text();
    if (request.url.endsWith('/auth/refresh')) {
      const { refresh_token } = JSON.parse(body) as { refresh_token: string };
      this.refreshes.push(refresh_token);
      if (this.ended || refresh_token !== `refresh-${this.generation}`)
        return new Response('{}', { status: 401 });
      this.generation += 1;
      this.valid = `access-${this.generation}`;
      return Response.json({ access_token: this.valid, refresh_token: `refresh-${this.generation}` });
    }
    const token = request.headers.get('Authorization');
    this.requests.push({ url: request.url, body, token });
    return token === `Bearer ${this.valid}`
      ? Response.json({ ok: true })
      : new Response('{}', { status: 401 });
  };
}

let store: Store;
let server: Server;
let exclusively: Exclusively;

beforeEach(() => {
  store = new Store();
  store.setItem(
    'mockupaws.session',
    JSON.stringify({ access_token: 'access-1', refresh_token: 'refresh-1' }),
  );
  server = new Server();
  let turn: Promise<unknown> = Promise.resolve();
  exclusively = (_, work) => {
    const next = turn.then(work);
    turn = next.catch(() => null);
    return next;
  };
});

function tab(): Session {
  const events = new EventTarget();
  store.tabs.push(events);
  return new Session(new Vault(store, events), exclusively, server.fetch);
}

const get = () => new Request('http://app/api/v1/scenarios');
const post = (body: string) => new Request('http://app/api/v1/scenarios', { method: 'POST', body });

describe('an expired access token', () => {
  test('is renewed, and the request is sent again with what was in it', async () => {
    server.valid = 'access-other';
    const response = await tab().send(post('{"name":"typed"}'));
    expect(response.status).toBe(200);
    expect(server.requests.map((request) => request.body)).toEqual(['{"name":"typed"}', '{"name":"typed"}']);
  });

  test('is renewed once for all requests under way', async () => {
    server.valid = 'access-other';
    const session = tab();
    const answers = await Promise.all([1, 2, 3, 4].map(() => session.send(get())));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
    expect(server.refreshes).toEqual(['refresh-1']);
  });

  test('is renewed once for all tabs: a refresh token that is used twice would end the session', async () => {
    server.valid = 'access-other';
    const answers = await Promise.all([tab(), tab(), tab()].map((session) => session.send(get())));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
    expect(server.refreshes).toEqual(['refresh-1']);
  });
});

describe('a session that the server has ended', () => {
  beforeEach(() => {
    server.valid = 'access-other';
    server.ended = true;
  });

  async function until(session: Session, standing: string) {
    while (session.standing !== standing) await new Promise((resolve) => setTimeout(resolve));
  }

  test('lets requests wait for the next sign-in, then sends them', async () => {
    const session = tab();
    const answer = session.send(post('{"name":"typed"}'));
    await until(session, 'ended');
    const later = session.send(get());
    server.valid = 'access-new';
    session.open({ access_token: 'access-new', refresh_token: 'refresh-new' });
    expect((await answer).status).toBe(200);
    expect((await later).status).toBe(200);
    expect(server.requests.at(-1)?.token).toBe('Bearer access-new');
    expect(session.standing).toBe('open');
  });

  test('is opened by a sign-in in another tab', async () => {
    const session = tab();
    const answer = session.send(get());
    await until(session, 'ended');
    server.valid = 'access-new';
    tab().open({ access_token: 'access-new', refresh_token: 'refresh-new' });
    expect((await answer).status).toBe(200);
  });

  test('fails what waits when the user leaves', async () => {
    const session = tab();
    const answer = session.send(get());
    await until(session, 'ended');
    session.close();
    await expect(answer).rejects.toMatchObject({ code: 'unauthorized' });
    expect(session.standing).toBe('none');
  });
});

test('a server that is away ends no session', async () => {
  const session = tab();
  server.down = true;
  await expect(session.send(get())).rejects.toMatchObject({ code: 'network' });
  expect(session.standing).toBe('open');
  server.down = false;
  expect((await session.send(get())).status).toBe(200);
});

test('what there is to say after it is said until the next sign-in', () => {
  const session = tab();
  session.close('The password is changed.');
  expect(session.farewell).toBe('The password is changed.');
  session.open({ access_token: 'access-1', refresh_token: 'refresh-1' });
  session.close();
  expect(session.farewell).toBeNull();
});

test('signing out in one tab signs out the others', () => {
  const [one, other] = [tab(), tab()];
  one.close();
  expect(other.standing).toBe('none');
});

test('storage that holds something else is no session', () => {
  store.setItem('mockupaws.session', '{"access_token": 5}');
  expect(tab().standing).toBe('none');
});
