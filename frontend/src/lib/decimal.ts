import Big from 'big.js';

/** An exact decimal as the API writes it: `"0.00004"`. Never a float, so never parsed into one to compute with. */
export type Decimal = string;

// Quotients are for display: forty digits are far beyond any that is shown, and of a price's own scale.
Big.DP = 40;
// The same form that the API writes: no exponent however small the amount.
Big.NE = -1000;
Big.PE = 1000;

export function add(a: Decimal, b: Decimal): Decimal {
  return new Big(a).plus(b).toString();
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  return new Big(a).minus(b).toString();
}

export function multiply(a: Decimal, b: Decimal | number): Decimal {
  return new Big(a).times(b).toString();
}

/** `a / b`, or null where there is nothing to divide by. */
export function divide(a: Decimal, b: Decimal | number): Decimal | null {
  const divisor = new Big(b);
  return divisor.eq(0) ? null : new Big(a).div(divisor).toString();
}

/** Negative, zero or positive, as `Array.prototype.sort` wants it. */
export function compare(a: Decimal, b: Decimal): number {
  return new Big(a).cmp(b);
}

export function isZero(a: Decimal): boolean {
  return new Big(a).eq(0);
}

export function negate(a: Decimal): Decimal {
  return new Big(a).times(-1).toString();
}

/**
 * A share for a bar's length or a position on a scale, 0 to 1: a number, since pixels are no money.
 *
 * @param part what is shown.
 * @param whole what the full length stands for; a share of nothing is 0.
 */
export function shareOf(part: Decimal, whole: Decimal): number {
  const total = new Big(whole);
  if (total.lte(0)) return 0;
  return Math.min(1, Math.max(0, new Big(part).div(total).toNumber()));
}

/** The nearest float: for drawing only. */
export function approximate(a: Decimal): number {
  return new Big(a).toNumber();
}
