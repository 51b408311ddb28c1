import { cva, type VariantProps } from 'class-variance-authority';
import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';

const button = cva(
  'inline-flex items-center justify-center gap-2 rounded-md border font-medium whitespace-nowrap transition-colors select-none disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55',
  {
    variants: {
      look: {
        primary: 'border-accent bg-accent text-on-accent hover:border-accent-strong hover:bg-accent-strong',
        plain: 'border-edge bg-sheet text-ink hover:bg-well',
        quiet: 'border-transparent text-ink-2 hover:bg-well hover:text-ink',
        danger: 'border-dearer bg-sheet text-dearer hover:bg-dearer-soft',
      },
      size: {
        sm: 'h-8 px-2.5 text-sm',
        md: 'h-10 px-4 text-sm',
        icon: 'size-9',
      },
    },
    defaultVariants: { look: 'plain', size: 'md' },
  },
);

interface Props extends ComponentProps<'button'>, VariantProps<typeof button> {
  /** Styles its child, a link say, in place of a button. */
  asChild?: boolean;
  /** What it does is under way: it stays in the tab order, and does nothing more. */
  pending?: boolean;
}

export function Button({ className, look, size, asChild = false, pending = false, onClick, ...rest }: Props) {
  const Element = asChild ? Slot.Root : 'button';
  return (
    <Element
      {...(asChild ? {} : { type: 'button' as const })}
      className={cn(button({ look, size }), className)}
      aria-disabled={pending || undefined}
      onClick={(event) => {
        if (pending) event.preventDefault();
        else onClick?.(event);
      }}
      {...rest}
    />
  );
}
