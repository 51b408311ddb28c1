import type { NumberFormats } from '@/lib/format/numbers';
import type { TimeFormats } from '@/lib/format/times';

type Writing = Pick<NumberFormats, 'quantity'> & Pick<TimeFormats, 'duration'>;

/** What in the server's explanations isn't the same each time. A test holds them to what the server says. */
const PATTERNS: Readonly<Record<string, RegExp>> = {
  long_silence: /^Nothing came for ([\d.,]+ [a-z]+), most of the time recorded/,
  stray_times: /^([\d,]+) logs say that they are from long before/,
  invocation_too_long: /^A full batch of ([\d,]+) logs would take the function ([\d,]+) ms, /,
  prompt_not_cached: /^The prompt of ([\d,]+) tokens .* input: (\S+) caches prompts of at least ([\d,]+)\.$/,
  unverified_prices: /^Not confirmed by AWS's price list: (.+)\.$/,
};
const SECONDS: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3600, day: 86_400 };

/**
 * The particulars of a warning: numbers and names, as the page writes them; null where the server's words are others
 * than those known here.
 */
export function particulars(code: string, message: string, format: Writing): readonly string[] | null {
  const found = PATTERNS[code]?.exec(message)?.slice(1);
  return found?.map((text) => written(text, format)) ?? null;
}

function written(text: string, { quantity, duration }: Writing): string {
  const [, number = '', unit] = /^([\d.,]+)(?: ([a-z]+?)s?)?$/.exec(text) ?? [];
  if (number === '') return text;
  const value = Number(number.replaceAll(',', ''));
  return unit === undefined ? quantity(value) : duration(value * (SECONDS[unit] ?? Number.NaN));
}
