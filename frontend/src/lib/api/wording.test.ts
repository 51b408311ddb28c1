import { expect, test } from 'vitest';
import { en } from '@/i18n/en/catalogue';
import { it } from '@/i18n/it/catalogue';
import { numberFormats } from '@/lib/format/numbers';
import { fieldWording } from './wording';

test.each([
  ['Field required', 'This is needed.', 'Serve.'],
  ['String should have at most 50 characters', 'At most 50 characters.', 'Al massimo 50 caratteri.'],
  [
    'String should have at most 10000 characters',
    'At most 10,000 characters.',
    'Al massimo 10.000 caratteri.',
  ],
  ['String should have at least 1 character', 'At least 1 character.', 'Almeno 1 carattere.'],
  ['List should have at most 50 items after validation, not 51', 'At most 50.', 'Al massimo 50.'],
  [
    "String should match pattern '^[a-z]+$'",
    'It has characters that can’t be in it.',
    'Contiene caratteri non ammessi.',
  ],
  ['Input should be greater than or equal to 0.5', '0.5 or more.', '0,5 o più.'],
  ['Input should be less than or equal to 10240', '10,240 or less.', '10.240 o meno.'],
  ['Input should be a valid integer, unable to parse string as an integer', 'A number.', 'Un numero.'],
  [
    'Decimal input should have no more than 8 decimal places',
    'At most 8 decimals.',
    'Al massimo 8 decimali.',
  ],
])('%s', (message, english, italian) => {
  expect(fieldWording(message, en.errors.field, numberFormats('en-US'))).toBe(english);
  expect(fieldWording(message, it.errors.field, numberFormats('it-IT'))).toBe(italian);
});

test('what isn’t usual is said as the server says it', () => {
  const rule = 'A FIFO queue has no batch window.';
  expect(fieldWording(rule, it.errors.field, numberFormats('it-IT'))).toBe(rule);
});
