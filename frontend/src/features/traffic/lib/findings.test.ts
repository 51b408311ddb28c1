import { expect, test } from 'vitest';
import { findings } from './findings';

const FOUND = { email: 12, ipv4: 900, iban: 40, ipv6: 3 };

test('addresses stand apart, the most found first', () => {
  expect(findings(FOUND, false)).toEqual({
    personal: [
      ['iban', 40],
      ['email', 12],
    ],
    apart: [
      ['ipv4', 900],
      ['ipv6', 3],
    ],
  });
});

test('where the scenario asks for them, they are personal data', () => {
  const { personal, apart } = findings(FOUND, true);
  expect(personal.map(([kind]) => kind)).toEqual(['ipv4', 'iban', 'email', 'ipv6']);
  expect(apart).toEqual([]);
});
