import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '@/components/error-state';
import { Section } from '@/components/section';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { useFormats, useMessages } from '@/i18n/context';
import { whole, type Pipeline } from '@/lib/design/pipeline';
import { savingsQuery } from '../api/estimates';

interface Props {
  scenarioId: string;
  /** Puts a design into the what-if panel. */
  onTry: (pipeline: Pipeline) => void;
}

/** Single changes worth making, by dollars a month. */
export function SavingsList({ scenarioId, onTry }: Props) {
  const t = useMessages().savings;
  const format = useFormats();
  const { data, error, refetch } = useQuery(savingsQuery(scenarioId));
  return (
    <Section title={t.title} lead={t.lead}>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined && !error ? <Skeleton className="h-40" /> : null}
      {data?.changes.length === 0 ? <p className="text-ink-3">{t.none}</p> : null}
      {data && data.changes.length > 0 ? (
        <>
          <ol>
            {data.changes.map((saving) => {
              const [change, consequence] = t.ideas[saving.change]?.(whole(saving.pipeline)) ?? [
                saving.description,
                saving.consequence,
              ];
              return (
                <li
                  key={saving.change}
                  className="grid grid-cols-[1fr_auto] items-start gap-x-4 border-b border-rule py-3 first:pt-0"
                >
                  <div className="min-w-0">
                    <p className="break-words">{change}</p>
                    <p className="text-xs text-ink-3">{consequence}</p>
                  </div>
                  <div className="text-right">
                    <p className="text-cheaper">−{format.usd(saving.saving_usd)}</p>
                    <Button
                      look="quiet"
                      size="sm"
                      className="-mr-3"
                      aria-label={`${t.tryIt}: ${change}`}
                      onClick={() => onTry(whole(saving.pipeline))}
                    >
                      {t.tryIt}
                    </Button>
                  </div>
                </li>
              );
            })}
          </ol>
          {data.steps.length > 1 ? (
            <div className="mt-3 flex flex-wrap items-center justify-between gap-3">
              <p className="text-ink-2">
                {t.together(format.usd(data.saving_usd), format.usd(data.monthly_usd))}
              </p>
              <Button size="sm" onClick={() => onTry(whole(data.pipeline))}>
                {t.tryAll}
              </Button>
            </div>
          ) : null}
        </>
      ) : null}
    </Section>
  );
}
