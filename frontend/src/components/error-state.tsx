import { useMessages } from '@/i18n/context';
import type { Catalogue } from '@/i18n/en/catalogue';
import { ApiError } from '@/lib/api/errors';
import { cn } from '@/lib/cn';
import { Button } from './ui/button';
import { Icon } from './ui/icon';

/** What happened and what to do, in the user's language; the server's own words where it has more to say. */
export function explainError(error: Error, t: Catalogue): { title: string; advice: string } {
  if (!(error instanceof ApiError)) return t.errors.unknown;
  switch (error.code) {
    case 'network':
      return t.errors.network;
    case 'rate_limited':
      return t.errors.rateLimited(error.problem.retryAfter);
    case 'unavailable':
      return t.errors.unavailable;
    case 'forbidden':
      return t.errors.forbidden;
    case 'not_found':
      return t.errors.notFound;
    case 'conflict':
      return t.errors.conflict;
    case 'validation_error':
      return t.errors.invalid;
    case 'unauthorized':
      return t.errors.unauthorized;
    default:
      return t.errors.unknown;
  }
}

/** What no second try changes. */
const HOPELESS = new Set(['forbidden', 'not_found', 'validation_error']);

interface Props {
  error: Error;
  onRetry?: () => void;
  className?: string;
}

export function ErrorState({ error, onRetry, className }: Props) {
  const t = useMessages();
  const { title, advice } = explainError(error, t);
  const problem = error instanceof ApiError ? error.problem : null;
  return (
    <div
      role="alert"
      className={cn('flex gap-3 rounded-md border border-dearer/40 bg-dearer-soft p-4', className)}
    >
      <Icon name="warning" className="mt-0.5 text-dearer" />
      <div className="min-w-0 space-y-1">
        <p className="font-medium text-ink">{title}</p>
        <p className="text-ink-2">{advice}</p>
        {problem?.message ? (
          <p lang="en" className="text-xs break-words text-ink-2">
            {problem.message}
            {problem.details.map(({ field, message }) => (
              <span key={field} className="block">
                {field}: {message}
              </span>
            ))}
          </p>
        ) : null}
        {problem?.requestId ? (
          <p className="text-xs text-ink-2">
            {t.errors.reference} <code className="font-mono">{problem.requestId}</code>
          </p>
        ) : null}
        {onRetry && !(problem && HOPELESS.has(problem.code)) ? (
          <Button size="sm" className="mt-2" onClick={onRetry}>
            <Icon name="refresh" />
            {t.common.retry}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
