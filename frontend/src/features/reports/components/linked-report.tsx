import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '@/components/error-state';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { useFormats, useMessages } from '@/i18n/context';
import { ApiError } from '@/lib/api/errors';
import { reportQuery } from '../api/reports';

/** The report that a mail's link leads to. */
export function LinkedReport({ id }: { id: string }) {
  const t = useMessages().reports;
  const format = useFormats();
  const { data, error, refetch } = useQuery(reportQuery(id));
  // An id that isn't one is a report that isn't there.
  const isGone = error instanceof ApiError && (error.problem.status === 404 || error.problem.status === 400);
  if (error && !isGone) return <ErrorState error={error} onRetry={() => void refetch()} className="mb-8" />;
  if (data === undefined && !isGone) return null;
  return (
    <section
      aria-labelledby="linked"
      className="mb-8 flex flex-wrap items-center justify-between gap-4 rounded-md border border-rule bg-sheet p-5"
    >
      <div>
        <h2 id="linked" className="text-lg">
          {t.linked}
        </h2>
        <p className="text-ink-2">
          {data === undefined
            ? t.linkedGone
            : data.status === 'completed'
              ? t.linkedReady(t.formats[data.format], format.dateTime(data.generated_at ?? data.created_at))
              : data.status === 'failed'
                ? t.linkedFailed
                : t.linkedWaiting}
        </p>
      </div>
      {data?.download_url ? (
        <Button asChild look="primary">
          <a href={data.download_url}>
            <Icon name="down" />
            {t.download}
          </a>
        </Button>
      ) : null}
    </section>
  );
}
