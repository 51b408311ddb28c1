import { clsx, type ClassValue } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

// The project's own type scale, so that `text-lg` and `text-ink` aren't taken for rivals.
const merge = extendTailwindMerge({
  extend: { classGroups: { 'font-size': [{ text: ['xs', 'sm', 'base', 'lg', 'xl', '2xl', '3xl'] }] } },
});

/** Class names, the later of two that set the same property winning. */
export function cn(...values: ClassValue[]): string {
  return merge(clsx(values));
}
