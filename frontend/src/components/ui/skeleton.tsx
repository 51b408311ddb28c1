import type { Ref } from 'react';
import { cn } from '@/lib/cn';

/** Where something will be, in its size, so that nothing moves when it comes. */
export function Skeleton({ className, ref }: { className?: string; ref?: Ref<HTMLSpanElement> }) {
  return (
    <span ref={ref} aria-hidden className={cn('block animate-pulse rounded-sm bg-rule/70', className)} />
  );
}
