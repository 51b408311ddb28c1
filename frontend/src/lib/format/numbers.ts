import { add, type Decimal } from '@/lib/decimal';
import { readNumber, type Typed } from './typed';

export interface NumberFormats {
  /** Dollars: two decimals, and two significant digits where that would round a tiny amount away. */
  usd: (amount: Decimal) => string;
  /** The same with its sign, for a difference. */
  usdChange: (amount: Decimal) => string;
  /** Dollars with every digit that they have: a unit price. */
  usdExact: (amount: Decimal) => string;
  /** Dollars in short, for an axis: `$1.2K`. */
  usdAxis: (amount: number) => string;
  /** A count in full, or a quantity with up to three decimals: `12,345,678`. */
  quantity: (value: Decimal | number) => string;
  /** A count in short: `12.3M`. */
  compact: (value: Decimal | number) => string;
  /** A share from 0 to 1 in percent: `12.3%`; what is little is not nothing: `<0.1%`. */
  percent: (share: Decimal | number) => string;
  /** A change in percent, with its sign: the API writes these in percent already, so 12.5 is 12.5%. */
  percentChange: (percent: Decimal) => string;
  bytes: (bytes: Decimal | number) => string;
  /** As somebody would type it: every digit, ungrouped. */
  plain: (value: Decimal | number) => string;
  /** What somebody typed. */
  read: (text: string) => Typed;
}

// Intl formats decimal strings exactly; TypeScript's type asks for a literal.
const exact = (value: Decimal | number) => value as number;

// Below ten cents, two decimals would drop most of what there is.
const LEAST_IN_CENTS = 0.1;
const LEAST_SHARE = 0.001;

/**
 * The numbers of a locale, in dollars, always grouped, so that columns line up.
 *
 * @param locale BCP 47.
 */
export function numberFormats(locale: string): NumberFormats {
  const dollars = {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    useGrouping: 'always',
  } as const;
  const cents = { ...dollars, minimumFractionDigits: 2, maximumFractionDigits: 2 } as const;
  const tiny = { ...dollars, maximumSignificantDigits: 2 } as const;
  const amount = (sign: Intl.NumberFormatOptions) => {
    const whole = new Intl.NumberFormat(locale, { ...cents, ...sign });
    const small = new Intl.NumberFormat(locale, { ...tiny, ...sign });
    return (value: Decimal) => {
      const size = Math.abs(Number(value));
      return (size > 0 && size < LEAST_IN_CENTS ? small : whole).format(exact(value));
    };
  };
  const usdExact = new Intl.NumberFormat(locale, {
    ...dollars,
    minimumFractionDigits: 2,
    maximumFractionDigits: 20,
  });
  const usdAxis = new Intl.NumberFormat(locale, {
    ...dollars,
    notation: 'compact',
    maximumSignificantDigits: 3,
  });
  const quantity = new Intl.NumberFormat(locale, { useGrouping: 'always', maximumFractionDigits: 3 });
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const percentChange = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'percent',
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  });
  const sizes = (['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const).map(
    (unit) =>
      new Intl.NumberFormat(locale, {
        style: 'unit',
        unit,
        unitDisplay: 'narrow',
        maximumSignificantDigits: 3,
      }),
  );
  const example = new Intl.NumberFormat(locale, { useGrouping: 'always' }).formatToParts(12_345.6);
  const separator = (type: 'group' | 'decimal') => example.find((part) => part.type === type)?.value ?? '';
  const separators = { group: separator('group'), decimal: separator('decimal') };
  return {
    usd: amount({}),
    usdChange: amount({ signDisplay: 'exceptZero' }),
    usdExact: (value) => usdExact.format(exact(value)),
    usdAxis: (value) => usdAxis.format(value),
    quantity: (value) => quantity.format(exact(value)),
    compact: (value) => compact.format(exact(value)),
    percent: (value) => {
      const share = Number(value);
      return share > 0 && share < LEAST_SHARE
        ? `<${percent.format(LEAST_SHARE)}`
        : percent.format(exact(value));
    },
    percentChange: (value) => percentChange.format(exact(value)),
    bytes: (value) => {
      const bytes = Number(value);
      const step = Math.min(sizes.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)));
      const parts = (sizes[step] ?? quantity).formatToParts(bytes / 1000 ** step);
      // Narrow is the only form that has symbols, `B` too, and the only one without the space that SI asks for.
      return parts.map(({ type, value: part }) => (type === 'unit' ? `\u00a0${part}` : part.trim())).join('');
    },
    plain: (value) => add(String(value), '0').replace('.', separators.decimal),
    read: (text) => readNumber(text, separators),
  };
}
