import { expect, test } from 'vitest';
import { en } from '@/i18n/en/catalogue';
import { it } from '@/i18n/it/catalogue';
import { numberFormats } from '@/lib/format/numbers';
import { timeFormats } from '@/lib/format/times';
import { particulars } from './warnings';

const format = { ...numberFormats('it-IT'), ...timeFormats('it-IT', 'Europe/Rome') };

test.each([
  ['long_silence', 'Nothing came for 2.5 hours, most of the time recorded, and that …', ['2 ore 30 minuti']],
  ['stray_times', '12,345 logs say that they are from long before the scenario ran: …', ['12.345']],
  [
    'invocation_too_long',
    'A full batch of 10,000 logs would take the function 1,200,000 ms, and Lambda …',
    ['10.000', '1.200.000'],
  ],
  [
    'prompt_not_cached',
    'The prompt of 600 tokens is too short to be cached, so it is charged as input: a.b-v1:0 caches prompts of at least 4,096.',
    ['600', 'a.b-v1:0', '4.096'],
  ],
  [
    'unverified_prices',
    "Not confirmed by AWS's price list: lambda x86_64, sqs standard.",
    ['lambda x86_64, sqs standard'],
  ],
])('%s is explained in the page’s language', (code, message, found) => {
  expect(particulars(code, message, format)).toEqual(found);
  for (const { bill } of [en, it]) {
    const explained = bill.explained[code]?.(...found) ?? '';
    for (const each of found) expect(explained).toContain(each);
  }
});

test('words that aren’t known have no particulars', () => {
  expect(particulars('long_silence', 'It was quiet.', format)).toBeNull();
  expect(particulars('new_one', 'Something else.', format)).toBeNull();
});
