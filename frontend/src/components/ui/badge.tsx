import { cva, type VariantProps } from 'class-variance-authority';
import type { ReactNode } from 'react';

const badge = cva(
  'inline-flex items-center gap-1.5 rounded-full border px-2 py-px text-xs font-medium whitespace-nowrap',
  {
    variants: {
      tone: {
        plain: 'border-rule bg-well text-ink-2',
        accent: 'border-transparent bg-accent-soft text-accent-strong',
        good: 'border-transparent bg-cheaper-soft text-cheaper',
        bad: 'border-transparent bg-dearer-soft text-dearer',
        warn: 'border-transparent bg-warn-soft text-warn',
      },
    },
    defaultVariants: { tone: 'plain' },
  },
);

export function Badge({ tone, children }: VariantProps<typeof badge> & { children: ReactNode }) {
  return <span className={badge({ tone })}>{children}</span>;
}
