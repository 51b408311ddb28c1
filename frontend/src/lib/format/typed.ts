import { add, type Decimal } from '@/lib/decimal';

/** What somebody's typing means. */
export type Typed =
  | { kind: 'number'; value: Decimal }
  /** Thousands to some and a fraction to others: the two, each as it is typed without a doubt. */
  | { kind: 'ambiguous'; readings: readonly [whole: string, fraction: string] }
  | { kind: 'none' };

/** What a locale puts between the groups of a number's digits, and before its fraction. */
export interface Separators {
  group: string;
  decimal: string;
}

const NONE = { kind: 'none' } as const;
const SIGNS = /^\$\s*|\s*\$$/g;
// Nobody puts a space before a fraction.
const SPACED_GROUPS = /(?<=\d)\s(?=\d{3}(?!\d))/g;
const MOST_WHOLE = 12;
const MOST_FRACTION = 18;

/**
 * A number of 0 or more, as the page's language writes it, its dollar sign left out. The other language's comma or point
 * is taken where it can only be that: `12,5` is twelve and a half everywhere, `0,125` where a comma parts thousands is
 * not guessed at.
 *
 * @param text what was typed.
 * @param separators those of the page's language.
 */
export function readNumber(text: string, { group, decimal }: Separators): Typed {
  const plain = text.trim().replace(SIGNS, '').replace(SPACED_GROUPS, '');
  const [whole = '', ...fractions] = plain.split(decimal);
  const [fraction] = fractions;
  if (fractions.length <= 1) {
    const digits = isGrouped(whole, group) ? whole.replaceAll(group, '') : whole;
    const found = number(digits, fraction);
    if (found !== null) return { kind: 'number', value: found };
  }
  const foreign = /^(\d+)[.,](\d+)$/.exec(plain);
  const [, before = '', after = ''] = foreign ?? [];
  const other = foreign === null ? null : number(before, after);
  if (other === null) return NONE;
  const together = number(before + after, undefined);
  return after.length === 3 && together !== null
    ? { kind: 'ambiguous', readings: [together, other.replace('.', decimal)] }
    : { kind: 'number', value: other };
}

function isGrouped(whole: string, group: string): boolean {
  const [first = '', ...others] = whole.split(group);
  return /^[1-9]\d{0,2}$/.test(first) && others.length > 0 && others.every((part) => /^\d{3}$/.test(part));
}

function number(whole: string, fraction: string | undefined): Decimal | null {
  if (!/^\d+$/.test(whole) || whole.length > MOST_WHOLE) return null;
  if (fraction === undefined) return add(whole, '0');
  return /^\d+$/.test(fraction) && fraction.length <= MOST_FRACTION ? add(`${whole}.${fraction}`, '0') : null;
}
