import { expect, test } from 'vitest';
import { it } from '@/i18n/it/catalogue';
import { SHIPPERS } from './shippers';

const door = {
  url: new URL('https://logs.example.com'),
  key: 'mk_abcd1234_secret',
  scenarioId: '01900000-0000-7000-8000-000000000001',
};

test.each(SHIPPERS.map((shipper) => [shipper.id, shipper] as const))(
  '%s is told the door, the key and the scenario',
  (_, shipper) => {
    const snippet = shipper.snippet(door);
    expect(snippet).toContain('logs.example.com');
    expect(snippet.includes(door.key)).toBe(shipper.id !== 'cloudwatch');
    expect(snippet).toContain(door.scenarioId);
    expect(snippet).not.toContain('undefined');
  },
);

test('what the page says of a snippet stands beside it', () => {
  const notes = Object.fromEntries(SHIPPERS.map(({ id, notes }) => [id, notes]));
  expect(notes['fluent-bit']).toEqual([
    expect.stringMatching(/^It sends a chunk .* take Vector, which counts\.$/),
  ]);
  expect(notes['firehose']).toHaveLength(2);
  expect(notes['vector']).toEqual([]);
  expect(Object.values(notes).flat().join(' ')).not.toMatch(/[\n#]|]\(/);
});

test.each(SHIPPERS.map((shipper) => [shipper.id, shipper] as const))(
  'what is said of %s is the same in Italian, as far as it can be typed',
  (id, { notes }) => {
    const typed = (texts: readonly string[]) => texts.map((text) => text.match(/`[^`]+`/g)?.sort() ?? []);
    expect(typed(it.onboarding.notes[id] ?? [])).toEqual(typed(notes));
  },
);

test('what CloudWatch’s commands leave to fill in is explained, the key that sends logs none of it', () => {
  const cloudwatch = SHIPPERS.find(({ id }) => id === 'cloudwatch');
  const left = cloudwatch?.snippet(door).match(/\$\w+/g) ?? [];
  expect(left).toEqual(['$STREAM_ARN', '$ROLE_ARN', '$ADMIN_KEY']);
  for (const name of left) expect(cloudwatch?.notes.join(' ')).toContain(`\`${name}\``);
});

test('curl stands first, and every shipper is there', () => {
  expect(SHIPPERS[0]).toMatchObject({ id: 'curl', name: 'curl', file: 'shell' });
  expect(SHIPPERS.length).toBeGreaterThan(15);
});

test.each(SHIPPERS.map((shipper) => [shipper.id, shipper] as const))(
  '%s keeps to HTTP where the door has no TLS',
  (_, shipper) => {
    const snippet = shipper.snippet({ ...door, url: new URL('http://localhost:8123') });
    expect(snippet).not.toMatch(/https|443|example\.com|ssl: true|ssl_enable=True|Tls +On/);
    expect(snippet).toMatch(/localhost/);
  },
);

test('a shipper that wants the port apart gets the right one', () => {
  const local = { ...door, url: new URL('http://localhost:8123') };
  const fluentBit = SHIPPERS.find(({ id }) => id === 'fluent-bit');
  expect(fluentBit?.snippet(local)).toMatch(/Port +8123[\s\S]*Tls +Off/);
  expect(fluentBit?.snippet(door)).toMatch(/Port +443[\s\S]*Tls +On/);
});
