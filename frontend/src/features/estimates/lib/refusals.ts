import { ApiError } from '@/lib/api/errors';

/** Variants that can't be built, or priced, as the scenario's design now is: by name, why, in the server's words. */
export type Refusals = Readonly<Record<string, string>>;

// Whose fault it is, the page says itself.
const NAMED = /^Variant (['"]).*?\1: /;

/**
 * The variants that an answer blames.
 *
 * @param error what came instead of their months: `body.variants.2.pipeline` in it is the third.
 * @param variants those that were asked about, in their order.
 */
export function refusalsOf(error: unknown, variants: readonly { name: string }[]): Refusals {
  const found: Record<string, string> = {};
  if (!(error instanceof ApiError)) return found;
  for (const { field, message } of error.problem.details) {
    const variant = variants[Number(/(?:^|\.)variants\.(\d+)(?:\.|$)/.exec(field)?.[1])];
    if (variant === undefined) continue;
    const before = found[variant.name];
    const said = message.replace(NAMED, '');
    found[variant.name] = before === undefined ? said : `${before}; ${said}`;
  }
  return found;
}
