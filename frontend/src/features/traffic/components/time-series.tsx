import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { ErrorState } from '@/components/error-state';
import { Section } from '@/components/section';
import { SERVICES, ServiceMark } from '@/components/service-mark';
import { Skeleton } from '@/components/ui/skeleton';
import { useFormats, useMessages } from '@/i18n/context';
import { cn } from '@/lib/cn';
import { useSeen } from '@/lib/hooks/use-seen';
import { approximate, type Decimal } from '@/lib/decimal';
import { isOfDays, type BucketLength } from '@/lib/format/times';
import { metricsQuery } from '../api/metrics';
import { bucketsOf, byMonth, coarsened, type Bucket } from '../lib/series';
import { paceOf } from '../lib/pace';
import { bounds, viewOf } from '../lib/view';
import { SeriesTable } from './series-table';
import { ViewControls } from './view-controls';

const TimeChart = lazy(async () => ({ default: (await import('./time-chart')).TimeChart }));

// A chart some 1,200 pixels wide shows no more than this apart.
const MOST_POINTS = 600;

interface Props {
  scenarioId: string;
  /** Dollars a month, null without one. */
  budget: Decimal | null;
  hoursPerMonth: number;
  /** What else can be done with what is in view, a range of time that is all of it where it has no ends. */
  actionsOn: (range: { from?: string; to?: string }) => ReactNode;
}

/** What was recorded over time, as a chart and as a table; the address says which part and how. */
export function TimeSeries({ scenarioId, budget, hoursPerMonth, actionsOn }: Props) {
  const t = useMessages();
  const format = useFormats();
  const [search] = useSearchParams();
  const { measure, ...view } = viewOf(search);
  const [seen, watchChart] = useSeen();
  const { data, error, refetch, isPlaceholderData, dataUpdatedAt } = useQuery(metricsQuery(scenarioId, view));

  const drawn = useMemo(() => {
    if (!data) return null;
    const all = bucketsOf(data);
    if (view.interval === 'month')
      return { buckets: byMonth(all), length: 'month' as BucketLength, coarserBy: null };
    const { buckets, factor } = coarsened(all, MOST_POINTS);
    const seconds = data.interval_seconds * factor;
    const asked = { auto: seconds, minute: 60, hour: 3600, day: 86_400 }[view.interval];
    return { buckets, length: seconds as BucketLength, coarserBy: seconds > asked ? seconds : null };
  }, [data, view.interval]);

  const pace = budget === null || drawn === null ? null : paceOf(budget, drawn.length, hoursPerMonth);
  const ofDays = drawn !== null && isOfDays(drawn.length);
  const label = (bucket: Bucket | undefined) =>
    drawn && bucket ? format.bucket(new Date(bucket.time), drawn.length) : '';
  const inView = bounds(view, new Date(dataUpdatedAt));
  const empty = drawn?.buckets.length === 0;

  return (
    <Section title={t.traffic.title} lead={t.traffic.lead}>
      <ViewControls buckets={drawn?.buckets ?? []} actions={actionsOn(inView)} />
      {error ? <ErrorState error={error} onRetry={() => void refetch()} className="mt-4" /> : null}
      {data?.unpriced ? <p className="mt-4 text-warn">{t.traffic.unpriced}</p> : null}
      {empty ? (
        <p className="grid h-75 place-items-center text-ink-3">{t.traffic.empty}</p>
      ) : (
        <figure className={cn('mt-4 transition-opacity', isPlaceholderData && 'opacity-60')}>
          {drawn && data?.from && data.to ? (
            <div
              ref={watchChart}
              role="img"
              aria-label={t.traffic.chartLabel(
                t.traffic.measures[measure],
                ofDays ? label(drawn.buckets[0]) : format.dateTime(data.from),
                ofDays ? label(drawn.buckets.at(-1)) : format.dateTime(data.to),
              )}
            >
              <Suspense fallback={<Skeleton className="h-75" />}>
                {seen ? (
                  <TimeChart
                    buckets={drawn.buckets}
                    length={drawn.length}
                    measure={measure}
                    pace={pace === null ? null : approximate(pace)}
                  />
                ) : (
                  <Skeleton className="h-75" />
                )}
              </Suspense>
            </div>
          ) : (
            <Skeleton className="h-75" />
          )}
          <figcaption className="mt-2 flex flex-wrap items-center gap-x-5 gap-y-1 text-xs text-ink-3">
            {measure === 'cost'
              ? SERVICES.map((service) => (
                  <span key={service} className="flex items-center gap-1.5">
                    <ServiceMark service={service} />
                    {t.services[service]}
                  </span>
                ))
              : null}
            {measure === 'cost' && pace !== null && drawn ? (
              <span className="flex items-center gap-1.5">
                <span aria-hidden className="w-4 border-t-2 border-dashed border-ink" />
                {drawn.length === 'month'
                  ? t.traffic.budgetMonth(format.usd(pace))
                  : t.traffic.budgetPace(format.usd(pace), format.every(drawn.length))}
              </span>
            ) : null}
            <span>
              {data
                ? t.traffic.inView(
                    measure === 'cost'
                      ? format.usd(data.summary.total_cost_usd)
                      : measure === 'logs'
                        ? `${format.quantity(data.summary.total_requests)} ${t.traffic.logsUnit}`
                        : `${format.quantity(data.summary.llm_tokens)} ${t.traffic.tokensUnit}`,
                  )
                : null}
            </span>
            <span className="ml-auto">
              {ofDays
                ? t.traffic.utcDays
                : t.traffic.zone(
                    format.zone,
                    format.offsets(...[data?.from, data?.to].filter((time) => typeof time === 'string')),
                  )}
            </span>
          </figcaption>
          {drawn?.coarserBy ? (
            <p className="mt-1 text-xs text-ink-3">{t.traffic.coarser(format.every(drawn.coarserBy))}</p>
          ) : null}
          {drawn ? <SeriesTable buckets={drawn.buckets} length={drawn.length} measure={measure} /> : null}
        </figure>
      )}
    </Section>
  );
}
