/**
 * A slider's positions for values that matter by ratio, not by difference: 10 to 20 is as far as 1,000 to 2,000.
 *
 * @param values what can be chosen, ascending.
 */
export function steps(values: readonly number[]) {
  return {
    last: values.length - 1,
    at: (position: number): number => values[Math.min(values.length - 1, Math.max(0, position))] ?? 0,
    /** The position of a value, or of the nearest to it. */
    of: (value: number): number => {
      let best = 0;
      values.forEach((candidate, index) => {
        if (Math.abs(candidate - value) < Math.abs((values[best] ?? 0) - value)) best = index;
      });
      return best;
    },
  };
}

/** 1, 2, 5, 10, 20, 50 … within the bounds, both of them included. */
export function ratioSteps(min: number, max: number, mantissas: readonly number[] = [1, 2, 5]): number[] {
  const found = new Set([min, max]);
  for (let power = 1; power <= max; power *= 10) {
    for (const mantissa of mantissas) {
      const value = power * mantissa;
      if (value >= min && value <= max) found.add(value);
    }
  }
  return [...found].sort((a, b) => a - b);
}
