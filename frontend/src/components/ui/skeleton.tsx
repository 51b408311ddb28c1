import { cn } from '@/lib/cn';

/** Where something will be, in its size, so that nothing moves when it comes. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn('block animate-pulse rounded-sm bg-rule/70', className)} />;
}
