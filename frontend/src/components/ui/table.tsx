import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';

interface Props extends ComponentProps<'table'> {
  label: string;
  /** Of what surrounds it: where it is hidden, say. */
  outerClassName?: string;
}

/** A table that scrolls sideways by itself where the screen is narrow; by keyboard too, hence the tab stop. */
export function Table({ className, outerClassName, label, ...rest }: Props) {
  return (
    <div
      className={cn('relative overflow-x-auto', outerClassName)}
      role="group"
      aria-label={label}
      tabIndex={0}
    >
      <table className={cn('w-full border-collapse text-sm', className)} {...rest} />
    </div>
  );
}

export function Th({ className, ...rest }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      className={cn(
        'border-b border-edge px-3 py-2 text-left text-xs font-medium whitespace-nowrap text-ink-3 first:pl-0 last:pr-0',
        className,
      )}
      {...rest}
    />
  );
}

export function Td({ className, ...rest }: ComponentProps<'td'>) {
  return (
    <td
      className={cn('border-b border-rule px-3 py-2.5 align-top first:pl-0 last:pr-0', className)}
      {...rest}
    />
  );
}
