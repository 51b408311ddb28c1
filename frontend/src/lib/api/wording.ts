import type { Catalogue } from '@/i18n/en/catalogue';
import type { NumberFormats } from '@/lib/format/numbers';

type Words = Catalogue['errors']['field'];

/** What the server's checks of a value say, by what the page says of it; numbers in parentheses. */
const PATTERNS: readonly (readonly [RegExp, keyof Words])[] = [
  [/^Field required$/, 'required'],
  [/^String should have at least (\d+) characters?$/, 'shortest'],
  [/^String should have at most (\d+) characters?$/, 'longest'],
  [/^String should match pattern /, 'characters'],
  [/^(?:List|Tuple|Set) should have at least (\d+) items? after validation/, 'fewest'],
  [/^(?:List|Tuple|Set) should have at most (\d+) items? after validation/, 'most'],
  [/^Input should be greater than (-?[\d.]+)$/, 'above'],
  [/^Input should be greater than or equal to (-?[\d.]+)$/, 'atLeast'],
  [/^Input should be less than (-?[\d.]+)$/, 'below'],
  [/^Input should be less than or equal to (-?[\d.]+)$/, 'atMost'],
  [/^Input should be a valid (?:integer|number|decimal)/, 'number'],
  [/^Decimal input should have no more than (\d+) decimal places?$/, 'places'],
  [/^Decimal input should have no more than (\d+) digits? (?:in total|before the decimal point)$/, 'digits'],
];

/** What is wrong with a field, in the page's language; the server's words where they aren't among the usual ones. */
export function fieldWording(
  message: string,
  words: Words,
  { quantity }: Pick<NumberFormats, 'quantity'>,
): string {
  for (const [pattern, name] of PATTERNS) {
    const found = pattern.exec(message);
    if (found) return words[name](found[1] === undefined ? '' : quantity(found[1]), Number(found[1]));
  }
  return message;
}
