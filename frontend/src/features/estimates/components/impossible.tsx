import { useMessages } from '@/i18n/context';
import { cn } from '@/lib/cn';

/** That a design can't be had, and why, in the server's words. */
export function Impossible({ children, className }: { children: string; className?: string }) {
  const t = useMessages().whatIf;
  return (
    <p className={cn('text-dearer', className)}>
      {t.impossible}:{' '}
      <span lang="en" className="break-words">
        {children}
      </span>
    </p>
  );
}
