import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';

const box =
  'w-full rounded-md border border-edge bg-sheet px-3 text-sm text-ink placeholder:text-ink-3 disabled:cursor-not-allowed disabled:bg-well disabled:text-ink-3 aria-invalid:border-dearer';

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={cn(box, 'h-10', className)} {...rest} />;
}

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea className={cn(box, 'min-h-20 py-2', className)} {...rest} />;
}

/** The platform's own list: it knows keyboards, phones and screen readers best. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <span className={cn('relative inline-flex w-full', className)}>
      <select className={cn(box, 'h-10 appearance-none truncate pr-9')} {...rest}>
        {children}
      </select>
      <svg
        aria-hidden
        viewBox="0 0 20 20"
        className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 fill-none stroke-ink-2 stroke-[1.5]"
      >
        <path d="M5 8l5 5 5-5" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
    </span>
  );
}
